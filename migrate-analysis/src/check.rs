use std::{collections::BTreeMap, sync::Arc};

use migrate_core::{
    Dialect, Graph,
    graph::{Fingerprint, Revision},
};

use crate::{
    config::Config,
    diagnostic::{Diagnostic, Severity},
    replay::{Origins, Replay, Script, beginning},
    report::{Edition, Report},
    rules::{
        allows::Allows,
        configuration::{database_not_named, feature_missing, invalid_configuration},
        file::{empty_directory, unrecognised_file},
        graph::{
            self,
            history::{History, Sound},
            multiple_bases,
        },
        levels,
        lock::{self, Locked, sealed_revision_edited, sealed_revision_removed},
        proofs,
        reversal::history_not_reversible,
    },
    scripts::{ScriptReader, Scripts},
    source::{self, Lock, Origin, RevisionFiles, Sources, layout},
};

/// Rules that find that revisions do not follow what they should.
const ORDER_IN_DOUBT: [&str; 3] =
    [multiple_bases::RULE.name, sealed_revision_edited::RULE.name, sealed_revision_removed::RULE.name];

/// Checks a migration directory.
///
/// It answers with a graph for each configured database and with everything that it found, whatever the input: a wrong
/// file never makes it fail.
///
/// ```
/// use migrate_analysis::{check, config::Config, source::Sources};
/// use migrate_core::Dialect;
///
/// let file = "-- add tasks\n--\n-- revision: abc123def456\n\n-- migrate:up\nCREATE TABLE tasks (id INTEGER);\n\
///             \n-- migrate:down\nDROP TABLE tasks;\n";
/// let config = Config { databases: vec![Dialect::Sqlite], ..Config::default() };
/// let report = check(&Sources::new("migrations", [("20251110_1230_add_tasks.sql", file)]), &config);
/// assert_eq!(report.diagnostics, []);
/// assert!(report.editions[0].graph.find("abc123def456").is_some());
/// ```
#[must_use]
pub fn check(sources: &Sources, config: &Config) -> Report {
    let mut findings = config.findings.clone();
    if config.is_broken() {
        // All else rests on the configuration.
        return Report { diagnostics: findings, ..Report::default() };
    }
    invalid_configuration::check(config, &mut findings);
    database_not_named::check(config, &mut findings);
    feature_missing::check(config, &mut findings);
    findings.extend(sources.findings().iter().map(|finding| placed(finding, sources, config)));
    empty_directory::check(sources, &mut findings);

    let lock = sources.lock().map(Lock::parse);
    let mut layout = layout::arrange(sources.files(), config, lock.as_ref());
    findings.append(&mut layout.findings);

    let mut reader = ScriptReader::new(config);
    let mut scripts: BTreeMap<(Dialect, &str), Scripts> = BTreeMap::new();
    for &dialect in &config.databases {
        for revision in &layout.revisions {
            scripts.insert((dialect, &revision.stem), reader.read(revision, dialect));
        }
    }
    reader.sort_statements();
    findings.append(&mut reader.findings);

    let unread = sources.findings().iter().any(|finding| finding.rule != unrecognised_file::RULE.name);
    let mut history = History::new(&layout.revisions, unread || layout.misnamed);
    if let Some(lock) = &lock {
        history.gone = sealed_revision_removed::gone(lock, &history);
    }
    invalid_configuration::check_baseline(config, &history, &mut findings);
    invalid_configuration::check_branches(config, &history, &mut findings);
    let sound = graph::check(&history, config, &mut findings);
    let baseline = graph::baseline::shipped(&sound, config);
    let mut origins = std::mem::take(&mut reader.origins);
    let edition = |&dialect| {
        edition(dialect, config, &sound, &mut scripts, origins.remove(&dialect).unwrap_or_default())
    };
    let mut editions: Vec<Edition> = config.databases.iter().map(edition).collect();
    if let Some(lock) = &lock {
        let (history, sound, editions) = (&history, &sound, &editions);
        lock::check(&Locked { lock, sources, config, history, sound, editions }, &mut findings);
    }

    // Where the order of the history is in doubt, or a migration is in another language, what seems to be missing may be
    // there.
    let is_doubt = |found: &Diagnostic| {
        ORDER_IN_DOUBT.contains(&found.rule)
            || found.rule == unrecognised_file::RULE.name && found.severity == Severity::Error
    };
    let is_whole = sound.complete && !findings.iter().any(is_doubt);
    for Edition { graph, replay, .. } in &mut editions {
        if let Some(replay) = replay {
            proofs::check(replay, graph, is_whole.then_some(&baseline), &mut findings);
        }
    }

    let unread = sources.findings().iter().filter_map(|finding| finding.primary.as_ref());
    let strays: Vec<_> =
        layout.strays.into_iter().chain(unread.map(|label| Arc::clone(&label.file))).collect();
    let allows = Allows::new(config, &layout.revisions, &strays, &reader.statements, &mut findings);
    let files = layout.revisions.iter().flat_map(RevisionFiles::all_files);
    let mut files: Vec<_> = files.map(Arc::clone).collect();
    files.sort_by(|a, b| a.name().cmp(b.name()));
    allows.apply(&mut findings);
    let shipped =
        history_not_reversible::set_aside(config, lock.as_ref(), &layout.revisions, &baseline, &mut findings);
    Report {
        editions,
        diagnostics: levels::apply(config, findings),
        shipped: levels::apply_to_shipped(config, shipped),
        files,
        layout: layout.foreign,
        origins: layout.revisions.iter().filter_map(Origin::new).collect(),
        complete: sound.complete,
        rival_heads: sound.rival_heads,
        lock,
    }
}

