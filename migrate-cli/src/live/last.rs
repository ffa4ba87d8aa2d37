use migrate_runtime::{Error, Report};
use serde::Serialize;

/// The last line of a run that is written for machines; the ones before are events.
#[derive(Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(super) enum Last<'r> {
    /// It reached its target.
    Finished(&'r Report),
    /// It did not.
    Failed(&'r Error),
}

impl Last<'_> {
    pub(super) fn line(&self) -> String {
        line(self)
    }
}

/// A JSON document on one line.
pub(super) fn line(value: &impl Serialize) -> String {
    // What is written here are structures of texts and numbers, which JSON can always express.
    serde_json::to_string(value).unwrap_or_default() + "\n"
}
