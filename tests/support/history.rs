//! Graphs for tests, out of one text.

use std::borrow::Cow;

use migrate_analysis::{
    check,
    config::{Config, Transaction as Holds},
    diagnostic::{Diagnostic, text},
    rules::{Family, Rule, find},
    source::{SourceFile, Sources},
};
use migrate_runtime::{Dialect, Edition, Graph, Settings, Transaction};

/// The graph of a directory that is written as one text: each file stands below its name, `== add_tasks.sql ==`. The
/// file `migrate.toml` may be among them.
///
/// It comes the way that a user's directory comes: through [`check`], which must have no objection but to what the
/// statements do: a program has to cope with those that the database refuses as well.
#[track_caller]
pub(crate) fn history(dialect: Dialect, text: &str) -> Graph {
    let (graph, errors) = checked(dialect, text);
    assert!(errors.is_empty(), "{}", errors.join("\n\n"));
    graph
}

/// The graph of a directory to which [`check`] objects, for a program that does not care.
#[track_caller]
pub(crate) fn refused(dialect: Dialect, text: &str) -> Graph {
    let (graph, errors) = checked(dialect, text);
    assert!(!errors.is_empty(), "nothing is wrong with it");
    graph
}

fn checked(dialect: Dialect, text: &str) -> (Graph, Vec<String>) {
    let files = files(text);
    let configuration = files.iter().find(|(name, _)| *name == "migrate.toml");
    let configuration = configuration
        .map_or(Config::default(), |(name, text)| Config::parse(&SourceFile::new("", name, *text)));
    let config = Config { databases: vec![dialect], ..configuration };
    let migrations = files.iter().copied().filter(|(name, _)| name.ends_with(".sql"));
    let report = check(&Sources::new("migrations", migrations), &config);
    let refuses = |rule: &&Rule| {
        let proofs =
            ["syntax-error", "down-does-not-apply", "down-does-not-restore", "down-drops-older-object"];
        proofs.contains(&rule.name) || (rule.family == Family::Schema && rule.adjustable)
    };
    let is_about_statements = |finding: &&Diagnostic| find(finding.rule).as_ref().is_some_and(refuses);
    let errors = report.errors().filter(|finding| !is_about_statements(finding));
    let errors = errors.map(|finding| text::render(finding, false)).collect();
    let editions = report.editions.into_iter();
    let editions =
        editions.map(|edition| Edition { dialect: edition.dialect, graph: edition.graph }).collect();
    (Graph::new(editions, settings(&config)), errors)
}

fn files(text: &str) -> Vec<(&str, &str)> {
    let mut files = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("== ") {
        let (name, after) = after.split_once(" ==\n").expect("the name of a file ends in ` ==`");
        let end = after.find("\n== ").map_or(after.len(), |newline| newline + 1);
        let (file, after) = after.split_at(end);
        files.push((name, file));
        rest = after;
    }
    files
}

fn settings(config: &Config) -> Settings {
    Settings {
        namespace: Cow::Owned(config.namespace.clone()),
        prefix: Cow::Owned(config.version_table.clone()),
        schema: config.schema.clone().map(Cow::Owned),
        transaction: match config.transaction() {
            Holds::Step => Transaction::Step,
            Holds::Upgrade => Transaction::Upgrade,
        },
        online: config.online,
    }
}

/// The graph of a drawing, `a; b1,b2 < a; c < b1,b2; d < c & x [label]`: several names before `<` are several
/// revisions, `<` names parents, `&` dependencies and `[..]` labels. Revision `a` makes the table `t_a`; several heads
/// are as welcome as one.
#[track_caller]
pub(crate) fn drawn(dialect: Dialect, drawing: &str) -> Graph {
    let mut text = String::new();
    let mut labels = Vec::new();
    for part in drawing.split(';') {
        let after = |mark: char| {
            let (_, after) = part.split_once(mark).unwrap_or_default();
            names(after.split(MARKS).next().unwrap_or_default())
        };
        for id in names(part.split(MARKS).next().unwrap_or_default()) {
            labels.extend(after('['));
            text += &format!(
                "== {id}.sql ==\n-- make {id}\n--\n-- revision: {id}\n-- revises: {}\n-- depends-on: {}\n\
                 -- labels: {}\n\n-- migrate:up\nCREATE TABLE t_{id} (n integer);\n\n\
                 -- migrate:down\nDROP TABLE t_{id};\n",
                after('<').join(", "),
                after('&').join(", "),
                after('[').join(", "),
            );
        }
    }
    let branches = format!("== migrate.toml ==\nbranches = {labels:?}\n[rules]\nmultiple-heads = 'allow'\n");
    history(dialect, &format!("{branches}multiple-bases = 'allow'\n{text}"))
}

/// The graph of one line of revisions: ids, up scripts and down scripts. A script that begins with `transaction:false`
/// runs outside a transaction; where the down script is empty there is no way back.
#[track_caller]
pub(crate) fn chain(dialect: Dialect, revisions: &[(&str, &str, &str)]) -> Graph {
    let mut text = String::new();
    let mut parent = "";
    for (id, up, down) in revisions {
        let up = up
            .strip_prefix("transaction:false")
            .map_or(format!("\n{up}"), |up| format!(" transaction:false{up}"));
        let down = match down.strip_prefix("transaction:false") {
            Some(down) => format!(" transaction:false{down}"),
            None if down.is_empty() => " irreversible: nothing brings it back".to_owned(),
            None => format!("\n{down}"),
        };
        text += &format!(
            "== {id}.sql ==\n-- make {id}\n--\n-- revision: {id}\n-- revises: {parent}\n\n\
             -- migrate:up{up}\n\n-- migrate:down{down}\n"
        );
        parent = id;
    }
    history(dialect, &text)
}

const MARKS: [char; 3] = ['<', '&', '['];

fn names(text: &str) -> Vec<&str> {
    text.split([',', ' ', ']', '\n']).filter(|name| !name.is_empty()).collect()
}
