//! What a graph is built from, and what it refuses.

use std::sync::Arc;

use migrate_core::{
    Span,
    graph::{
        Declaration, Down, DownDeclaration, Graph, GraphError, Revision, ScriptDeclaration, Statement,
        StatementKind, illegal_name,
    },
};

use crate::drawing::{declarations, graph, ids};

/// The findings on a drawing, one a line.
fn findings(drawing: &str) -> String {
    let Err(findings) = Graph::new(declarations(drawing)) else { return "none".into() };
    findings.iter().map(|finding| format!("{finding:?}\n")).collect()
}

#[track_caller]
fn refuses(drawing: &str, expected: &str) {
    let expected: String = expected.lines().map(|line| format!("{}\n", line.trim())).collect();
    assert_eq!(findings(drawing), expected, "{drawing}");
}

#[test]
fn unknown_parents_and_dependencies_are_refused() {
    refuses("a; c < b", r#"UnknownParent { revision: 1, name: "b" }"#);
    refuses("a & zzzz", r#"UnknownDependency { revision: 0, name: "zzzz" }"#);
}

#[test]
fn a_parent_is_named_by_its_full_id_and_a_dependency_by_id_or_label() {
    refuses("abcd; b < abc", r#"UnknownParent { revision: 1, name: "abc" }"#);
    refuses("a [lib]; b < lib", r#"UnknownParent { revision: 1, name: "lib" }"#);
    refuses("a [lib]; b & li", r#"UnknownDependency { revision: 1, name: "li" }"#);
    assert_eq!(ids(graph("a [lib]; b & lib").find("b").unwrap().dependencies()), "a");
}

#[test]
fn self_loops_are_refused_and_are_no_cycles() {
    refuses("a; c < a,c", r#"SelfLoop { revision: 1, name: "c", dependency: false }"#);
    refuses("a & a", r#"SelfLoop { revision: 0, name: "a", dependency: true }"#);
    refuses("a [lib] & lib", r#"SelfLoop { revision: 0, name: "lib", dependency: true }"#);
}

#[test]
fn of_a_cycle_only_its_members_are_shown_as_a_path() {
    refuses("x; a < c,x; b < a; c < b; d < c", "Cycle { path: [1, 3, 2] }");
    refuses("a & c; b < a; c < b", "Cycle { path: [0, 2, 1] }");
    refuses("a; b; a2 < a & b2; b2 < b & a2", "Cycle { path: [2, 3] }");
}

#[test]
fn each_set_of_revisions_that_rest_on_each_other_is_one_cycle() {
    refuses("a < b; b < a; c < d,a; d < c", "Cycle { path: [0, 1] }\nCycle { path: [2, 3] }");
    refuses("a < b,c; b < a; c < b", "Cycle { path: [0, 1] }");
}

#[test]
fn duplicate_ids_are_refused_with_the_first() {
    refuses("a; b < a; b < a", "DuplicateRevision { revision: 2, first: 1 }");
    refuses(
        "a; a; a",
        "DuplicateRevision { revision: 1, first: 0 }\nDuplicateRevision { revision: 2, first: 0 }",
    );
}

#[test]
fn a_second_revision_of_the_same_id_closes_no_cycle() {
    refuses("a; b < a; a < b", "DuplicateRevision { revision: 2, first: 0 }");
}

#[test]
fn duplicate_labels_and_labels_that_are_ids_are_refused() {
    refuses("a [x]; b [x]", r#"DuplicateLabel { revision: 1, first: 0, label: "x" }"#);
    refuses("a [x,x]", r#"DuplicateLabel { revision: 0, first: 0, label: "x" }"#);
    refuses("a; b [a]", r#"LabelIsRevision { revision: 1, other: 0, label: "a" }"#);
    refuses("a [a]", r#"LabelIsRevision { revision: 0, other: 0, label: "a" }"#);
}

#[test]
fn names_are_told_from_targets() {
    for name in ["a", "rel-2024", "1", "20250101_a", "Ünïcode", "a.b", "heads1", &"x".repeat(255)] {
        assert_eq!(illegal_name(name), None, "{name}");
    }
    let words = ["head", "heads", "base", "current"].map(|word| (word, "it is a word of the target grammar"));
    let characters = [
        ("a@b", "it has a `@`"),
        ("a:b", "it has a `:`"),
        ("a+b", "it has a `+`"),
        ("a~b", "it has a `~`"),
        ("a,b", "it has a `,`"),
        ("a/b", "it has a `/`"),
        ("a\\b", "it has a `\\`"),
        ("a b", "it has white space"),
        ("a\u{a0}b", "it has white space"),
        ("a\0b", "it has a control character"),
    ];
    for (name, reason) in characters.into_iter().chain(words) {
        assert_eq!(illegal_name(name), Some(reason), "{name:?}");
    }
    assert_eq!(illegal_name("-a"), Some("it begins with `-`"));
    assert_eq!(illegal_name(&"ü".repeat(128)), Some("it is longer than 255 bytes"));
}

#[test]
fn illegal_ids_and_labels_are_refused_and_ids_that_are_missing_are_no_duplicates() {
    let declarations = vec![
        Declaration::new("", []),
        Declaration::new("", []),
        Declaration::new("a:b", []).labels(["head"]),
        Declaration::new("c", ["a:b"]),
    ];
    let illegal = |revision, name: &str, label, reason| GraphError::IllegalName {
        revision,
        name: name.into(),
        label,
        reason,
    };
    assert_eq!(
        Graph::new(declarations).unwrap_err(),
        [
            illegal(0, "", false, "it is empty"),
            illegal(1, "", false, "it is empty"),
            illegal(2, "a:b", false, "it has a `:`"),
            illegal(2, "head", true, "it is a word of the target grammar"),
        ]
    );
}

#[test]
fn all_findings_come_at_once_in_the_order_of_the_declarations() {
    refuses(
        "a < nosuch [x]; b < c; c < b; a & zzzz; e < e [x,c]",
        r#"UnknownParent { revision: 0, name: "nosuch" }
           Cycle { path: [1, 2] }
           DuplicateRevision { revision: 3, first: 0 }
           UnknownDependency { revision: 3, name: "zzzz" }
           DuplicateLabel { revision: 4, first: 0, label: "x" }
           LabelIsRevision { revision: 4, other: 2, label: "c" }
           SelfLoop { revision: 4, name: "e", dependency: false }"#,
    );
}

#[test]
fn an_edge_named_twice_counts_once_and_of_two_kinds_twice() {
    let graph = graph("a [lib]; b < a,a & a,lib");
    let b = graph.find("b").unwrap();
    assert_eq!((ids(b.parents()), ids(b.dependencies())), ("a".into(), "a".into()));
    assert!(!b.is_merge());
    let a = graph.find("a").unwrap();
    assert_eq!((ids(a.children()), ids(a.dependents())), ("b".into(), "b".into()));
}

#[test]
fn edges_lead_both_ways_and_parents_keep_their_order() {
    let graph = graph("b2; b1; a < b2,b1 & x; x; y & x");
    let a = graph.find("a").unwrap();
    assert_eq!((ids(a.parents()), ids(a.dependencies())), ("b2 b1".into(), "x".into()));
    assert!(a.is_merge() && a.is_head() && !a.is_base());
    let x = graph.find("x").unwrap();
    assert_eq!((ids(x.children()), ids(x.dependents())), (String::new(), "a y".into()));
    assert!(x.is_head() && x.is_base());
    assert_eq!(ids(graph.heads()), "x a y");
    assert_eq!(ids(graph.effective_heads()), "a y");
    assert_eq!(ids(graph.bases()), "b1 b2 x y");
}

#[test]
fn labels_are_found_by_name() {
    let graph = graph("a [zeta,alpha]; b < a [mid]");
    assert_eq!(graph.labelled("mid").map(Revision::id), Some("b"));
    assert_eq!(graph.labelled("zeta").map(Revision::id), Some("a"));
    assert_eq!(graph.labelled("a"), None);
    assert_eq!(graph.find("a").unwrap().labels().collect::<Vec<_>>(), ["alpha", "zeta"]);
}

#[test]
fn a_file_that_holds_both_scripts_is_kept_once() {
    let text: Arc<str> = "-- migrate:up\nA;\n-- migrate:down\nB;".into();
    let script = |start, end, transaction| ScriptDeclaration {
        recoveries: Vec::new(),
        file: "1.sql".into(),
        text: text.clone(),
        section: Span::new(start, end),
        statements: vec![Statement::new(start, end - 1, StatementKind::Schema)],
        transaction,
    };
    let other = ScriptDeclaration { file: "2.sql".into(), text: "C".into(), ..script(0, 1, true) };
    let graph = Graph::new(vec![
        Declaration {
            message: "first".into(),
            created: Some("2025-01-01 00:00:00".into()),
            up: Some(script(14, 16, false)),
            down: DownDeclaration::Script(script(33, 35, true)),
            ..Declaration::new("a", [])
        },
        Declaration {
            up: Some(other),
            down: DownDeclaration::Irreversible("data is gone".into()),
            ..Declaration::new("b", ["a"])
        },
    ])
    .unwrap();

    assert_eq!(graph.tables().sources.len(), 2);
    let a = graph.find("a").unwrap();
    let up = a.up().unwrap();
    assert_eq!((up.file, up.text(), up.transaction), ("1.sql", "A;", false));
    assert_eq!(up.statement_texts().collect::<Vec<_>>(), ["A"]);
    let Down::Script(down) = a.down() else { panic!("{:?}", a.down()) };
    assert_eq!((down.text(), down.statement_texts().collect::<Vec<_>>()), ("B;", vec!["B"]));
    assert_eq!((a.message(), a.created()), ("first", Some("2025-01-01 00:00:00")));
    let b = graph.find("b").unwrap();
    assert!(matches!(b.down(), Down::Irreversible("data is gone")));
    assert_eq!((b.up().unwrap().file, b.created()), ("2.sql", None));
}
