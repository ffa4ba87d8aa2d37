use std::{collections::BTreeMap, sync::Arc};

use migrate_core::{Span, did_you_mean};

use super::{
    Rule,
    file::{allow_without_reason, unknown_rule, unused_allow},
};
use crate::{
    config::{AllowEntry, Config},
    diagnostic::{Diagnostic, Label},
    source::{Allow, ParsedFile, RevisionFiles, SourceFile},
};

/// Everything that silences a rule somewhere: `-- allow:` in the files, `[[allow]]` in `migrate.toml`.
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

/// Where an entry holds: files by their paths, and their bytes unless it holds for all of them.
type Scope<'a> = Vec<(&'a str, Option<Span>)>;

impl<'a> Allows<'a> {
    /// Reads the entries. `strays` are what lies in the directory and is of no revision; `statements` are the statements
    /// of each file by its path, in order.
    pub(crate) fn new(
        config: &Config,
        revisions: &'a [RevisionFiles],
        strays: &'a [Arc<SourceFile>],
        statements: &BTreeMap<&str, Vec<Span>>,
        findings: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut allows = Self { entries: Vec::new(), scopes: BTreeMap::new() };
        if let Some(file) = &config.file {
            allows.read_configuration(file, &config.allow, revisions, strays, findings);
        }
        for revision in revisions {
            for file in &revision.files {
                for allow in &file.parsed.file_allows {
                    // The header speaks for the revision, whichever of its files it stands in.
                    allows.read_allow(&file.file, allow, whole(revision), findings);
                }
                let statements = statements.get(file.file.path()).map_or(&[][..], Vec::as_slice);
                for allow in &file.parsed.statement_allows {
                    let statement = statement_of(allow, &file.parsed, statements);
                    let scope = statement.map(|span| (file.file.path(), Some(span)));
                    allows.read_allow(&file.file, allow, scope.into_iter().collect(), findings);
                }
            }
        }
        allows
    }

    fn read_configuration(
        &mut self,
        toml: &Arc<SourceFile>,
        entries: &[AllowEntry],
        revisions: &'a [RevisionFiles],
        strays: &'a [Arc<SourceFile>],
        findings: &mut Vec<Diagnostic>,
    ) {
        let mut named: BTreeMap<&str, Scope<'a>> = BTreeMap::new();
        for file in strays {
            named.entry(file.name()).or_default().push((file.path(), None));
        }
        for revision in revisions {
            if let Some(id) = revision.id() {
                named.entry(&id.value).or_default().extend(whole(revision));
            }
            for file in &revision.files {
                named.entry(file.file.name()).or_default().push((file.file.path(), None));
            }
        }
        for entry in entries {
            let scope = entry.names().map(|name| (name, named.get(name).cloned()));
            for (name, scope) in scope {
                match scope {
                    Some(scope) => self.add(entry.rule.value, toml, entry.rule.span, scope),
                    None => {
                        let meant = did_you_mean(name, named.keys().copied());
                        findings.push(unused_allow::of_nothing(toml, name, meant, entry.rule.span));
                    }
                }
            }
        }
    }

