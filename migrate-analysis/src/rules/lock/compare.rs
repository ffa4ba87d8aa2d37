use std::collections::BTreeSet;

use migrate_core::Dialect;

use super::{sealed_revision_edited, sealed_revision_removed};
use crate::{
    diagnostic::{Diagnostic, quote},
    source::{Lock, LockEntry, Spanned},
};

/// What an earlier lock file has sealed, and a later one does not have as it was. The findings are errors.
///
/// A later lock file may seal more, and seal for more databases.
///
/// ```
/// use migrate_analysis::{compare, source::{Lock, SourceFile}};
///
/// let lock = |text| Lock::parse(&SourceFile::new("migrations", "migrate.lock", text));
/// let sealed = format!("format 1\nhead a\na <  v1:{}\n", "0".repeat(64));
/// assert_eq!(compare(&lock("format 1\nhead a\na <  draft\n"), &lock(&sealed)), []);
/// let findings = compare(&lock(&sealed), &lock("format 1\nhead a\na <  draft\n"));
/// assert_eq!(findings[0].message, "`a` is a draft, but was sealed before");
/// ```
#[must_use]
pub fn compare(old: &Lock, new: &Lock) -> Vec<Diagnostic> {
    let sealed = old.entries.iter().filter(|entry| entry.is_sealed());
    sealed.filter_map(|entry| difference(old, entry, new)).collect()
}

fn difference(old: &Lock, before: &LockEntry, new: &Lock) -> Option<Diagnostic> {
    let id = quote(&before.id.value);
    let Some(after) = new.entry(&before.id.value) else {
        let message = format!("{id} is not listed any more, but was sealed before");
        return Some(
            Diagnostic::new(sealed_revision_removed::RULE.name, message)
                .about(&new.file)
                .beside(&old.file, before.id.span, "sealed here")
                .help("put its file and this line back: what has shipped stays"),
        );
    };
    let names =
        |names: &[Spanned<String>]| names.iter().map(|name| name.value.clone()).collect::<BTreeSet<_>>();
    let lost = |dialect: &Dialect| {
        let value = old.sealed(&before.id.value, *dialect);
        value.is_some() && value != new.sealed(&before.id.value, *dialect)
    };
    let message = if !after.is_sealed() {
        format!("{id} is a draft, but was sealed before")
    } else if names(&before.parents) != names(&after.parents)
        || names(&before.depends_on) != names(&after.depends_on)
    {
        format!("{id} follows other revisions than it was sealed with")
    } else {
        let dialect = Dialect::ALL.into_iter().find(lost)?;
        format!("{id} is sealed with another fingerprint for `{dialect}` than before")
    };
    Some(
        Diagnostic::new(sealed_revision_edited::RULE.name, message)
            .at(&new.file, after.id.span, "")
            .beside(&old.file, before.id.span, "sealed here")
            .help("put the line back as it was: what has shipped stays"),
    )
}
