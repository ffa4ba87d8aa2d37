use std::{collections::BTreeMap, sync::Arc};

use migrate_core::{
    Dialect, Span,
    graph::{DownDeclaration, ScriptDeclaration, Statement},
};

use crate::{
    config::Config,
    diagnostic::Diagnostic,
    recovery,
    replay::{Effect, Origins, RevisionScripts, Script},
    rules::{
        file::{empty_up, missing_variant},
        reversal::{empty_down, missing_down},
        schema::{syntax_error, transaction_control, unsupported_statement},
    },
    source::{Half, Layout, RevisionFiles, Section},
    sql::{self, Split},
};

/// The two scripts of a revision for one database.
#[derive(Clone, Default)]
pub(crate) struct Scripts {
    pub(crate) up: Option<ScriptDeclaration>,
    pub(crate) down: DownDeclaration,
    /// The same for the replay.
    pub(crate) replay: RevisionScripts,
}

/// Reads the scripts of revisions, and checks them one by one.
pub(crate) struct ScriptReader<'r> {
    written_for: Option<Dialect>,
    /// The statements of each file by its path, as some database cuts them, in order.
    pub(crate) statements: BTreeMap<&'r str, Vec<Span>>,
    /// Where the statements of the replay stand, by database.
    pub(crate) origins: BTreeMap<Dialect, Origins>,
    pub(crate) findings: Vec<Diagnostic>,
}

impl<'r> ScriptReader<'r> {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            written_for: config.dialect,
            statements: BTreeMap::new(),
            origins: BTreeMap::new(),
            findings: Vec::new(),
        }
    }

    /// The scripts of a revision for one database.
    pub(crate) fn read(&mut self, revision: &'r RevisionFiles, dialect: Dialect) -> Scripts {
        let up_half = revision.up(dialect, self.written_for);
        let down_half = revision.down(dialect, self.written_for);
        let up = up_half.and_then(|half| self.script(revision, half, dialect));
        let before = self.findings.len();
        let down = down_half.and_then(|half| self.script(revision, half, dialect));
        let is_refused = |(_, script): &(_, Script)| script.has_grammar_errors();
        let down_is_broken =
            revision.is_foreign() && (self.findings.len() > before || down.as_ref().is_some_and(is_refused));
        let (up, up_replay) = up.unzip();
        let (down, down_replay) = down.unzip();
        let down = down.filter(|_| !down_is_broken);
        let changes_rows_alone = up_replay.as_ref().is_some_and(Script::changes_no_schema);
        if !revision.sections_failed {
            self.check_up(revision, dialect, up_half, up.is_some());
            let needs_down = up.is_some()
                && down.is_none()
                && revision.knows_downs()
                && !down_is_broken
                && !revision.down_is_misnamed
                && !changes_rows_alone;
            if let Some(up_half) = up_half.filter(|_| needs_down) {
                self.check_down(revision, up_half, down_half);
            }
        }
        let reason = down_half.and_then(|half| half.section.irreversible.as_ref());
        let down = match (down, reason) {
            (_, Some(reason)) => DownDeclaration::Irreversible(reason.value.clone()),
            (Some(script), None) => DownDeclaration::Script(script),
            (None, None) if down_is_broken => {
                DownDeclaration::Irreversible("its down script cannot be run".into())
            }
            (None, None) if up.is_none() => DownDeclaration::Nothing,
            (None, None) if !revision.knows_downs() => {
                let layout = revision.layout.name();
                DownDeclaration::Irreversible(format!(
                    "files of {layout} without a down script have no way back"
                ))
            }
            (None, None) if changes_rows_alone => DownDeclaration::Nothing,
            // Somebody allowed it. There is no way back then, and whoever asks for one is told so.
            (None, None) => DownDeclaration::Irreversible("it has no down script".into()),
        };
        let is_unread = revision.sections_failed || (up_half.is_none() && has_up(revision));
        Scripts { up, down, replay: RevisionScripts { up: up_replay, down: down_replay, is_unread } }
    }

    fn check_up(
        &mut self,
        revision: &RevisionFiles,
        dialect: Dialect,
        half: Option<Half<'_>>,
        present: bool,
    ) {
        let finding = if half.is_none() && has_up(revision) {
            missing_variant::finding(revision, dialect)
        } else if present || revision.is_merge() || revision.is_foreign() {
            // What does nothing has been applied by another tool all the same.
            return;
        } else {
            empty_up::finding(revision, half)
        };
        self.findings.push(finding);
    }

    fn check_down(&mut self, revision: &RevisionFiles, up: Half<'_>, down: Option<Half<'_>>) {
        match down {
            None => self.findings.push(missing_down::finding(revision, up)),
            Some(down) if down.section.irreversible.is_none() => {
                self.findings.push(empty_down::finding(revision, down));
            }
            Some(_) => {}
        }
    }

    /// The script of a half; `None` where there is nothing to run.
    fn script(
        &mut self,
        revision: &RevisionFiles,
        half: Half<'r>,
        dialect: Dialect,
    ) -> Option<(ScriptDeclaration, Script)> {
        let Half { file, section } = half;
        let mut split = pieces(half, dialect);
        for problem in &split.problems {
            self.findings.extend(syntax_error::finding(file, problem));
            self.findings.extend(unsupported_statement::finding(file, problem));
        }
        let transaction = runs_in_transaction(revision, half, &split.statements, dialect);
        if revision.is_foreign() && transaction {
            // The step is a transaction without them, and the file must not be touched.
            let inner = sql::without_blocks(file.text(), &split.statements, dialect);
            split.statements = inner.unwrap_or(split.statements);
        }
        let layout = revision.layout;
        transaction_control::check(file, &split.statements, transaction, layout, &mut self.findings);
        let known = self.statements.entry(file.path()).or_default();
        known.extend(split.statements.iter().map(|statement| statement.span));
        if split.statements.is_empty() && split.problems.is_empty() {
            return None;
        }
        let with_effects = Effect::of_statements(file.text(), section.body, &split.statements, dialect);
        let origins = self.origins.entry(dialect).or_default();
        let replay = Script {
            layout,
            transaction,
            is_whole: split.problems.is_empty(),
            ..Script::read(file, dialect, with_effects, origins)
        };
        let declaration = ScriptDeclaration {
            file: Arc::clone(file.name()),
            text: Arc::clone(file.text()),
            section: section.body,
            recoveries: recovery::of_script(&split.statements, &replay),
            statements: split.statements,
            transaction,
        };
        Some((declaration, replay))
    }

    /// Puts the statements into the order of the files.
    pub(crate) fn sort_statements(&mut self) {
        for spans in self.statements.values_mut() {
            spans.sort_unstable();
            spans.dedup();
        }
    }
}

