use std::path::Path;

use migrate_analysis::{
    Report, check,
    diagnostic::{Diagnostic, Severity},
    source::{self, LOCK_FILE, LockChange},
};
use migrate_core::{
    Dialect, Graph,
    graph::{Revision, Target},
};

use super::{draft::Draft, hooks, id, parents};
use crate::{
    Outcome, arguments::NewRevision, check::for_people, clock, failure::Failure, package::Package,
    template::Template, writing,
};

/// What is wrong with every new file until it is filled in.
const UNFILLED: [&str; 3] = ["empty-down", "empty-up", "missing-down"];

/// `cargo migrate revision`
pub(crate) fn run(arguments: &NewRevision, colour: bool) -> Result<Outcome, Failure> {
    let package = Package::load(&arguments.place)?;
    let Some(graph) =
        package.report.editions.first().map(|edition| &edition.graph).filter(|_| package.report.complete)
    else {
        let text = for_people(&package.report, colour)
            + "which revisions there are is not known before these errors are mended\n";
        return Ok(Outcome { text, refused: true });
    };
    let at = clock::now(package.config.timezone.as_deref())?;
    let draft = draft(graph, arguments, clock::created(&at))?;
    let stem = Template::new(package.config.file_template()).stem(&at, &draft.id, &draft.message);
    refuse_taken(&package, &stem)?;
    let variants: &[Dialect] = if arguments.variants { &package.config.databases } else { &[] };
    let mut files = draft.files(&stem, variants);
    files.extend(lock(&package.report, graph, &draft)?);

    let texts = files.iter().map(|(name, text)| (&**name, &**text));
    let mut report = check(&package.sources.changed([], texts), &package.config);
    keep_new_errors(&mut report, &package.report);
    if report.is_refused() {
        let text = for_people(&report, colour) + "nothing is written\n";
        return Ok(Outcome { text, refused: true });
    }
    write(&package, &files)
}

/// The lock file with a line for the new revision, where there is a lock file.
fn lock(report: &Report, graph: &Graph, draft: &Draft) -> Result<Option<(String, String)>, Failure> {
    if report.lock.is_none() {
        return Ok(None);
    }
    let id = |name: &String| graph.labelled(name).map_or(name.clone(), |revision| revision.id().to_owned());
    let new = source::NewRevision {
        id: draft.id.clone(),
        parents: draft.parents.clone(),
        depends_on: draft.depends_on.iter().map(id).collect(),
    };
    Ok(Some((LOCK_FILE.into(), report.lock_text(LockChange::Add(&new))?)))
}

fn draft(graph: &Graph, arguments: &NewRevision, created: String) -> Result<Draft, Failure> {
    let message = arguments.message.split_whitespace().collect::<Vec<_>>().join(" ");
    let parents = parents::parents(graph, arguments.head.as_ref(), arguments.splice, &message)?;
    let depends_on = arguments.depends_on.iter().map(|target| dependency(graph, target));
    let draft = Draft {
        id: arguments.id.clone().map_or_else(|| id::free(graph), Ok)?,
        parents: parents.into_iter().map(|parent| parent.id().to_owned()).collect(),
        depends_on: depends_on.collect::<Result<_, _>>()?,
        labels: arguments.labels.clone(),
        message,
        created,
    };
    if draft.is_read_back() {
        return Ok(draft);
    }
    let message = format!("`{}` is no message: it would be read as a part of the header", draft.message);
    Err(Failure::usage(message, "say in words what the revision does: `-m \"add priority to tasks\"`"))
}

/// What `--depends-on` names: a label stays one, all else becomes an id.
fn dependency(graph: &Graph, target: &Target) -> Result<String, Failure> {
    let name = target.to_string();
    if graph.labelled(&name).is_some() {
        return Ok(name);
    }
    let named: Vec<&str> = graph.resolve(target, None)?.into_iter().map(Revision::id).collect();
    match named[..] {
        [id] => Ok(id.to_owned()),
        _ => Err(Failure::usage(
            format!("`{name}` names {} revisions, and a dependency is one", named.len()),
            "say `--depends-on` once for each",
        )),
    }
}

fn refuse_taken(package: &Package, stem: &str) -> Result<(), Failure> {
    let has_stem = |name: &str| name.strip_prefix(stem).is_some_and(|ending| ending.starts_with('.'));
    match package.sources.files().iter().find(|file| has_stem(file.name())) {
        None => Ok(()),
        Some(file) => Err(Failure::usage(
            format!("there is a file `{}` already", file.path()),
            "say in other words what the new revision does, or wait for the next minute",
        )),
    }
}

/// Leaves the errors that were not there before, and that filling in the file does not mend. Whoever asks for a second
/// head or a second base by `--splice` or `--head base` gets one.
fn keep_new_errors(report: &mut Report, before: &Report) {
    let is_expected =
        |rule: &str| UNFILLED.contains(&rule) || ["multiple-bases", "multiple-heads"].contains(&rule);
    // The new line of the lock moves those behind it, and what is found there.
    let is_old = |finding: &Diagnostic| before.errors().any(|old| about(old) == about(finding));
    report.diagnostics.retain(|finding| {
        finding.severity == Severity::Error && !is_expected(finding.rule) && !is_old(finding)
    });
}

/// What a finding says, wherever it stands in its file.
fn about(finding: &Diagnostic) -> (&str, &str, Option<&str>) {
    (finding.rule, &finding.message, finding.primary.as_ref().map(|label| label.file.path()))
}

/// Writes the files, of which the lock is the last, then runs the hooks.
///
/// Where the process is killed before it comes to the lock, a file is there that the lock does not list: nothing is lost,
/// `check` says so, and `cargo migrate lock --draft` adds the line. The other way round the lock would speak of a revision
/// that nobody has, and the compiler, which the change of the lock wakes, would not find it.
fn write(package: &Package, files: &[(String, String)]) -> Result<Outcome, Failure> {
    let mut created = Vec::new();
    for (name, text) in files {
        let path = package.dir.join(name);
        if name == LOCK_FILE {
            writing::replace(&path, text)?;
        } else {
            writing::create(&path, text)?;
            created.push(path);
        }
    }
    for path in &created {
        hooks::run(&package.config.hooks, &package.root, path)?;
    }
    Ok(Outcome { text: created.iter().map(|path| shown(path) + "\n").collect(), refused: false })
}

/// The path as one may use it in the folder that the command was run in.
fn shown(path: &Path) -> String {
    let folder = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&folder).unwrap_or(path).to_string_lossy().into_owned()
}
