//! Walks over a drawn graph on a real database.

use std::collections::BTreeSet;

use migrate_runtime::{Direction, Error, Graph, Report, Result};

use crate::{
    bookkeeping::{heads, tables},
    database::Pool,
    history::drawn,
};

/// Checks commands on a drawing. A line is `command target -> outcome`: the revisions that were stamped, the steps that
/// were taken, `+a -b`, and `=` with the heads in the database afterwards, or the error and its help.
///
/// After every command the tables that are there must be those of the steps, `current` must be the heads, and the
/// history must have grown by one row a step.
pub(crate) async fn walk(pool: &Pool, drawing: &str, lines: &str) {
    let graph = drawn(pool.dialect(), drawing);
    let mut walker = Walker { pool, graph, tables: BTreeSet::new() };
    let (mut expected, mut actual) = (String::new(), String::new());
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        expected += &format!("{line}\n");
        if let Some((command, _)) = line.split_once("->") {
            let command = command.trim();
            actual += &format!("{command} -> {}\n", walker.take(command).await);
        }
    }
    assert_eq!(actual, expected, "\n{drawing}\nexpected:\n{expected}\nactual:\n{actual}");
}

struct Walker<'p> {
    pool: &'p Pool,
    graph: Graph,
    tables: BTreeSet<String>,
}

impl Walker<'_> {
    async fn take(&mut self, line: &str) -> String {
        let (command, target) = line.split_once(' ').expect("a command has a target");
        let before = self.rows_of_history().await;
        match self.run(command, target).await {
            Err(error) => told(&error),
            Ok(report) => {
                let text = self.follow(&report);
                self.check(command, before, report.steps.len()).await;
                format!("{text}={}", with_blank(&heads(self.pool).await))
            }
        }
    }

    async fn run(&self, command: &str, target: &str) -> Result<Report> {
        let on = self.pool.on(&self.graph);
        match command {
            "upgrade" => on.upgrade(target).await,
            "downgrade" => on.downgrade(target).await,
            "stamp" => on.stamp(target).await,
            "adopt" => on.adopt(target.split(',')).await,
            "stamp-purged" => on.stamp_purged(target).await,
            _ => panic!("no command {command}"),
        }
    }

    fn follow(&mut self, report: &Report) -> String {
        let mut text: String = report.stamped.iter().map(|id| format!("{id} ")).collect();
        for step in &report.steps {
            match step.direction {
                Direction::Up => self.tables.insert(step.revision.clone()),
                Direction::Down => self.tables.remove(&step.revision),
            };
            let sign = if step.direction == Direction::Up { '+' } else { '-' };
            text += &format!("{sign}{} ", step.revision);
        }
        text
    }

    async fn check(&self, command: &str, before: usize, steps: usize) {
        let expected: Vec<&str> = self.tables.iter().map(String::as_str).collect();
        assert_eq!(tables(self.pool).await, expected.join(" "), "tables");
        let current = self.pool.on(&self.graph).current().await.expect("the heads").join(" ");
        assert_eq!(current, heads(self.pool).await, "heads");
        if !command.starts_with("stamp") && command != "adopt" {
            assert_eq!(self.rows_of_history().await, before + steps, "rows of the history");
        }
    }

    /// Nothing is there before the first command.
    async fn rows_of_history(&self) -> usize {
        self.pool.ask("SELECT id FROM migrate_history").await.map_or(0, |rows| rows.len())
    }
}

fn with_blank(heads: &str) -> String {
    if heads.is_empty() { String::new() } else { format!(" {heads}") }
}

/// An error in two lines: its kind and message, and its help.
pub(crate) fn told(error: &Error) -> String {
    let help = error.hint().map_or(String::new(), |hint| format!("\nhelp: {hint}"));
    format!("{:?}: {error}{help}", error.kind())
}
