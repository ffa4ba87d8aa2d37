use migrate_core::{
    Schema,
    operation::Operation,
    schema::{ConstraintKind, Object},
};

use crate::{
    diagnostic::Diagnostic,
    replay::Site,
    rules::{Family, Level, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "rename-old-table-first",
    Family::Schema,
    "a table is made anew in an order that lets foreign keys refer to the one that is dropped",
    include_str!("rename-old-table-first.md"),
)
.level(Level::Warn);

/// Of a statement that renames a table which is gone behind the script, while foreign keys refer to it.
pub(crate) fn finding(site: &Site<'_>, after: &Schema) -> Option<Diagnostic> {
    if after.dialect.habits().binds {
        return None;
    }
    let (from, to) = site.statement.operations().find_map(|operation| match operation {
        Operation::RenameRelation(rename) => Some((&rename.name, &rename.to)),
        _ => None,
    })?;
    let is_there = after.tables.keys().any(|name| name.name == *to) || after.unknown.contains(to);
    let refers =
        |kind: &ConstraintKind| matches!(kind, ConstraintKind::ForeignKey(key) if key.table.name == *to);
    let children = after.tables.iter().filter(|(_, table)| table.known);
    let mut children = children.filter(|(_, table)| table.constraints.iter().any(|made| refers(&made.kind)));
    let (name, child) = children.next().filter(|_| !is_there)?;
    let message = format!("foreign keys of table `{name}` follow `{from}` to `{to}`, which is dropped");
    let finding = site.at(Diagnostic::new(RULE.name, message), None, "");
    let finding = site.beside(finding, child.made, Some(&Object::Table(name.clone())), "they are made here");
    Some(finding.help(format!(
        "make the new table under another name, copy the rows, drop `{from}`, and rename the new one last"
    )))
}
