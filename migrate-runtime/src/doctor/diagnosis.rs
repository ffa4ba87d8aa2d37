use migrate_core::Dialect;
use serde::Serialize;

/// What [`Graph::doctor`](crate::Graph::doctor) found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Diagnosis {
    /// Which database it is.
    #[serde(serialize_with = "crate::report::dialect")]
    pub database: Dialect,
    /// What is wrong, or in the way of the next run. Empty: the database is healthy, as far as could be seen.
    pub symptoms: Vec<Symptom>,
    /// What the user may not see, in whole sentences.
    pub unseen: Vec<String>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Symptom {
    /// Which kind of thing: `invalid-index`, `open-transaction`. It stays the same from version to version.
    pub name: &'static str,
    /// What it is about: a table, an index, a session, a revision.
    pub object: String,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to do about it: a command, a statement, or advice.
    pub remedy: String,
}

impl Diagnosis {
    /// Whether nothing was found.
    #[must_use]
    pub fn is_healthy(&self) -> bool {
        self.symptoms.is_empty()
    }
}
