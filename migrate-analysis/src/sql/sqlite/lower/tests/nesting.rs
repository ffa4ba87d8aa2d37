use crate::sql::{OpaqueReason, sqlite::lower};

/// Each of these is as deep as `depth`.
fn deep(depth: usize) -> Vec<String> {
    let nested =
        |open: &str, core: &str, close: &str| format!("{}{core}{}", open.repeat(depth), close.repeat(depth));
    vec![
        format!("SELECT {}", nested("(", "1", ")")),
        format!("SELECT {}", nested("- ", "1", "")),
        format!("SELECT {}", nested("NOT ", "1", "")),
        format!("SELECT {}", nested("CASE WHEN ", "1", " THEN 1 END")),
        format!("SELECT 1{}", " + 1".repeat(depth)),
        format!("SELECT 1{}", " COLLATE x".repeat(depth)),
        format!("SELECT 1{}", " IN (1)".repeat(depth)),
        format!("SELECT 1{}", " LIKE 1".repeat(depth)),
        format!("SELECT {}", nested("max(", "1", ")")),
        nested("SELECT (", "SELECT 1", ")"),
        nested("SELECT * FROM (", "SELECT 1", ")"),
        format!("SELECT * FROM {}", nested("(", "a JOIN b", ")")),
        format!("SELECT 1{}", " UNION SELECT 1".repeat(depth)),
        format!("SELECT * FROM a{}", " JOIN a".repeat(depth)),
        format!("WITH {} SELECT 1", nested("q AS (WITH ", "q AS (SELECT 1)", " SELECT 1)")),
        format!("CREATE TABLE t (a DEFAULT {})", nested("(", "1", ")")),
        format!("CREATE VIRTUAL TABLE t USING m({})", nested("(", "1", ")")),
        format!("SELECT {}", "(".repeat(depth)),
    ]
}

#[test]
fn deep_nesting_overflows_no_stack() {
    for depth in [99, 101, 5_000, 20_000] {
        for statement in deep(depth) {
            let lowered = lower(&statement);
            assert!(lowered.errors.len() < 2);
        }
    }
}

#[test]
fn what_is_nested_as_people_nest_it_is_understood() {
    for statement in deep(20).iter().filter(|statement| !statement.ends_with('(')) {
        assert_eq!(lower(statement).opaque, None, "{statement}");
    }
}

#[test]
fn what_is_nested_too_deep_is_opaque() {
    assert_eq!(lower(&deep(200)[0]).opaque, Some(OpaqueReason::NotParsed));
}