/// Whether a revision has an up script for some database.
fn has_up(revision: &RevisionFiles) -> bool {
    revision.files.iter().any(|file| file.parsed.up.is_some())
}

/// The statements of a half. Where the layout says that one ends, it does without a separator.
fn pieces(half: Half<'_>, dialect: Dialect) -> Split {
    let Section { body, ends, .. } = half.section;
    let mut whole = Split::default();
    let mut start = body.start;
    for &end in ends.iter().chain([&body.end]) {
        let mut piece = sql::split(half.file.text(), Span::new(start, end), dialect);
        whole.statements.append(&mut piece.statements);
        whole.problems.append(&mut piece.problems);
        start = end;
    }
    whole
}

/// Whether a script runs in a transaction: as it says, or as the tool would run it.
fn runs_in_transaction(
    revision: &RevisionFiles,
    half: Half<'_>,
    statements: &[Statement],
    dialect: Dialect,
) -> bool {
    let text = half.file.text();
    match statements {
        // golang-migrate opens no transaction, and the server opens one only around several statements. Its pairs may
        // be taken for those of sqlx, which could not have run such a script.
        [only] if matches!(revision.layout, Layout::GolangMigrate | Layout::Sqlx) => {
            half.section.transaction && !sql::refuses_transaction(only.span.of(text), dialect)
        }
        _ => {
            half.section.transaction
                || (revision.is_foreign() && sql::is_one_block(text, statements, dialect))
        }
    }
}
