//! What people say about rules, applied in one place: `[rules]`, `[[allow]]`, and `-- allow:` in the files.

use std::{collections::BTreeMap, sync::Arc};

use migrate_core::Span;

use super::{
    Level, Rule,
    file::{allow_without_reason, unknown_rule, unused_allow},
};
use crate::{
    config::Config,
    diagnostic::{Diagnostic, Label, Severity},
    source::{Allow, RevisionFiles, SourceFile},
};

/// Everything that silences a rule somewhere.
pub(crate) struct Allows<'a> {
    entries: Vec<Entry>,
    /// Where each entry holds, by the path of the file: the entry, and the bytes or the whole file.
    scopes: BTreeMap<&'a str, Vec<(usize, Option<Span>)>>,
}

struct Entry {
    rule: &'static Rule,
    file: Arc<SourceFile>,
    span: Span,
    used: bool,
}

impl<'a> Allows<'a> {
    /// Reads the entries. `statements` are the statements of each file by its path, in order.
    pub(crate) fn new(
        config: &Config,
        revisions: &'a [RevisionFiles],
        statements: &BTreeMap<&str, Vec<Span>>,
        findings: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut allows = Self { entries: Vec::new(), scopes: BTreeMap::new() };
        allows.read_configuration(config, revisions);
        for revision in revisions {
            for file in &revision.files {
                for allow in &file.parsed.file_allows {
                    // The header speaks for the revision, whichever of its files it stands in.
                    let scope = revision.files.iter().map(|file| (file.file.path(), None));
                    allows.read_allow(&file.file, allow, scope.collect(), findings);
                }
                let statements = statements.get(file.file.path()).map_or(&[][..], Vec::as_slice);
                for allow in &file.parsed.statement_allows {
                    let next = statements.partition_point(|span| span.start < allow.span.end);
                    let scope = statements.get(next).map(|span| (file.file.path(), Some(*span)));
                    allows.read_allow(&file.file, allow, scope.into_iter().collect(), findings);
                }
            }
        }
        allows
    }

    fn read_configuration(&mut self, config: &Config, revisions: &'a [RevisionFiles]) {
        let Some(toml) = config.file.as_ref().filter(|_| !config.allow.is_empty()) else { return };
        let files =
            || revisions.iter().flat_map(|revision| revision.files.iter().map(move |file| (revision, file)));
        for entry in &config.allow {
            let is_meant = |(revision, file): &(&RevisionFiles, &_)| {
                let file: &crate::source::RevisionFile = file;
                let is_file = entry.file.as_ref().is_none_or(|name| **name == **file.file.name());
                let is_revision = entry
                    .revision
                    .as_ref()
                    .is_none_or(|wanted| revision.id().is_some_and(|id| id.value == *wanted));
                is_file && is_revision
            };
            let scope = files().filter(is_meant).map(|(_, file)| (file.file.path(), None)).collect();
            self.add(entry.rule.value, toml, entry.rule.span, scope);
        }
    }

    fn read_allow(
        &mut self,
        file: &Arc<SourceFile>,
        allow: &Allow,
        scope: Vec<(&'a str, Option<Span>)>,
        findings: &mut Vec<Diagnostic>,
    ) {
        let Some(rule) = super::find(&allow.rule.value) else {
            findings.push(unknown_rule::finding(file, &allow.rule.value, allow.rule.span));
            return;
        };
        if allow.reason.is_none() {
            findings.push(allow_without_reason::in_file(file, allow));
        }
        self.add(rule, file, allow.span, scope);
    }

    fn add(
        &mut self,
        rule: &'static Rule,
        file: &Arc<SourceFile>,
        span: Span,
        scope: Vec<(&'a str, Option<Span>)>,
    ) {
        for (path, span) in scope {
            self.scopes.entry(path).or_default().push((self.entries.len(), span));
        }
        self.entries.push(Entry { rule, file: Arc::clone(file), span, used: false });
    }

    /// The findings that remain, with their severities, sorted; and those about entries that silence nothing.
    pub(crate) fn apply(mut self, config: &Config, mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        findings.retain(|finding| !self.silences(finding));
        let unused = self.entries.iter().filter(|entry| !entry.used);
        findings.extend(unused.map(|entry| unused_allow::finding(&entry.file, entry.rule, entry.span)));
        let mut shown: Vec<Diagnostic> =
            findings.into_iter().filter_map(|finding| leveled(config, finding)).collect();
        shown.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        // A script that several databases read is at fault once.
        shown.dedup_by(|a, b| a.sort_key() == b.sort_key());
        shown
    }

    /// Whether an entry silences the finding, which makes it a used one.
    fn silences(&mut self, finding: &Diagnostic) -> bool {
        let Some(label) = &finding.primary else { return false };
        let Some(scopes) = self.scopes.get(label.file.path()) else { return false };
        let mut silenced = false;
        for (entry, span) in scopes {
            let Some(entry) = self.entries.get_mut(*entry) else { continue };
            let speaks_of_it =
                entry.rule.name == finding.rule && span.is_none_or(|span| lies_in(label, span));
            if speaks_of_it && entry.rule.adjustable {
                entry.used = true;
                silenced = true;
            }
        }
        silenced
    }
}

fn lies_in(label: &Label, span: Span) -> bool {
    label.span.is_some_and(|label| span.start <= label.start && label.end <= span.end)
}

/// The finding with the severity of its rule; `None` where the rule is off.
fn leveled(config: &Config, mut finding: Diagnostic) -> Option<Diagnostic> {
    let rule = super::find(finding.rule)?;
    let by_default = if rule.since <= config.rule_set { rule.level } else { Level::Allow };
    finding.severity = match config.levels.get(rule.name).copied().unwrap_or(by_default) {
        Level::Allow => return None,
        Level::Warn => Severity::Warning,
        Level::Deny => Severity::Error,
    };
    Some(finding)
}
