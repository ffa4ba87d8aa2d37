//! What real servers did with every down script of public histories, beside what is found without one.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context, Result};
use migrate_analysis::{check, config::Config, source::Sources};
use serde::Deserialize;

/// One file of the record.
#[derive(Deserialize)]
struct Record {
    meta: Meta,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Meta {
    name: String,
    dialect: String,
}

/// One revision: taken back alone, on a copy of the database right after its way up.
#[derive(Deserialize)]
struct Step {
    step: String,
    down: Option<String>,
    #[serde(default)]
    lost: Vec<String>,
    #[serde(default)]
    left: Vec<String>,
}

/// Rules that say that a way back is wrong.
const RULES: [&str; 9] = [
    "down-does-not-apply",
    "down-does-not-restore",
    "down-drops-older-object",
    "empty-down",
    "enum-value-stays",
    "missing-down",
    "not-in-transaction",
    "restored-under-another-name",
    "syntax-error",
];

/// Where what is found differs from the record, and why: the history, the step, the reason.
const EXPLAINED: [(&str, &str, &str); 8] = [
    ("crates.io", "0133", "an index on `date(date)` is taken for one on a cast, which may say nothing"),
    ("crates.io", "0136", "`schema_migrations` is a table of tools, of which nothing is said"),
    ("crates.io", "0151", "the way up does nothing, and an empty way back is found all the same"),
    ("crates.io", "0182", "an option that is set `FROM CURRENT` is unknown"),
    ("lemmy", "0037", "views over `*` of views"),
    ("lemmy", "0045", "views over `*` of views"),
    ("lemmy", "0048", "views over `*` of views"),
    ("zksync-core", "0214", "comments are not compared"),
];

/// The history with migrations in another language: nothing is said of its ways back.
const IN_PART: &str = "concourse";

/// How the findings in a history compare with the record of it.
#[derive(Debug, Default)]
pub(super) struct Verdicts {
    name: String,
    /// Ways back that give all of it back, with nothing said against them.
    silent: usize,
    /// Those that were found fault with.
    false_alarms: Vec<String>,
    /// Wrong ways back that were found.
    found: usize,
    /// Those that were not.
    missed: Vec<String>,
}

impl Verdicts {
    /// What differs from the record without a reason that is known, and reasons that are none any more.
    pub(super) fn unexplained(&self) -> Vec<String> {
        if self.name.starts_with(IN_PART) {
            return self.false_alarms.clone();
        }
        let own = EXPLAINED.iter().filter(|(name, ..)| self.name.starts_with(name));
        let reasons: Vec<&str> = own.map(|(_, step, _)| *step).collect();
        let differences = || self.false_alarms.iter().chain(&self.missed);
        let is_explained = |step: &&String| reasons.iter().any(|reason| step.starts_with(reason));
        let new = differences().filter(|step| !is_explained(step)).cloned();
        let gone = reasons.iter().filter(|reason| !differences().any(|step| step.starts_with(**reason)));
        new.chain(gone.map(|reason| format!("{reason} is as recorded by now"))).collect()
    }
}

/// Compares one file of the record with the history in `folder`; `None` where that is not there, or has no grammar.
pub(super) fn compare(record: &Path, folder: &Path) -> Result<Option<Verdicts>> {
    let text = fs::read_to_string(record).with_context(|| format!("cannot read {}", record.display()))?;
    let record: Record = serde_json::from_str(&text).context("the record is not right")?;
    // The record calls some by the database, too.
    let files = [record.meta.name.as_str(), record.meta.name.trim_end_matches("-postgres")]
        .map(|name| folder.join(name))
        .into_iter()
        .find(|files| files.is_dir());
    let dialect = record.meta.dialect.parse().ok().context("the record names no database")?;
    let Some(files) = files.filter(|_| migrate_analysis::sql::has_grammar(dialect)) else { return Ok(None) };
    let config = Config { databases: vec![dialect], ..Config::default() };
    let report = check(&Sources::read(&files), &config);
    let findings = report.diagnostics.iter().chain(&report.shipped);
    let findings = findings.filter(|finding| RULES.contains(&finding.rule));
    let blamed: BTreeSet<&str> =
        findings.filter_map(|finding| Some(finding.primary.as_ref()?.file.path())).collect();
    let mut verdicts = Verdicts { name: record.meta.name, ..Verdicts::default() };
    for step in record.steps {
        let version = step.step.split('_').nth(1).unwrap_or_default();
        let is_blamed = blamed.iter().any(|path| path.contains(&format!("/{version}_")));
        let differs = || step.lost.iter().chain(&step.left).any(|fact| !fact.starts_with("colorder:"));
        match step.down.as_deref() {
            Some("exact") if is_blamed => verdicts.false_alarms.push(step.step),
            Some("exact") => verdicts.silent += 1,
            Some("error") if is_blamed => verdicts.found += 1,
            Some("error") => verdicts.missed.push(step.step),
            Some("differs") if is_blamed => verdicts.found += 1,
            Some("differs") if differs() => verdicts.missed.push(step.step),
            _ => {}
        }
    }
    Ok(Some(verdicts))
}
