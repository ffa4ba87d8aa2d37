//! The bookkeeping tables: whether they are ours, and whether their rows hang together.

use std::collections::BTreeSet;

use migrate_core::graph::Revision;

use super::examination::Examination;
use crate::{
    Error, Result,
    executor::{Ground, quoted},
    journal::{Journal, Reading, VersionRow, everything},
    session::Class,
};

impl Examination<'_> {
    pub(super) async fn books(&mut self) -> Result<()> {
        match self.names.are_there(&self.opened.columns) {
            Ok(true) => {}
            Ok(false) => {
                if !self.opened.columns.is_empty() {
                    self.missing_table();
                }
                return Ok(());
            }
            Err(error) => {
                self.unreadable(&error);
                return Ok(());
            }
        }
        let query = everything(self.room, &self.names, &self.options.settings.namespace);
        let rows = match self.session.query(&query).await.rows() {
            Ok(rows) => rows,
            Err(failure) if failure.class == Class::Permission => {
                self.unseen("the bookkeeping tables", &failure.message);
                return Ok(());
            }
            Err(failure) => return Err(Error::of_failure("cannot read the bookkeeping tables", failure)),
        };
        match Reading::parse(rows, &self.names) {
            Ok(reading) => {
                self.revisions(&reading);
                self.edges(&reading);
                self.heads(&reading);
                self.step(&reading).await
            }
            Err(error) => {
                self.unreadable(&error);
                Ok(())
            }
        }
    }

    fn missing_table(&mut self) {
        let is_there = |table: &&String| {
            let prefix = format!("{table}.");
            self.opened.columns.iter().any(|column| column.starts_with(&prefix))
        };
        let missing = self.names.plain().iter().filter(|table| !is_there(table));
        let missing: Vec<String> = missing.map(|table| format!("`{table}`")).collect();
        let missing = missing.join(" and ");
        let message = format!("of the bookkeeping tables there is no {missing}");
        self.found(
            "missing-table",
            missing.replace('`', ""),
            message,
            "restore it from a backup: the next run makes an empty one",
        );
    }

    /// Tables that are not ours, of a newer format, or changed by hand.
    fn unreadable(&mut self, error: &Error) {
        let table = self.names.plain()[0].clone();
        let remedy = error.hint().unwrap_or("restore the tables from a backup").to_owned();
        self.found("unreadable-tables", table, error.to_string(), remedy);
    }

    /// Rows that this graph does not know, or knows with another text.
    fn revisions(&mut self, reading: &Reading) {
        let unknown = Ground::of(self.graph, reading).unknown;
        for id in unknown {
            let message = format!("`{id}` is applied, and these migrations do not have it");
            self.found(
                "unknown-revision",
                id,
                message,
                "look with the version of the service that has it; where none has, mend the tables: `cargo migrate stamp --purge <target>`",
            );
        }
        for row in &reading.versions {
            let Some(revision) = self.graph.find(&row.revision) else { continue };
            if revision.fingerprint().to_string() == row.fingerprint {
                continue;
            }
            let id = &row.revision;
            let message =
                format!("`{id}`, or what it rests on, was applied with another text than it has now");
            self.found(
                "edited-revision",
                id,
                message,
                "restore the file as it was; if the schema is right as it is: `cargo migrate stamp head`",
            );
        }
    }

    /// Rows that rest on rows which are not there, or on others than they should.
    fn edges(&mut self, reading: &Reading) {
        for row in &reading.versions {
            let id = &row.revision;
            for missing in row.rests_on.iter().filter(|on| reading.version(on).is_none()) {
                let message = format!("`{id}` is applied, but `{missing}`, which it rests on, is not");
                self.found(
                    "missing-revision",
                    missing,
                    message,
                    "a row was lost: write down what is really applied by `cargo migrate stamp <target>`",
                );
            }
            let Some(revision) = self.graph.find(id) else { continue };
            let expected: BTreeSet<&str> =
                revision.parents().chain(revision.dependencies()).map(Revision::id).collect();
            let actual: BTreeSet<&str> = row.rests_on.iter().map(String::as_str).collect();
            if expected != actual {
                let [expected, actual] = [expected, actual].map(|ids| listed(&ids));
                let message =
                    format!("`{id}` was written down as resting on {actual}; it rests on {expected}");
                self.found(
                    "other-edges",
                    id,
                    message,
                    "the row was changed by hand, or the history was: `cargo migrate stamp <target>` writes it anew",
                );
            }
        }
    }

    /// Heads are the rows that no other rests on.
    fn heads(&mut self, reading: &Reading) {
        let above = |row: &VersionRow| {
            reading
                .versions
                .iter()
                .find(|other| other.rests_on.contains(&row.revision))
                .map(|other| &other.revision)
        };
        for row in &reading.versions {
            let id = &row.revision;
            let message = match (row.is_head, above(row)) {
                (true, Some(above)) => format!("`{id}` is marked as a head, and `{above}` rests on it"),
                (false, None) => format!("nothing rests on `{id}`, and it is not marked as a head"),
                _ => continue,
            };
            let journal = Journal {
                room: self.room,
                names: &self.names,
                namespace: &self.options.settings.namespace,
                runner: "",
                locked: true,
            };
            let remedy = journal.mark_heads([id.as_str()], !row.is_head).unwrap_or_default();
            self.found("wrong-head", id, message, remedy);
        }
    }
}

fn listed(ids: &BTreeSet<&str>) -> String {
    if ids.is_empty() { "nothing".to_owned() } else { quoted(ids.iter().copied()) }
}
