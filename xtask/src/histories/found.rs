use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, Result};
use migrate_analysis::{check, config::Config, diagnostic::Severity, source::Sources};

use super::list::{History, Level};

/// What the analysis finds in a history.
pub(super) struct Found {
    pub(super) revisions: usize,
    pub(super) layout: String,
    /// How many findings there are of a rule at a level.
    counts: BTreeMap<(String, Level), usize>,
}

/// Checks a history as it is, without a configuration.
pub(super) fn findings(history: &History, files: &Path) -> Result<Found> {
    let database = history.database.parse().ok().context("tests/histories.toml names no database")?;
    let config = Config { databases: vec![database], ..Config::default() };
    let report = check(&Sources::read(files), &config);
    let shown = report.diagnostics.iter().map(|finding| {
        let level = if finding.severity == Severity::Error { Level::Error } else { Level::Warning };
        (finding.rule, level)
    });
    let shipped = report.shipped.iter().map(|finding| (finding.rule, Level::Shipped));
    let mut counts = BTreeMap::new();
    for (rule, level) in shown.chain(shipped) {
        *counts.entry((rule.to_owned(), level)).or_default() += 1;
    }
    let revisions = report.editions.first().map_or(0, |edition| edition.graph.len());
    let layout = report.layout.map_or("native", |layout| layout.name()).to_owned();
    Ok(Found { revisions, layout, counts })
}

impl Found {
    /// What is not as the list says, a line each.
    pub(super) fn differences(&self, history: &History) -> Vec<String> {
        let mut lines = Vec::new();
        if self.revisions != history.revisions {
            lines.push(format!("{} revisions, not {}", self.revisions, history.revisions));
        }
        if self.layout != history.layout {
            lines.push(format!("the layout is {}, not {}", self.layout, history.layout));
        }
        let mut counts = self.counts.clone();
        for known in &history.findings {
            let count = counts.remove(&(known.rule.clone(), known.level)).unwrap_or(0);
            if count != known.count {
                lines.push(format!("{}: {count}, not {} ({})", known.rule, known.count, known.why));
            }
        }
        let new = counts.into_iter();
        lines.extend(new.map(|((rule, level), count)| format!("{rule}: {count} new, level {level:?}")));
        lines
    }
}
