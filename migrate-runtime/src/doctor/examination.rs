use migrate_core::Graph;

use super::{Diagnosis, Symptom};
use crate::{
    Error, Result,
    database::{Opened, Question, Room},
    executor::lock_key,
    journal::Names,
    session::{Class, Session},
    settings::Options,
};

/// A database that is looked at.
pub(super) struct Examination<'e> {
    pub(super) room: &'static dyn Room,
    pub(super) graph: &'e Graph,
    pub(super) options: &'e Options,
    pub(super) session: &'e mut (dyn Session + 'e),
    pub(super) opened: Opened,
    pub(super) names: Names,
    /// What the migration lock is named after.
    pub(super) key: String,
    pub(super) diagnosis: Diagnosis,
}

/// Looks at a database, and closes the session on every path.
pub(crate) async fn examine<'s>(
    mut session: Box<dyn Session + 's>,
    room: &'static dyn Room,
    graph: &Graph,
    options: &Options,
) -> Result<Diagnosis> {
    let result = enter(&mut *session, room, graph, options).await;
    session.close().await;
    result
}

async fn enter(
    session: &mut (dyn Session + '_),
    room: &'static dyn Room,
    graph: &Graph,
    options: &Options,
) -> Result<Diagnosis> {
    let opened = room.open(session, options).await?;
    session.remember(&opened.give_back.join("; "));
    let names = Names::new(room, &options.settings, opened.schema.as_deref());
    let key = lock_key(&opened, &options.settings);
    let diagnosis = Diagnosis { database: room.dialect(), symptoms: Vec::new(), unseen: Vec::new() };
    let mut examination = Examination { room, graph, options, session, opened, names, key, diagnosis };
    examination.books().await?;
    examination.sessions().await?;
    examination.indexes().await?;
    examination.rights().await?;
    if examination.file().await? {
        examination.tables().await?;
    }
    let Examination { session, opened, diagnosis, .. } = examination;
    if !session.is_own() && !opened.give_back.is_empty() {
        let given_back = session.send(&opened.give_back.join("; ")).await.complete();
        given_back
            .map_err(|failure| Error::of_failure("cannot give the connection back as it was", failure))?;
    }
    Ok(diagnosis)
}

impl Examination<'_> {
    /// The rows that answer a question: none, where the database has no such thing, or hides it.
    pub(super) async fn ask(&mut self, question: Question<'_>) -> Result<Vec<Vec<String>>> {
        let Some(query) = self.room.question(question) else { return Ok(Vec::new()) };
        match self.session.query(&query).await.rows() {
            Ok(rows) => Ok(rows
                .into_iter()
                .map(|row| row.into_iter().map(Option::unwrap_or_default).collect())
                .collect()),
            Err(failure) if matches!(failure.class, Class::Permission | Class::UnknownTable) => {
                self.unseen(question.subject(), &failure.message);
                Ok(Vec::new())
            }
            Err(failure) => {
                Err(Error::of_failure(&format!("cannot look at {}", question.subject()), failure))
            }
        }
    }

    pub(super) fn unseen(&mut self, subject: &str, why: &str) {
        self.diagnosis.unseen.push(format!("{subject} cannot be seen: {why}"));
    }

    pub(super) fn found(
        &mut self,
        name: &'static str,
        object: impl Into<String>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let (object, message, remedy) = (object.into(), message.into(), remedy.into());
        self.diagnosis.symptoms.push(Symptom { name, object, message, remedy });
    }
}

/// The cells of a row, the missing ones empty.
pub(super) fn cells<const N: usize>(row: Vec<String>) -> [String; N] {
    let mut cells = row.into_iter();
    std::array::from_fn(|_| cells.next().unwrap_or_default())
}
