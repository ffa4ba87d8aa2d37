use std::fmt::Write as _;

use migrate_analysis::diagnostic::{Diagnostic, Label, Severity};

use super::{Repository, advice::advice, concise, position::Region};

/// Workflow commands of GitHub Actions, a line a finding, which show it beside the lines of a pull request.
///
/// <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>
pub(crate) fn github(findings: &[Diagnostic], repository: &Repository) -> String {
    findings.iter().fold(String::new(), |mut lines, finding| {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let mut properties = finding.primary.as_ref().map_or_else(Vec::new, |label| place(label, repository));
        properties.push(("title", finding.rule.to_owned()));
        let properties: Vec<String> =
            properties.iter().map(|(name, value)| format!("{name}={}", property(value))).collect();
        let _ = writeln!(lines, "::{command} {}::{}", properties.join(","), data(&message(finding)));
        lines
    })
}

/// The file and, unless all of it is meant, the lines. Columns are allowed within one line only.
fn place(label: &Label, repository: &Repository) -> Vec<(&'static str, String)> {
    let mut place = vec![("file", repository.path(&label.file))];
    if let Some(Region { start, end }) = Region::of(label) {
        // What ends where a line begins does not reach into it.
        let last = if end.column == 1 && end.line > start.line { end.line - 1 } else { end.line };
        place.push(("line", start.line.to_string()));
        place.push(("endLine", last.to_string()));
        if start.line == end.line {
            place.push(("col", start.column.to_string()));
            place.push(("endColumn", end.column.to_string()));
        }
    }
    place
}

/// The message, what is at the place, other places, and the advice.
fn message(finding: &Diagnostic) -> String {
    let here = finding.primary.iter().map(|label| label.text.clone());
    let others = finding.secondary.iter().map(|label| match &*label.text {
        "" => concise::place(label),
        text => format!("{}: {text}", concise::place(label)),
    });
    let lines = [finding.message.clone()].into_iter().chain(here).chain(others).chain(advice(finding));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::github;
    use crate::render::{Repository, findings::findings};

    #[test]
    fn a_finding_is_a_command() {
        insta::assert_snapshot!(github(&findings(), &Repository::of_package("services/todo")), @r#"
        ::error title=feature-missing::the feature `sqlite` is not enabled%0Ahelp: in `Cargo.toml`: `features = ["sqlite"]`
        ::error file=services/todo/migrations/50%25%2C #1%3A neu?.sqll,title=unrecognised-file::`50%25, #1: neu?.sqll` is no migration
        ::error file=services/todo/migrations/1_create_tasks.sql,line=4,endLine=5,title=transaction-control::`BEGIN` begins or ends a transaction%0A100%25 of it%0Ahelp: remove it%0Ahelp: or say so: `transaction:false`
        ::warning file=services/todo/migrations/2_add_owner.sql,line=1,endLine=1,col=1,endColumn=15,title=later-date-than-child::`a` was made after `b`%0Amade earlier%0Amigrations/1_create_tasks.sql:2:1: than this%0Amigrations/3_größe.sql:1:10
        ::error file=services/todo/migrations/3_größe.sql,line=2,endLine=2,col=17,endColumn=23,title=unknown-parent::unknown parent `größe2`%0Ano revision has this id%0Ahelp: did you mean `größe1`?
        "#);
    }
}
