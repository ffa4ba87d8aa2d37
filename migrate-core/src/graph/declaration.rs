use std::sync::Arc;

use super::{Down, Fingerprint, Recovery, Revision, Script, Statement};
use crate::Span;

/// What one migration file (or pair of files) declares: the input of [`Graph::new`](super::Graph::new).
#[derive(Clone, Debug, Default)]
pub struct Declaration {
    /// The id.
    pub id: String,
    /// What the revision does, in the author's words.
    pub message: String,
    /// When it was made: `YYYY-MM-DD HH:MM:SS` in UTC.
    pub created: Option<String>,
    /// Full ids of its parents.
    pub revises: Vec<String>,
    /// Full ids or labels of its dependencies.
    pub depends_on: Vec<String>,
    /// Its branch labels.
    pub labels: Vec<String>,
    /// The script that applies it.
    pub up: Option<ScriptDeclaration>,
    /// The way back.
    pub down: DownDeclaration,
    /// Its fingerprint.
    pub fingerprint: Fingerprint,
}

/// A script of a [`Declaration`].
#[derive(Clone, Debug)]
pub struct ScriptDeclaration {
    /// The file, relative to the migration directory, with `/`.
    pub file: Arc<str>,
    /// The whole text of that file.
    pub text: Arc<str>,
    /// The script within the file, without the line of its marker.
    pub section: Span,
    /// Its statements.
    pub statements: Vec<Statement>,
    /// How statements are recovered that may run outside a transaction: index into `statements` (ascending), and how.
    pub recoveries: Vec<(u32, Recovery)>,
    /// Whether it runs in a transaction.
    pub transaction: bool,
}

/// The way back of a [`Declaration`].
#[derive(Clone, Debug, Default)]
pub enum DownDeclaration {
    /// Nothing to run.
    #[default]
    Nothing,
    /// A script.
    Script(ScriptDeclaration),
    /// There is no way back, for this reason.
    Irreversible(String),
}

impl Declaration {
    /// A revision with this id that revises these.
    #[must_use]
    pub fn new<'a>(id: &str, revises: impl IntoIterator<Item = &'a str>) -> Self {
        Self { id: id.into(), revises: revises.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// The same, depending on these as well.
    #[must_use]
    pub fn depends_on<'a>(mut self, ids: impl IntoIterator<Item = &'a str>) -> Self {
        self.depends_on.extend(ids.into_iter().map(Into::into));
        self
    }

    /// The same, with these branch labels as well.
    #[must_use]
    pub fn labels<'a>(mut self, labels: impl IntoIterator<Item = &'a str>) -> Self {
        self.labels.extend(labels.into_iter().map(Into::into));
        self
    }
}

impl From<Revision<'_>> for Declaration {
    /// What the revision was declared by; all names of what it rests on are ids.
    fn from(revision: Revision<'_>) -> Self {
        Self {
            id: revision.id().into(),
            message: revision.message().into(),
            created: revision.created().map(Into::into),
            revises: revision.parents().map(|parent| parent.id().into()).collect(),
            depends_on: revision.dependencies().map(|dependency| dependency.id().into()).collect(),
            labels: revision.labels().map(Into::into).collect(),
            up: revision.up().map(Into::into),
            down: match revision.down() {
                Down::Nothing => DownDeclaration::Nothing,
                Down::Script(script) => DownDeclaration::Script(script.into()),
                Down::Irreversible(reason) => DownDeclaration::Irreversible(reason.into()),
            },
            fingerprint: *revision.fingerprint(),
        }
    }
}

impl From<Script<'_>> for ScriptDeclaration {
    fn from(script: Script<'_>) -> Self {
        let recoveries = (0u32..).zip(script.statements);
        Self {
            file: script.file.into(),
            text: script.source.into(),
            section: script.section,
            statements: script.statements.to_vec(),
            recoveries: recoveries.map(|(index, _)| (index, script.recovery(index as usize))).collect(),
            transaction: script.transaction,
        }
    }
}
