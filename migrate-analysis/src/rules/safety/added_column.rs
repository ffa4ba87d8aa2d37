use migrate_core::{
    Name,
    operation::{Lack, Notice, Operation, RowVerb},
    schema::Object,
};

use crate::{
    diagnostic::Diagnostic,
    replay::{Site, Statement},
    rules::{Family, Level, Rule},
};

pub(crate) const NOT_NULL: Rule = Rule::new(
    "not-null-without-default",
    Family::Safety,
    "a column that refuses null is added without a value for the rows that are there",
    include_str!("not-null-without-default.md"),
)
.level(Level::Warn);

pub(crate) const NON_CONSTANT: Rule = Rule::new(
    "non-constant-default",
    Family::Safety,
    "a column is added whose value the database does not compute for the rows that are there",
    include_str!("non-constant-default.md"),
)
.level(Level::Warn);

/// Of the statement at this place of its script, which adds a column; `None` where the script itself makes the table or
/// takes its rows away.
pub(crate) fn finding(site: &Site<'_>, notice: &Notice, place: usize) -> Option<Diagnostic> {
    let Notice::NeedsNoRows { object: object @ Object::Column(table, column), table: made, lack } = notice
    else {
        return None;
    };
    let before = site.script.statements.iter().take(place);
    if before.clone().any(|statement| made.0 == statement.origin.0)
        || before.clone().any(|statement| empties(statement, &table.name))
    {
        return None;
    }
    let (rule, message) = match lack {
        Lack::Value => (&NOT_NULL, "is `NOT NULL`, and there is no value for it in the rows"),
        Lack::Constant => (&NON_CONSTANT, "has a value that SQLite does not compute for the rows"),
    };
    let message = format!("column `{column}` {message} that table `{table}` may have");
    let finding = site.at(Diagnostic::new(rule.name, message), Some(object), "refused where there are rows");
    let finding = site.beside(finding, *made, Some(&Object::Table(table.clone())), "the table is made here");
    let alters = site.script.dialect.habits().alters_columns;
    Some(match lack {
        Lack::Value if alters => finding.help(
            "add it without `NOT NULL`, fill it, and then `SET NOT NULL`; or give it a `DEFAULT`, which can be dropped \
             again",
        ),
        Lack::Value => finding.help("give it a `DEFAULT`, or make the table anew"),
        Lack::Constant => finding.help("make the table anew, or add the column without it and fill it"),
    })
}

fn empties(statement: &Statement, table: &Name) -> bool {
    statement.operations().any(|operation| match operation {
        Operation::Rows(change) => {
            matches!(change.verb, RowVerb::Delete | RowVerb::Truncate)
                && change.targets.iter().any(|target| target.name == *table)
        }
        _ => false,
    })
}