/// The finding, at the key of `migrate.toml` that names the directory where it is about that.
fn placed(finding: &Diagnostic, sources: &Sources, config: &Config) -> Diagnostic {
    let finding = finding.clone();
    match (&finding.primary, &config.file, &config.dir) {
        (None, Some(file), Some(dir)) if dir.value == sources.dir() => finding.at(file, dir.span, ""),
        _ => finding,
    }
}

/// The sound part of the history with the scripts of one database.
fn edition<'r>(
    dialect: Dialect,
    config: &Config,
    sound: &Sound<'r>,
    scripts: &mut BTreeMap<(Dialect, &'r str), Scripts>,
    origins: Origins,
) -> Edition {
    let mut chain: Vec<Fingerprint> = Vec::with_capacity(sound.members.len());
    let mut declarations = sound.declarations.clone();
    let mut replays = Vec::with_capacity(sound.members.len());
    let revisions = sound.graph.revisions().zip(&sound.members).zip(&mut declarations);
    for ((revision, member), declaration) in revisions {
        let scripts = scripts.remove(&(dialect, &*member.files.stem)).unwrap_or_default();
        declaration.up = scripts.up;
        declaration.down = scripts.down;
        replays.push(scripts.replay);
        declaration.fingerprint =
            fingerprint(revision, member.files.up_text(dialect, config.dialect), &chain);
        chain.push(declaration.fingerprint);
    }
    // The structure was sound without scripts, and scripts are no part of it.
    let graph = Graph::new(declarations).unwrap_or(Graph::EMPTY);
    let replay =
        Script::can_be_read(dialect).then(|| Replay::new(replays, origins, beginning(dialect, config)));
    Edition { dialect, graph, replay }
}

/// The fingerprint of a revision with this up script; `chain` holds those of the revisions before it.
fn fingerprint(
    revision: Revision<'_>,
    (transaction, script): (bool, &str),
    chain: &[Fingerprint],
) -> Fingerprint {
    let of = |other: Revision<'_>| chain.get(other.index().0 as usize).copied().unwrap_or_default();
    let parents: Vec<Fingerprint> = revision.parents().map(of).collect();
    let dependencies: Vec<Fingerprint> = revision.dependencies().map(of).collect();
    source::fingerprint(revision.id(), &parents, &dependencies, transaction, script)
}
