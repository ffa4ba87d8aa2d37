use migrate_core::{
    operation::{Notice, Operation},
    schema::ObjectKind,
};

use crate::{
    diagnostic::Diagnostic,
    replay::{Site, Statement},
    rules::{Family, Level, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "if-exists-hides",
    Family::Schema,
    "`IF EXISTS` or `IF NOT EXISTS` hides that a statement does nothing",
    include_str!("if-exists-hides.md"),
)
.level(Level::Warn);

/// Of a statement that does nothing; `next` is the one behind it.
pub(crate) fn finding(site: &Site<'_>, notice: &Notice, next: Option<&Statement>) -> Option<Diagnostic> {
    match notice {
        Notice::AlreadyThere { object, made } => {
            let message = format!("there is {} already, and `IF NOT EXISTS` hides it", object.with_article());
            let finding = site.at(Diagnostic::new(RULE.name, message), Some(object), "this does nothing");
            let finding = site.beside(finding, *made, Some(object), "it is made here");
            // A second run of the same is what an extension is asked for.
            (object.kind() != ObjectKind::Extension && object.kind() != ObjectKind::Schema).then(|| {
                finding.help("remove the statement: its down script would drop what was there before").help(
                    "where databases differ from the history, say so: `-- allow: if-exists-hides, <reason>`",
                )
            })
        }
        Notice::NotThere { object } => {
            let is_habit = matches!(
                object.kind(),
                ObjectKind::Function | ObjectKind::Trigger | ObjectKind::View | ObjectKind::MaterializedView
            ) || matches!(object.kind(), ObjectKind::Type | ObjectKind::Policy);
            let is_made_anew =
                next.is_some_and(|next| next.operations().any(|next| makes(next, object.name())));
            (!is_habit && !is_made_anew).then(|| {
                let message = format!("there is no {object}, and `IF EXISTS` hides it");
                site.at(Diagnostic::new(RULE.name, message), Some(object), "this does nothing")
                    .help("mend the name, or remove the statement")
            })
        }
        Notice::AlsoDropped { .. } | Notice::NeedsNoRows { .. } => None,
    }
}

/// Whether an operation makes something of this name.
fn makes(operation: &Operation, name: &str) -> bool {
    let made = match operation {
        Operation::CreateTable(create) => &create.name.name,
        Operation::AddColumn(add) => &add.definition.column.name,
        Operation::CreateIndex(create) => match &create.name {
            Some(name) => &name.name,
            None => return false,
        },
        Operation::AddConstraint(add) => match &add.constraint.name {
            Some(name) => name,
            None => return false,
        },
        Operation::CreateSequence(create) => &create.name.name,
        Operation::RenameRelation(rename) => &rename.to,
        Operation::RenameColumn(rename) => &rename.to,
        Operation::RenameConstraint(rename) => &rename.to,
        _ => return false,
    };
    made.as_str() == name
}
