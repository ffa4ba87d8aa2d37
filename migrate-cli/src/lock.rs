use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use migrate_analysis::{
    Report, compare,
    diagnostic::{Diagnostic, Severity},
    rules::{self, Family},
    source::{self, LOCK_FILE, LockChange, LockRefusal, LockState, SourceFile},
};
use migrate_core::Dialect;

use crate::{
    Outcome,
    arguments::Lock,
    check::{counted, for_people},
    failure::Failure,
    package::Package,
    writing,
};

/// `cargo migrate lock`
pub(crate) fn run(arguments: &Lock, colour: bool) -> Result<Outcome, Failure> {
    let package = Package::load(&arguments.place)?;
    if arguments.check {
        return verify(&package, arguments.against.as_deref(), colour);
    }
    let ids = wanted(&package.report, arguments)?;
    let change = match &ids {
        _ if arguments.draft => LockChange::Refresh,
        Some(ids) => LockChange::SealUpTo(ids),
        None => LockChange::SealAll,
    };
    let text = match package.report.lock_text(change) {
        Ok(text) => text,
        Err(refusal) => return Ok(refused(&package.report, &refusal, colour)),
    };
    if package.sources.lock().is_none_or(|file| **file.text() != *text) {
        writing::replace(&package.dir.join(LOCK_FILE), &text)?;
    }
    let after = source::Lock::parse(&SourceFile::new(package.sources.dir(), LOCK_FILE, text));
    let text = changes(&package.report, &after) + &summary(&after);
    Ok(Outcome { text, refused: false })
}

/// What the target names.
fn wanted(report: &Report, arguments: &Lock) -> Result<Option<Vec<String>>, Failure> {
    let (Some(target), Some(edition)) = (&arguments.target, report.editions.first()) else { return Ok(None) };
    let ids: Vec<String> =
        edition.graph.resolve(target, None)?.into_iter().map(|revision| revision.id().to_owned()).collect();
    if ids.is_empty() {
        return Err(Failure::usage(
            format!("`{target}` names no revision"),
            "name the last revision that has shipped, or leave it out to seal all of them",
        ));
    }
    Ok(Some(ids))
}

fn refused(report: &Report, refusal: &LockRefusal, colour: bool) -> Outcome {
    Outcome { text: format!("{}error: {refusal}\n", for_people(report, colour)), refused: true }
}

/// What a lock file says anew, a revision a line, the oldest first.
fn changes(report: &Report, after: &source::Lock) -> String {
    let before = report.lock.as_ref();
    let mut text = String::new();
    for revision in report.editions.first().iter().flat_map(|edition| edition.graph.revisions()) {
        let was = before.and_then(|lock| lock.entry(revision.id()));
        let Some(is) = after.entry(revision.id()) else { continue };
        let word = match (was.map(source::LockEntry::is_sealed), is.is_sealed()) {
            (None | Some(false), true) => "sealed",
            (None, false) => "draft",
            (Some(false), false) if edges(was) != edges(Some(is)) => "moved",
            _ => continue,
        };
        let _ = writeln!(text, "{word:<8}{}  {}", revision.id(), revision.message());
    }
    for gone in
        before.iter().flat_map(|lock| &lock.entries).filter(|entry| after.entry(&entry.id.value).is_none())
    {
        let _ = writeln!(text, "{:<8}{}", "gone", gone.id.value);
    }
    let databases =
        |lock: &source::Lock| lock.databases.iter().flatten().copied().collect::<BTreeSet<Dialect>>();
    if let Some(before) = before.filter(|before| before.has_sealed() && before.databases.is_some()) {
        for database in databases(after).difference(&databases(before)) {
            let _ = writeln!(text, "{:<8}what was sealed before, for {database} as well", "sealed");
        }
    }
    text
}

fn edges(entry: Option<&source::LockEntry>) -> [BTreeSet<&str>; 2] {
    entry.map_or_else(Default::default, |entry| {
        [&entry.parents, &entry.depends_on].map(|names| names.iter().map(|name| &*name.value).collect())
    })
}

/// `migrations/migrate.lock: 3 sealed, 1 draft`
fn summary(lock: &source::Lock) -> String {
    let sealed = lock.entries.iter().filter(|entry| entry.is_sealed()).count();
    let drafts = counted(lock.entries.len() - sealed, "draft");
    format!("{}: {sealed} sealed, {drafts}\n", lock.file.path())
}

/// `--check`: whether the lock file is what it would be written as, and keeps what another one has sealed.
fn verify(package: &Package, against: Option<&str>, colour: bool) -> Result<Outcome, Failure> {
    let report = &package.report;
    let Some(lock) = &report.lock else {
        let path = SourceFile::new(package.sources.dir(), LOCK_FILE, "");
        let message = format!("there is no lock file `{}`", path.path());
        return Err(Failure::refused(message, "`cargo migrate lock --draft` writes it"));
    };
    let is_error = |finding: &&Diagnostic| finding.severity == Severity::Error;
    let is_of_lock =
        |finding: &&Diagnostic| rules::find(finding.rule).is_some_and(|rule| rule.family == Family::Lock);
    let mut found: Vec<Diagnostic> =
        report.diagnostics.iter().filter(is_error).filter(is_of_lock).cloned().collect();
    let mut notes = String::new();
    if let Some(reference) = against {
        let help = "name a commit, a branch or a tag of this repository, such as `origin/main`";
        match package.sources.lock_at(reference).map_err(|error| Failure::usage(error.to_string(), help))? {
            Some(old) => found.extend(compare(&old, lock)),
            None => notes = format!("`{reference}` has no lock file, so that nothing is sealed there\n"),
        }
    }
    match report.lock_text(LockChange::Refresh) {
        Err(refusal) if found.is_empty() => return Ok(refused(report, &refusal, colour)),
        Ok(text) if found.is_empty() && !says_same(lock, &text) => {
            let _ = writeln!(notes, "error: {} is not up to date", lock.file.path());
            let _ = writeln!(notes, "  help: `cargo migrate lock --draft` writes it anew");
            return Ok(Outcome { text: notes, refused: true });
        }
        _ => {}
    }
    let refused = !found.is_empty();
    let text =
        for_people(&Report { diagnostics: found, ..Report::default() }, colour) + &notes + &summary(lock);
    Ok(Outcome { text, refused })
}

/// Whether a lock file says what a text for it says.
fn says_same(lock: &source::Lock, text: &str) -> bool {
    content(&source::Lock::parse(&SourceFile::new("", LOCK_FILE, text))) == content(lock)
}

type Line<'l> = ([BTreeSet<&'l str>; 2], &'l LockState);

/// All that a lock file says, whatever its order and its comments.
fn content(lock: &source::Lock) -> (BTreeMap<&str, Line<'_>>, BTreeSet<Dialect>) {
    let lines = lock.entries.iter().map(|entry| (&*entry.id.value, (edges(Some(entry)), &entry.state)));
    (lines.collect(), lock.databases.iter().flatten().copied().collect())
}
