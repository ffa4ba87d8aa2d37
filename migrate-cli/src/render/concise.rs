use std::fmt::Write as _;

use migrate_analysis::diagnostic::{Diagnostic, Label};

use super::position::Region;

/// A line a finding, for editors and `grep`: `path:line:column: severity[rule]: message`.
///
/// A finding about a file as a whole stands at `1:1`, so that whatever looks for lines and columns finds it; one that
/// is about no file has no place.
pub(crate) fn concise(findings: &[Diagnostic]) -> String {
    findings.iter().fold(String::new(), |mut lines, finding| {
        let place = finding.primary.iter().map(|label| place(label) + ": ").collect::<String>();
        let line = format!("{place}{}[{}]: {}", finding.severity, finding.rule, finding.message);
        let _ = writeln!(lines, "{}", in_one_line(&line));
        lines
    })
}

/// `path:line:column`
pub(super) fn place(label: &Label) -> String {
    let start = Region::of(label).map(|region| region.start);
    let (line, column) = start.map_or((1, 1), |start| (start.line, start.column));
    format!("{}:{line}:{column}", label.file.path())
}

/// The text without what would break the line or drive a terminal: a file may have any name.
fn in_one_line(text: &str) -> String {
    let mut line = String::new();
    for character in text.chars() {
        if character.is_control() {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use migrate_analysis::diagnostic::text;

    use super::{concise, place};
    use crate::render::findings::findings;

    #[test]
    fn a_finding_is_a_line() {
        insta::assert_snapshot!(concise(&findings()), @"
        error[feature-missing]: the feature `sqlite` is not enabled
        migrations/50%, #1: neu?.sqll:1:1: error[unrecognised-file]: `50%, #1: neu?.sqll` is no migration
        migrations/1_create_tasks.sql:4:1: error[transaction-control]: `BEGIN` begins or ends a transaction
        migrations/2_add_owner.sql:1:1: warning[later-date-than-child]: `a` was made after `b`
        migrations/3_größe.sql:2:17: error[unknown-parent]: unknown parent `größe2`
        ");
    }

    #[test]
    fn the_places_are_those_that_people_see() {
        for finding in findings() {
            if let Some(label) = finding.primary.as_ref().filter(|label| label.span.is_some()) {
                let shown = text::render(&finding, false);
                assert!(shown.contains(&format!("--> {}\n", place(label))), "{shown}");
            }
        }
    }

    #[test]
    fn a_name_does_not_break_the_line() {
        let file = migrate_analysis::source::SourceFile::new("migrations", "a\nb\u{1b}.sql", "");
        let mut finding = findings().remove(0);
        finding.primary = Some(migrate_analysis::diagnostic::Label::file(&file));
        assert!(concise(&[finding]).starts_with(r"migrations/a\nb\u{1b}.sql:1:1: error[feature-missing]: "));
    }
}
