//! What holds of the recovery of every statement, whether a server would take it or not.

use migrate_core::{
    Dialect,
    graph::{Change, Doubt, Recovery},
};
use proptest::{prelude::*, sample::Index, sample::select};

use crate::sql::{lower, recovery};

fn specification(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => include_str!("../../../tests/recoveries/sqlite.txt"),
        Dialect::Postgres => include_str!("../../../tests/recoveries/postgres.txt"),
        Dialect::Mysql => include_str!("../../../tests/recoveries/mysql.txt"),
    }
}

/// A statement, some of whose words are left out, doubled, or taken from another one.
fn mangled() -> impl Strategy<Value = (String, Dialect)> {
    let damage = prop::collection::vec((any::<Index>(), 0..3, any::<Index>()), 0..4);
    (select(&Dialect::ALL[..]), any::<Index>(), damage).prop_map(|(dialect, statement, damage)| {
        let text = specification(dialect);
        let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        let all: Vec<&str> = text.split_whitespace().collect();
        let mut words: Vec<&str> = lines[statement.index(lines.len())].split_whitespace().collect();
        for (at, how, other) in damage {
            if words.is_empty() {
                break;
            }
            let at = at.index(words.len());
            match how {
                0 => drop(words.remove(at)),
                1 => words.insert(at, words[at]),
                _ => words[at] = all[other.index(all.len())],
            }
        }
        (words.join(" "), dialect)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn what_is_said_of_a_statement_contradicts_nothing((statement, dialect) in mangled()) {
        let recovery = recovery(&statement, &lower(&statement, dialect), dialect);
        prop_assert_eq!(recovery.to_string().parse::<Recovery>(), Ok(recovery.clone()));
        let Recovery { probes, piecewise, doubt } = recovery;
        if piecewise {
            prop_assert!(probes.len() > 1 && probes.iter().all(|probe| probe.change == Change::Goes));
        }
        if doubt == Doubt::Ask {
            // What comes and goes tells by itself.
            prop_assert!(probes.iter().all(|probe| probe.change == Change::Changes));
        }
        let moves = |change| probes.iter().filter(move |probe| probe.change == change);
        for (came, gone) in moves(Change::Appears).flat_map(|came| moves(Change::Goes).map(move |gone| (came, gone))) {
            let place = |probe: &migrate_core::graph::Probe| {
                (probe.kind.to_string(), probe.table.clone(), probe.name.to_ascii_lowercase())
            };
            prop_assert!(place(came) != place(gone) || came.schema != gone.schema, "{}", statement);
        }
    }
}

#[test]
fn a_statement_of_many_clauses_takes_no_time() {
    let clauses: Vec<String> = (0..3000).map(|n| format!("DROP COLUMN a{n}, ADD COLUMN a{n} INT")).collect();
    let statement = format!("ALTER TABLE t {}", clauses.join(", "));
    let recovery = recovery(&statement, &lower(&statement, Dialect::Mysql), Dialect::Mysql);
    assert_eq!(recovery.to_string(), "whole ask\nchanges table - - t");
}
