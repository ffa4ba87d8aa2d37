//! Files that are no migration of the layout.

use std::sync::Arc;

use super::{Layout, VersionName};
use crate::{
    diagnostic::Diagnostic,
    rules::file::unrecognised_file,
    source::{SourceFile, name::Misnamed},
};

/// A finding about such a file.
pub(super) fn finding(layout: Layout, file: &Arc<SourceFile>, misnamed: &Misnamed) -> Diagnostic {
    if let Some(script) = script_of_code(layout, file.name()) {
        let finding = unrecognised_file::code(file, &script);
        return if script.ends_with(".down.sql") { finding.at_most_a_warning() } else { finding };
    }
    let is_sql = layout != Layout::Native && file.name().ends_with(".sql") && misnamed.meant.is_none();
    let finding = if is_sql {
        unrecognised_file::unfit(file, layout)
    } else {
        unrecognised_file::misnamed(file, misnamed.meant.as_deref())
    };
    if layout == Layout::Native || stops_its_tool(layout, file.name()) {
        finding
    } else {
        finding.at_most_a_warning()
    }
}

/// The name that the SQL of a migration in another language would have; `None` where the file is no such one.
pub(super) fn script_of_code(layout: Layout, name: &str) -> Option<String> {
    let (stem, language) = name.rsplit_once('.')?;
    let (bare, language_of_layout) = match layout {
        // The two read alike.
        Layout::GolangMigrate | Layout::Sqlx => {
            (stem.strip_suffix(".up").or_else(|| stem.strip_suffix(".down"))?, "go")
        }
        Layout::Goose if stem.ends_with("_test") => return None,
        Layout::Goose => (stem, "go"),
        Layout::Refinery => (stem, "rs"),
        Layout::Native | Layout::Diesel | Layout::Dbmate => return None,
    };
    let is_one = language == language_of_layout && VersionName::read(layout, bare).is_some();
    is_one.then(|| format!("{stem}.sql"))
}

/// Whether the tool refuses a directory with a file of this name, instead of passing it over.
fn stops_its_tool(layout: Layout, name: &str) -> bool {
    layout == Layout::Sqlx && !name.contains('/') && name.ends_with(".sql") && name.contains('_')
}
