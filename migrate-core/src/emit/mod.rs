//! Operations and schemas as SQL text: one file a noun.

mod column;
pub(crate) mod constraint;
mod data_type;
mod dialect;
mod function;
mod index;
mod policy;
mod rebuild;
mod reserved;
mod script;
mod sequence;
mod spelling;
mod statement;
mod table;
mod trigger;
mod user_type;
mod view;

pub use script::script;
pub(crate) use spelling::Spelling;

use crate::{Schema, diff::diff, operation::Operation, schema::Origin};

/// The statements that do what an operation does, as the database of `before` writes them, without separators.
///
/// There is none for what changes no schema, and for a function whose body is none that a string could hold. Where the
/// database cannot change a table in place, it is made anew with its rows.
#[must_use]
pub fn emit(operation: &Operation, before: &Schema) -> Vec<String> {
    let spelling = Spelling::of(before.dialect);
    let in_place = before.dialect.habits().alters_columns;
    match operation {
        Operation::RebuildTable(operation) => spelling.rebuild_table(operation, before),
        Operation::AlterColumn(_)
        | Operation::AddConstraint(_)
        | Operation::DropConstraint(_)
        | Operation::RenameConstraint(_)
        | Operation::AlterConstraint(_)
            if !in_place =>
        {
            let mut after = before.clone();
            if after.apply(operation, Origin::NONE).is_err() {
                return Vec::new();
            }
            let steps = diff(before, &after);
            steps
                .iter()
                .flat_map(|step| match step {
                    Operation::RebuildTable(operation) => spelling.rebuild_table(operation, before),
                    step => spelling.statements(step),
                })
                .collect()
        }
        operation => spelling.statements(operation),
    }
}
