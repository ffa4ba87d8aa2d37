use std::collections::BTreeSet;

use migrate_core::did_you_mean;

use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
    source::{Layout, Part, RevisionFiles, name::file_name},
};

pub(crate) const RULE: Rule = Rule::new(
    "orphan-down",
    Family::File,
    "a down file whose up file is not there",
    include_str!("orphan-down.md"),
);

/// Finds the revisions that are down files alone, and gives their places. `programs` are the scripts in whose place there
/// is a program: nothing is missing beside those.
pub(crate) fn check(
    revisions: &mut [RevisionFiles],
    layout: Layout,
    programs: &BTreeSet<String>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<usize> {
    let is_orphan = |revision: &RevisionFiles| revision.files.iter().all(|file| file.part == Part::Down);
    let has_no_down = |revision: &RevisionFiles| revision.files.iter().all(|file| file.parsed.down.is_none());
    let orphans: Vec<usize> =
        revisions.iter().enumerate().filter(|(_, revision)| is_orphan(revision)).map(|(at, _)| at).collect();
    for &at in &orphans {
        let Some(orphan) = revisions.get(at) else { continue };
        let (stem, files) = (orphan.stem.clone(), orphan.files.clone());
        let mut partners =
            revisions.iter_mut().filter(|revision| has_no_down(revision) && !is_orphan(revision));
        let meant = did_you_mean(&stem, partners.by_ref().map(|partner| partner.stem.as_str()))
            .map(ToOwned::to_owned);
        for file in files {
            let up = file_name(&stem, file.dialect, Part::Up);
            if programs.contains(&up) {
                continue;
            }
            let message = format!("{} has no {} beside it", quote(file.file.name()), quote(&up));
            let finding = Diagnostic::new(RULE.name, message).about(&file.file);
            let finding = if layout == Layout::Native { finding } else { finding.at_most_a_warning() };
            findings.push(match &meant {
                Some(meant) => {
                    let name = file_name(meant, file.dialect, Part::Down);
                    finding.help(format!("did you mean {}?", quote(&name)))
                }
                None => finding.help("write the up file, or remove this one"),
            });
        }
        // One mistyped name is one finding: the partner is not told that its down script is missing.
        if let Some(partner) = meant.and_then(|meant| revisions.iter_mut().find(|one| one.stem == meant)) {
            partner.down_is_misnamed = true;
        }
    }
    orphans
}
