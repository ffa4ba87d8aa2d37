use std::{env, fmt::Write as _, fs};

use migrate_analysis::{
    Report, check,
    config::Config,
    source::{CONFIGURATION_FILE, LOCK_FILE, Layout, LockChange, Sources},
};

use super::{build_script::BuildScript, configuration::Settings, site::Site};
use crate::{
    Outcome,
    arguments::Init,
    check::{counted, for_people},
    failure::Failure,
    writing,
};

/// `cargo migrate init`
///
/// Each of its steps makes one thing, if it is not there, so that a run that was cut short is finished by another one.
pub(crate) fn run(arguments: &Init, colour: bool) -> Result<Outcome, Failure> {
    let site = Site::find(&env::current_dir()?, arguments.dir.as_deref())?;
    let config = Config::read(&site.root);
    if config.is_broken() {
        let report = Report { diagnostics: config.findings, ..Report::default() };
        let text = for_people(&report, colour) + "nothing is made before these errors are mended\n";
        return Ok(Outcome { text, refused: true });
    }
    let mut settings = Settings::new(&config, &arguments.database, site.dir.as_deref())?;
    settings.layout = layout(&site, &settings, &config);
    let mut text = String::new();
    let mut tell = |made: bool, name: &str| {
        let _ = writeln!(text, "{:<10}{name}", if made { "made" } else { "is there" });
    };

    let dir = site.root.join(&settings.dir);
    tell(!dir.is_dir(), &settings.dir);
    fs::create_dir_all(&dir).map_err(|error| Failure::file("make", &dir, &error))?;

    let configuration = settings.document(&config)?;
    let is_changed = configuration.is_some() && config.file.is_some();
    tell(
        configuration.is_some(),
        &format!("{CONFIGURATION_FILE}{}", if is_changed { ", what it lacked" } else { "" }),
    );
    if let Some(document) = configuration {
        writing::replace(&site.root.join(CONFIGURATION_FILE), &document)?;
    }

    let sources = Sources::read_within(&site.root, &settings.dir);
    let report = check(&sources, &Config::read(&site.root));
    let lock = if report.lock.is_none() { report.lock_text(LockChange::Refresh).ok() } else { None };
    if report.lock.is_some() || lock.is_some() {
        tell(lock.is_some(), &format!("{}/{LOCK_FILE}", settings.dir));
    }
    if let Some(lock) = lock {
        writing::create(&dir.join(LOCK_FILE), &lock)?;
    }

    let script = BuildScript::of(&site, &settings.dir);
    if let Some(script) = &script {
        tell(script.text.is_some(), &script.name);
        if let Some(text) = &script.text {
            writing::create(&site.root.join(&script.name), text)?;
        }
    }
    text += &next(&site, &settings, &report, script.as_ref());
    Ok(Outcome { text, refused: false })
}

/// Whose rules the files follow that are there already.
fn layout(site: &Site, settings: &Settings, config: &Config) -> Option<Layout> {
    let config = Config { databases: settings.databases.clone(), ..config.clone() };
    check(&Sources::read_within(&site.root, &settings.dir), &config).layout
}

/// What is left to do, a step a line.
fn next(site: &Site, settings: &Settings, report: &Report, script: Option<&BuildScript>) -> String {
    let mut steps = Vec::new();
    if let Some(line) = script.and_then(|script| script.missing.as_ref()) {
        let name = script.map_or("", |script| &script.name);
        steps.push(format!("add to `main` in {name}, so that Cargo sees new files: {line}"));
    }
    if !site.has_package() {
        steps.push(
            "there is no package here: `cargo migrate` works, and a package can embed the directory".into(),
        );
    } else if !site.depends_on_runtime() {
        let features: Vec<&str> = settings.databases.iter().map(|dialect| dialect.name()).collect();
        let features = features.join(",");
        steps
            .push(format!("cargo add migrate-runtime --features {features}    (or with --path, to a clone)"));
    }
    if site.has_package() {
        steps.push(
            "in the code: static MIGRATIONS: migrate_runtime::Graph = migrate_runtime::embed_migrations!();"
                .into(),
        );
    }
    let revisions = report.editions.first().map_or(0, |edition| edition.graph.len());
    steps.push(match (report.files.is_empty(), report.complete) {
        (true, _) => "cargo migrate revision -m \"create tasks\"    (the first migration)".into(),
        (false, true) => {
            let of = settings.layout.map(|layout| format!(" of {}", layout.name())).unwrap_or_default();
            format!("cargo migrate check    ({}{of} there)", counted(revisions, "revision"))
        }
        (false, false) => {
            "cargo migrate check    (it says what is wrong), then cargo migrate lock --draft".into()
        }
    });
    if let Some(layout) = settings.layout {
        let tool = layout.name();
        steps.push(format!("cargo migrate adopt -D <url>    (each database that {tool} has migrated)"));
    }
    steps
        .iter()
        .enumerate()
        .fold("\nnext:\n".into(), |text, (at, step)| format!("{text}  {}. {step}\n", at + 1))
}
