use migrate_core::{Schema, operation::Notice};

use super::{Refused, Script};

/// What became of a script.
#[derive(Clone, Debug)]
pub struct Run {
    /// The schema behind it.
    pub schema: Schema,
    /// What happened on the way, in order.
    pub events: Vec<Event>,
}

/// Something worth saying about a statement of a script.
#[derive(Clone, Debug)]
pub struct Event {
    /// The statement, by its place in the script.
    pub statement: usize,
    /// What.
    pub kind: EventKind,
}

/// What can happen to a statement.
#[derive(Clone, Debug)]
pub enum EventKind {
    /// The database would refuse it.
    Refused(Refused),
    /// It was carried out, and did something that may not have been meant.
    Noticed(Notice),
}

/// Carries a script out on a schema, in a session of its own.
///
/// A statement that the database would refuse is left out, and what it names is unknown from there on.
#[must_use]
pub fn run(script: &Script, mut schema: Schema) -> Run {
    let mut events = Vec::new();
    schema.begin_session();
    for (place, statement) in script.statements.iter().enumerate() {
        match statement.apply(&mut schema) {
            Ok(notices) => {
                let noticed = |notice| Event { statement: place, kind: EventKind::Noticed(notice) };
                events.extend(notices.into_iter().map(noticed));
            }
            Err(refused) => {
                events.push(Event { statement: place, kind: EventKind::Refused(refused) });
                statement.taint(script.file.text(), script.dialect, &mut schema);
            }
        }
    }
    schema.begin_session();
    schema.unknown.everything |= !script.is_whole;
    Run { schema, events }
}
