use migrate_core::compare::{Change, Difference};

use super::proof::Way;
use crate::diagnostic::Diagnostic;

/// So many differences are named in the message.
const MOST_NAMED: usize = 3;

/// So many places are shown.
const MOST_PLACES: usize = 5;

/// One finding of what is not as it was; `None` where all is.
pub(super) fn finding(rule: &'static str, way: &Way<'_>, differences: &[&Difference]) -> Option<Diagnostic> {
    let first = differences.first()?;
    let site = way.site(first)?;
    let finding = site.at(Diagnostic::new(rule, message(differences)), Some(&first.object), "");
    let finding = differences.iter().take(MOST_PLACES).fold(finding, |finding, difference| {
        let Difference { object, change } = difference;
        match change {
            Change::Missing { made } => {
                site.beside(finding, *made, Some(object), format!("{object} is made here"))
            }
            Change::LeftOver { made } => {
                site.beside(finding, *made, Some(object), format!("{object} is made here, and stays"))
            }
            Change::Property { made: (expected, _), .. } | Change::OtherName { made: (expected, _), .. } => {
                site.beside(finding, *expected, Some(object), format!("{object} as it was"))
            }
            Change::ColumnOrder => finding,
        }
    });
    let unnamed: Vec<String> = differences.iter().skip(MOST_NAMED).map(ToString::to_string).collect();
    Some(if unnamed.is_empty() { finding } else { finding.help(format!("also, {}", unnamed.join("; "))) })
}

fn message(differences: &[&Difference]) -> String {
    let named: Vec<String> = differences.iter().take(MOST_NAMED).map(ToString::to_string).collect();
    let more = match differences.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    format!("after this down script {}{more}", named.join("; "))
}
