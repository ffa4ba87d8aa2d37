use std::path::{Path, PathBuf};

use super::{compare, summary::Summary};

fn workspace() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).with_file_name("")
}

/// Compares a file, of which no difference may be without a category.
#[track_caller]
fn explained(file: &Path) -> Summary {
    let summary = compare(file).unwrap_or_else(|error| panic!("{error:#}"));
    assert!(summary.unexplained.is_empty(), "{}:\n{summary}", file.display());
    summary
}

/// How many plans of a command are equal.
fn equal(summary: &Summary, command: &str) -> usize {
    let tally = &summary.commands[command];
    tally.equal + tally.other_rows
}

/// How many upgrades and downgrades both refuse.
fn refused(summary: &Summary) -> usize {
    ["upgrade", "downgrade"].map(|command| summary.commands[command].both_refuse).iter().sum()
}

#[test]
fn each_command_agrees_with_the_selection_that_is_always_here() {
    let summary = explained(&workspace().join("xtask/fixtures/alembic_cases.json"));
    insta::assert_snapshot!(summary, @r"
    command         equal  other rows  both refuse  differ
    bases               2           0            0       0
    branch_labels       1           0            0       1
    current             1           0            0       0
    downgrade           3           1            1       6
    heads               4           0            1       0
    history             3           0            1       0
    load                0           0            2       2
    resolve             2           0            1       0
    resolve_one         0           0            1       0
    stamp               2           0            1       1
    upgrade             4           0            1       5

    why they differ
         1  `-N` from a merge: we undo the merge, or follow the label
         1  `-N` undoes more than N: they do it all the same
         1  `-N` with several heads: they take any
         1  `L@base` of a shared lineage: they undo other branches
         1  `L@id` outside the lineage: they do not look
         1  dash in a name
         1  duplicate id: they warn, we refuse
         1  label above a dependency: they stop at it
         1  overlapping targets: we allow them
         1  redundant rows: they leave them
         1  redundant rows: we see through them
         1  short prefix: one letter is enough to go up
         1  stamp beside unrelated rows: they keep them
         1  target applied, with nothing to undo: we say so
         2  they crash
         0  without a category
    ");
}

#[test]
fn the_whole_of_the_hand_made_cases_agrees_where_it_is_at_hand() {
    let file = workspace().join("../shared/oracle/alembic_graph_cases.json");
    if file.exists() {
        let summary = explained(&file);
        assert!(equal(&summary, "upgrade") >= 141 && equal(&summary, "downgrade") >= 132, "{summary}");
        assert!(refused(&summary) >= 48, "{summary}");
    }
}

#[test]
fn the_whole_of_the_random_cases_agrees_where_it_is_at_hand() {
    let file = workspace().join("../shared/oracle/alembic_random.json");
    if file.exists() {
        let summary = explained(&file);
        assert!(equal(&summary, "upgrade") >= 1_780 && equal(&summary, "downgrade") >= 1_690, "{summary}");
        assert!(refused(&summary) >= 1_146, "{summary}");
    }
}

#[test]
fn a_difference_that_no_category_explains_is_named() {
    let case = r#"{ "cases": [{
        "name": "line/upgrade b", "command": "upgrade", "target": "b", "current": [], "expect": { "plan": ["b"] },
        "revisions": [
            { "id": "a", "down": [], "depends_on": [], "labels": [] },
            { "id": "b", "down": ["a"], "depends_on": [], "labels": [] }
        ]
    }] }"#;
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(&file, case).unwrap();
    let summary = compare(file.path()).unwrap();
    assert_eq!(summary.unexplained, [r#"line/upgrade b: ["a", "b"], not ["b"]"#]);
}