    fn read_allow(
        &mut self,
        file: &Arc<SourceFile>,
        allow: &Allow,
        scope: Scope<'a>,
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

    fn add(&mut self, rule: &'static Rule, file: &Arc<SourceFile>, span: Span, scope: Scope<'a>) {
        for (path, span) in scope {
            self.scopes.entry(path).or_default().push((self.entries.len(), span));
        }
        self.entries.push(Entry { rule, file: Arc::clone(file), span, used: false });
    }

    /// Takes away the findings that are allowed, and adds those about entries that allow nothing.
    pub(crate) fn apply(mut self, findings: &mut Vec<Diagnostic>) {
        findings.retain(|finding| !self.silences(finding));
        let unused = self.entries.iter().filter(|entry| !entry.used);
        findings.extend(unused.map(|entry| unused_allow::finding(&entry.file, entry.rule, entry.span)));
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

/// The statement that the line stands in, or else above, within its section.
fn statement_of(allow: &Allow, file: &ParsedFile, statements: &[Span]) -> Option<Span> {
    let next = statements.partition_point(|span| span.start < allow.span.end);
    let around = next.checked_sub(1).and_then(|before| statements.get(before));
    if let Some(around) = around.filter(|span| allow.span.end <= span.end) {
        return Some(*around);
    }
    let bodies = file.up.iter().chain(&file.down).map(|section| section.body);
    let end = bodies.map(|body| body.end).filter(|end| allow.span.end <= *end).min()?;
    statements.get(next).copied().filter(|span| span.end <= end)
}

/// All files of a revision.
fn whole(revision: &RevisionFiles) -> Scope<'_> {
    revision.files.iter().map(|file| (file.file.path(), None)).collect()
}

fn lies_in(label: &Label, span: Span) -> bool {
    label.span.is_some_and(|label| span.start <= label.start && label.end <= span.end)
}

#[cfg(test)]
mod tests {
    use migrate_core::Dialect;

    use super::Allows;
    use crate::{
        config::Config,
        diagnostic::Diagnostic,
        scripts::ScriptReader,
        source::{SourceFile, layout},
    };

    /// What is left when a rule has found something at each statement of a file: the first lines of the statements, and
    /// what is said about the allows.
    fn left(rule: &'static str, text: &str) -> Vec<String> {
        let config = Config::default();
        let file = SourceFile::new("", "1_make.sql", text);
        let layout = layout::arrange(std::slice::from_ref(&file), &config, None);
        let mut reader = ScriptReader::new(&config);
        for revision in &layout.revisions {
            reader.read(revision, Dialect::Sqlite);
        }
        reader.sort_statements();
        let first_line = |statement: &str| statement.lines().next().unwrap_or_default().to_owned();
        let statements = reader.statements.values().flatten();
        let mut findings: Vec<Diagnostic> = statements
            .map(|&span| Diagnostic::new(rule, first_line(span.of(text))).at(&file, span, ""))
            .collect();
        let allows = Allows::new(&config, &layout.revisions, &[], &reader.statements, &mut findings);
        allows.apply(&mut findings);
        findings.into_iter().map(|finding| finding.message).collect()
    }

    const UNUSED: &str = "`missing-down` finds nothing here that could be allowed";

    #[test]
    fn an_allow_holds_for_the_statement_below_it_alone() {
        let text = "-- revision: a\n-- migrate:up\nSELECT 1;\n-- allow: missing-down, why\n\n-- and more\nSELECT\n2;\n\
                    SELECT 3;\n-- migrate:down\nSELECT 4;\n";
        assert_eq!(left("missing-down", text), ["SELECT 1", "SELECT 3", "SELECT 4"]);
    }

    #[test]
    fn an_allow_within_a_statement_holds_for_that() {
        let text = "-- revision: a\n-- migrate:up\nSELECT\n-- allow: missing-down, why\n1;\nSELECT 2;\n";
        assert_eq!(left("missing-down", text), ["SELECT 2"]);
    }

    #[test]
    fn an_allow_below_the_last_statement_of_a_section_holds_for_none() {
        let text = "-- revision: a\n-- migrate:up\nSELECT 1;\n-- allow: missing-down, why\n-- migrate:down\nSELECT 2;\n\
                    -- allow: missing-down, why\n";
        assert_eq!(left("missing-down", text), ["SELECT 1", "SELECT 2", UNUSED, UNUSED]);
    }

    #[test]
    fn an_allow_in_the_header_holds_for_all_statements() {
        let text = "-- revision: a\n-- allow: missing-down, why\n-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n";
        assert_eq!(left("missing-down", text), <[&str; 0]>::default());
    }

    #[test]
    fn an_allow_speaks_of_its_rule_and_only_where_that_may_be_allowed() {
        let text = "-- revision: a\n-- migrate:up\n-- allow: missing-down, why\nSELECT 1;\n";
        assert_eq!(left("empty-down", text), ["SELECT 1", UNUSED]);
        let text = text.replace("missing-down", "transaction-control");
        let never = "`transaction-control` cannot be allowed";
        assert_eq!(left("transaction-control", &text), ["SELECT 1", never]);
    }
}
