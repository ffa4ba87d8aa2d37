use std::fmt::Write as _;

use migrate_analysis::{
    Report,
    config::Config,
    diagnostic::{Diagnostic, text},
};

use crate::{
    Outcome,
    arguments::{Check, Format},
    failure::Failure,
    package::Package,
    render::{self, Repository},
};

/// `cargo migrate check`
pub(crate) fn run(arguments: &Check, colour: bool) -> Result<Outcome, Failure> {
    let package = Package::load(&arguments.place)?;
    let report = &package.report;
    let findings = &report.diagnostics;
    let repository = || Repository::new(&package.root, &arguments.place, &package.config);
    let text = match arguments.format {
        Format::Text => {
            listed(&report.shipped, colour) + &for_people(report, colour) + &summary(report, &package.config)
        }
        // What nobody can mend would only be noise beside the lines of a change.
        Format::Concise => render::concise(findings),
        Format::Json => render::json(&package),
        Format::Github => render::github(findings, &repository()?),
        Format::Sarif => render::sarif(findings, &repository()?),
    };
    Ok(Outcome { text, refused: report.is_refused() })
}

/// The findings for people, each followed by an empty line.
pub(crate) fn for_people(report: &Report, colour: bool) -> String {
    listed(&report.diagnostics, colour)
}

fn listed(findings: &[Diagnostic], colour: bool) -> String {
    findings.iter().fold(String::new(), |mut all, finding| {
        let _ = writeln!(all, "{}\n", text::render(finding, colour));
        all
    })
}

/// One line about all of it: `8 revisions for sqlite, postgres: nothing found`, `285 revisions (diesel) for postgres: ..`.
fn summary(report: &Report, config: &Config) -> String {
    let revisions = report.editions.iter().map(|edition| edition.graph.len()).max().unwrap_or_default();
    let databases: Vec<&str> = config.databases.iter().map(|dialect| dialect.name()).collect();
    let (errors, warnings) = (report.errors().count(), report.warnings().count());
    let counts: Vec<String> = [(errors, "error"), (warnings, "warning")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| counted(count, name))
        .collect();
    let verdict = if counts.is_empty() { "nothing found".into() } else { counts.join(", ") };
    let more = if counts.is_empty() { "" } else { "`cargo migrate explain <rule>` says more\n" };
    if report.is_refused() {
        // How many revisions are sound is no answer to anything then.
        let files = counted(report.files.len(), "migration file");
        return if report.files.is_empty() {
            format!("{verdict}\n{more}")
        } else {
            format!("{verdict} in {files}\n{more}")
        };
    }
    let layout = report.layout.map(|layout| format!(" ({})", layout.name())).unwrap_or_default();
    format!("{}{layout} for {}: {verdict}\n{more}", counted(revisions, "revision"), databases.join(", "))
}

/// `1 file`, `2 files`
pub(crate) fn counted(count: usize, name: &str) -> String {
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}
