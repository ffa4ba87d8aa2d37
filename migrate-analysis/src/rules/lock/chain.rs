use migrate_core::{Dialect, graph::Fingerprint};

use super::Locked;
use crate::{
    config::Config,
    rules::graph::history::Member,
    source::{self, LockEntry, Section, Spanned},
};

/// The part of a revision of which its fingerprint speaks, beside its place in the history.
#[derive(Clone, Copy)]
pub(super) struct UpScript<'t> {
    pub(super) transaction: bool,
    pub(super) text: &'t str,
}

impl<'t> UpScript<'t> {
    pub(super) fn new(text: &'t str, section: &Section) -> Self {
        Self { transaction: section.transaction, text: section.body.of(text) }
    }

    /// That of a revision for a database.
    pub(super) fn of(member: &Member<'t>, dialect: Dialect, config: &Config) -> Self {
        let (transaction, text) = member.files.up_text(dialect, config.dialect);
        Self { transaction, text }
    }
}

impl Locked<'_> {
    /// The fingerprint that a revision has with this script, if it follows what it was sealed as following, and with the
    /// fingerprints that those were sealed with: so it is not to blame for what has become of them.
    ///
    /// `None` where what it followed is not known.
    pub(super) fn fingerprint(
        &self,
        entry: &LockEntry,
        dialect: Dialect,
        script: UpScript<'_>,
    ) -> Option<Fingerprint> {
        let parents = self.values(&entry.parents, dialect)?;
        let dependencies = self.values(&entry.depends_on, dialect)?;
        let UpScript { transaction, text } = script;
        Some(source::fingerprint(&entry.id.value, &parents, &dependencies, transaction, text))
    }

    /// Whether a revision was sealed with this script for a database.
    pub(super) fn is_sealed_script(&self, entry: &LockEntry, dialect: Dialect, script: UpScript<'_>) -> bool {
        let sealed = self.lock.sealed(&entry.id.value, dialect);
        sealed.is_some() && self.fingerprint(entry, dialect, script) == sealed
    }

    fn values(&self, ids: &[Spanned<String>], dialect: Dialect) -> Option<Vec<Fingerprint>> {
        ids.iter().map(|id| self.value(&id.value, dialect)).collect()
    }

    /// The fingerprint that a revision was sealed with, or has as a draft.
    fn value(&self, id: &str, dialect: Dialect) -> Option<Fingerprint> {
        let graph = || self.editions.iter().find(|edition| edition.dialect == dialect);
        let draft = || graph()?.graph.find(id).map(|revision| *revision.fingerprint());
        self.lock.sealed(id, dialect).or_else(draft)
    }
}
