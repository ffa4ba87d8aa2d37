use migrate_core::{operation::Operation, schema::ConstraintKind};

use crate::sql::sqlite::lower;

/// The canonical form of a check.
fn canonical(check: &str) -> String {
    let lowered = lower(&format!("CREATE TABLE t (a, CHECK ({check}))"));
    let [Operation::CreateTable(table)] = lowered.operations.as_slice() else {
        panic!("{check}: {lowered:?}");
    };
    match &table.definition.constraints[0].kind {
        ConstraintKind::Check { expression, .. } => expression.canonical.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn spellings_that_mean_the_same_have_one_form() {
    let spellings: [&[&str]; 8] = [
        &["a", "A", "[a]", "`a`", "\"a\"", "((a))", "a -- the column\n"],
        &["a = 1", "(a == 1)", "a\n=\n1", "(a) = (1)"],
        &["a <> 1", "a != 1"],
        &["a IS NULL", "a isnull", "(a) IS (NULL)"],
        &["a IS NOT NULL", "a NOTNULL", "a not null"],
        &["a + 1 * 2 > 3 AND b", "((a + (1 * 2)) > 3) AND b"],
        &["a IS DISTINCT FROM b", "a IS NOT b"],
        &["LOWER(a) COLLATE NoCase", "lower (a) collate \"nocase\""],
    ];
    for spellings in spellings {
        for spelling in spellings {
            assert_eq!(canonical(spelling), canonical(spellings[0]), "{spelling}");
        }
    }
}

#[test]
fn what_means_something_else_has_another_form() {
    let pairs = [
        ("a = 1", "a = '1'"),
        ("a = 'X'", "a = 'x'"),
        ("a = b", "b = a"),
        ("(a + 1) * 2", "a + 1 * 2"),
        ("NOT a = 1", "(NOT a) = 1"),
        ("a LIKE b", "a NOT LIKE b"),
        ("a AND (b AND c)", "a AND b AND c"),
        ("max(a)", "max(DISTINCT a)"),
        ("'x'", "\"x\""),
    ];
    for (one, other) in pairs {
        assert_ne!(canonical(one), canonical(other));
    }
}

#[test]
fn every_kind_of_expression_is_written_out() {
    let written = [
        ("a BETWEEN 1 AND 2", r#"( "a" BETWEEN 1 AND 2 )"#),
        ("a NOT IN (1, -2)", r#"( "a" NOT IN ( 1 , ( - 2 ) ) )"#),
        ("CASE a WHEN 1 THEN 2 ELSE NULL END", r#"CASE "a" WHEN 1 THEN 2 ELSE NULL END"#),
        ("CAST(a AS VARCHAR(10))", r#"CAST ( "a" AS varchar ( 10 ) )"#),
        ("t.a LIKE 'x' ESCAPE '\\'", r#"( "t" . "a" LIKE 'x' ESCAPE '\' )"#),
        ("(a, b) = (1, X'0F')", r#"( ( "a" , "b" ) = ( 1 , x'0f' ) )"#),
        ("a ->> '$.b' || 1", r#"( ( "a" ->> '$.b' ) || 1 )"#),
        ("count(*) FILTER (WHERE a)", r#"count ( * ) FILTER ( WHERE "a" )"#),
    ];
    for (check, expected) in written {
        assert_eq!(canonical(check), expected);
    }
}
