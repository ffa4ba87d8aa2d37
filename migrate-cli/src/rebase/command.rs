use std::fmt::Write as _;

use migrate_analysis::{Report, source::LockChange};
use migrate_core::graph::Target;

use super::rebasing::Rebasing;
use crate::{Outcome, arguments::Rebase, check::for_people, clock, failure::Failure, package::Package};

/// `cargo migrate rebase`
///
/// All of it is made in memory and checked there, and then written.
pub(crate) fn run(arguments: &Rebase, colour: bool) -> Result<Outcome, Failure> {
    let package = Package::load(&arguments.place)?;
    let at = clock::now(package.config.timezone.as_deref())?;
    let mut rebase = Rebasing::new(&package, at);

    rebase.renumber_late_versions(&package.report);
    let report = rebase.change.check(&package);
    if !report.complete {
        let text = for_people(&report, colour) + "nothing is changed before these errors are mended\n";
        return Ok(Outcome { text, refused: true });
    }
    for heads in crowds(&report, arguments.onto.as_ref())? {
        rebase.line_up(&report, &heads, arguments.onto.as_ref())?;
    }
    let report = rebase.change.check(&package);
    let has_markers = package.report.lock.as_ref().is_some_and(|lock| !lock.conflict_markers.is_empty());
    if rebase.change.is_empty() && !has_markers {
        return Ok(Outcome { text: "there is nothing to rebase\n".into(), refused: false });
    }
    if let Some(lock) = &report.lock {
        rebase.change.lock = Some(report.lock_text(LockChange::Refresh)?);
        let markers = if has_markers { ", without conflict markers" } else { "" };
        let _ = writeln!(rebase.text, "{} is written anew{markers}", lock.file.path());
    }
    let report = rebase.change.check(&package);
    if !report.complete {
        let text = for_people(&report, colour) + "nothing is changed: this is what would come of it\n";
        return Ok(Outcome { text, refused: true });
    }
    let mut text = rebase.text;
    if arguments.dry_run {
        text.push_str("nothing is changed: this is a dry run\n");
    } else {
        rebase.change.write(&package)?;
    }
    if !report.diagnostics.is_empty() {
        text = format!("{text}\n{}", for_people(&report, colour));
    }
    Ok(Outcome { text, refused: report.is_refused() })
}

/// The groups of heads to bring into one line: all of them, or that of `--onto`.
fn crowds(report: &Report, onto: Option<&Target>) -> Result<Vec<Vec<String>>, Failure> {
    let (Some(target), Some(edition)) = (onto, report.editions.first()) else {
        return Ok(report.rival_heads.clone());
    };
    let named = edition.graph.resolve(target, None)?;
    let has_it = |heads: &&Vec<String>| matches!(named[..], [head] if heads.iter().any(|id| id == head.id()));
    match report.rival_heads.iter().find(has_it) {
        Some(heads) => Ok(vec![heads.clone()]),
        None if report.rival_heads.is_empty() => Ok(Vec::new()),
        None => {
            let heads: Vec<String> =
                report.rival_heads.iter().flatten().map(|id| format!("`{id}`")).collect();
            let message = format!("`{target}` is none of the heads that have to come into one line");
            Err(Failure::usage(message, format!("these are: {}", heads.join(", "))))
        }
    }
}
