use std::fmt::Write as _;

use migrate_analysis::rules::{self, Family, RULES, Rule};
use migrate_core::did_you_mean;

use crate::{Outcome, arguments::Explain, failure::Failure};

/// `cargo migrate explain`
pub(crate) fn run(arguments: &Explain) -> Result<Outcome, Failure> {
    let text = match &arguments.rule {
        Some(name) => page(rules::find(name).ok_or_else(|| unknown(name))?),
        None => list(),
    };
    Ok(Outcome { text, refused: false })
}

fn unknown(name: &str) -> Failure {
    let help = match did_you_mean(name, RULES.iter().map(|rule| rule.name)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "`cargo migrate explain` lists the rules".into(),
    };
    Failure::usage(format!("there is no rule `{name}`"), help)
}

/// The page of a rule, with a line below its title that says how it is set.
fn page(rule: &Rule) -> String {
    let (title, body) = rule.page.split_once('\n').unwrap_or((rule.page, ""));
    let family = rule.family.name();
    let set = format!("of the family `{family}`, since rule set {}", rule.since);
    let level = rule.level.name();
    let level = if rule.adjustable {
        format!("`{level}` by default; `{} = \"..\"` below `[rules]` in `migrate.toml` changes it", rule.name)
    } else {
        format!("`{level}`, which cannot be changed")
    };
    let examples = "In the examples a line `== name ==` begins a file of the package.";
    format!("{title}\n\nA rule {set}. Its level is {level}.\n{examples}\n{body}")
}

/// All rules with their levels, by family.
fn list() -> String {
    let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    let mut list = String::new();
    for family in Family::ALL {
        let _ = writeln!(list, "{}: {}", family.name(), family.subject());
        for rule in RULES.iter().filter(|rule| rule.family == family) {
            let level = if rule.adjustable { rule.level.name() } else { "always" };
            let _ = writeln!(list, "  {:width$}  {level:<6}  {}", rule.name, rule.summary);
        }
        list.push('\n');
    }
    list + "`always` is an error, whatever `[rules]` in `migrate.toml` says; the other levels are those by default.\n\
            `cargo migrate explain <rule>` shows the page of a rule.\n"
}
