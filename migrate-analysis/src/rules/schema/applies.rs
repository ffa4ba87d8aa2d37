use migrate_core::{
    operation::Refusal,
    schema::{Fate, Object, Origin},
};

use super::{
    dependent_objects, duplicate_object, foreign_key_type_mismatch, referenced_columns_not_unique,
    unknown_object, wrong_object_kind,
};
use crate::{diagnostic::Diagnostic, replay::Site};

/// Beyond this many places nobody looks.
const MOST_PLACES: usize = 4;

/// Of a statement that the database would refuse.
pub(crate) fn finding(site: &Site<'_>, refusal: &Refusal) -> Diagnostic {
    let new = |rule: &'static str| Diagnostic::new(rule, refusal.to_string());
    let made =
        |finding, object: &Object, made: Origin| site.beside(finding, made, Some(object), "it is made here");
    match refusal {
        Refusal::Unknown { object, fate, similar } => {
            let finding = site.at(new(unknown_object::rule(object.kind()).name), Some(object), "");
            let finding = match fate {
                Some(Fate::Dropped(by)) => site.beside(finding, *by, Some(object), "it is dropped here"),
                Some(Fate::Renamed { to, by }) => {
                    site.beside(finding, *by, Some(object), format!("it becomes `{to}` here"))
                }
                None => finding,
            };
            match similar {
                Some(similar) => finding.help(format!("did you mean `{similar}`?")),
                None => finding,
            }
        }
        Refusal::Duplicate { object, made: by } => {
            made(site.at(new(duplicate_object::rule(object.kind()).name), Some(object), ""), object, *by)
        }
        Refusal::WrongKind { object, made: by, .. } => {
            made(site.at(new(wrong_object_kind::RULE.name), Some(object), ""), object, *by)
        }
        Refusal::Dependents { object, dependents } => {
            let finding = site.at(new(dependent_objects::RULE.name), Some(object), "");
            let shown = dependents.iter().take(MOST_PLACES);
            let finding = shown.fold(finding, |finding, (dependent, by)| {
                site.beside(finding, *by, Some(dependent), format!("{dependent} depends on it"))
            });
            finding.help(dependent_objects::help(site.script.dialect))
        }
        Refusal::ReferencedNotUnique { table, made: by, .. } => {
            made(site.at(new(referenced_columns_not_unique::RULE.name), Some(table), ""), table, *by)
                .help(referenced_columns_not_unique::HELP)
        }
        Refusal::ForeignKeyTypes { column: (column, _), referenced: (referenced, _), made: by } => {
            made(site.at(new(foreign_key_type_mismatch::RULE.name), Some(column), ""), referenced, *by)
        }
        Refusal::Other { rule, about, .. } => {
            let object = about.as_ref().map(|(object, _)| object);
            let finding = site.at(new(rule), object, "");
            match about {
                Some((object, by)) => made(finding, object, *by),
                None => finding,
            }
        }
    }
}
