//! What is said, and written down, when a step fails.

use migrate_core::graph::Direction;

use super::{
    Run,
    message::{Message, Role},
    step::Work,
};
use crate::{
    Error, ErrorKind,
    journal::{Entry, Record},
    session::{Class, Failure},
};

impl Run<'_> {
    /// The error of a message that failed after `finished` statements; it is written into the history where that can
    /// still be done.
    pub(super) async fn failed(
        &mut self,
        work: &Work<'_>,
        message: &Message,
        finished: usize,
        failure: Failure,
    ) -> Error {
        let (role, place) = message.locate(finished, failure.place, work.script.as_ref());
        let class = failure.class;
        let stored = storable(&failure);
        let verb = match work.direction {
            Direction::Up => "apply",
            Direction::Down => "undo",
        };
        let id = work.revision.id();
        let hint = hint(&failure);
        let mut error = Error::of_failure(&format!("cannot {verb} `{id}`"), failure).with_revision(id);
        let done = match role {
            Role::Statement(index) => {
                if is_of_the_script(class) {
                    error = error.with_kind(ErrorKind::Statement);
                }
                index
            }
            Role::Ours | Role::Claim => 0,
        };
        if let Some(hint) = hint {
            error = error.with_hint(hint);
        }
        let stored = match &place {
            Some(place) => format!("{stored} at {place}"),
            None => stored,
        };
        error = error.with_statement(place);
        if class != Class::Connection {
            self.record_failure(work, done, &stored).await;
        }
        error
    }

    /// Adds a failed step to the history. If that fails too, the error that the caller gets says enough.
    pub(super) async fn record_failure(&mut self, work: &Work<'_>, done: usize, error: &str) {
        let entry = Entry {
            generation: work.generation,
            statements_done: done,
            statements: work.statements(),
            elapsed: std::time::Duration::ZERO,
            error: Some(error),
        };
        let fingerprint = work.revision.fingerprint().to_string();
        let record = Record::Step(work.direction);
        let row = self.journal().record(record, work.revision.id(), &fingerprint, &entry);
        let _ = self.session.send(&row).await;
    }
}

/// Whether a statement failed for what it says, and not for the state of the server.
fn is_of_the_script(class: Class) -> bool {
    matches!(
        class,
        Class::UnknownTable
            | Class::UnknownColumn
            | Class::ForeignKey
            | Class::Constraint
            | Class::Syntax
            | Class::TooCostly
            | Class::Other
    )
}

/// What may be kept of a failure: messages about data quote values of rows, and are left out.
fn storable(failure: &Failure) -> String {
    let code = failure.code.as_deref().unwrap_or("no code");
    let quotes_values =
        failure.code.as_deref().is_some_and(|code| code.len() == 5 && !code.starts_with("42"));
    if quotes_values { code.to_owned() } else { format!("{code}: {}", failure.message) }
}

/// What the author of the script can do about it.
fn hint(failure: &Failure) -> Option<&'static str> {
    match failure.code.as_deref() {
        // PostgreSQL: active_sql_transaction.
        Some("25001") => Some("it has to run outside a transaction: write `-- migrate:up transaction:false`"),
        _ if failure.message.contains("cannot VACUUM from within a transaction") => {
            Some("it has to run outside a transaction: write `-- migrate:up transaction:false`")
        }
        _ => None,
    }
}
