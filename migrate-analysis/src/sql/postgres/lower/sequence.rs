use migrate_core::{
    Name, ObjectName, QualifiedName,
    operation::{
        AlterSequence, CreateSequence, DropSequence, Operation, RelationKind, SequenceChange, TableChange,
    },
    schema::{DataType, SequenceOptions},
};
use squawk_syntax::ast::{self, AstNode};

use super::{
    alter_table::Altered,
    clause::{all, is_cascade},
    data_type::data_type,
    name::{existing, new_object, segments},
    written::written,
};

/// `CREATE SEQUENCE`.
pub(super) fn create_sequence(statement: &ast::CreateSequence) -> Option<Vec<Operation>> {
    let mut data_type = DataType::plain("bigint");
    let mut owned_by = None;
    let mut options = SequenceOptions::default();
    for option in statement.sequence_options() {
        match &option {
            ast::SequenceOption::OptionAsType(option) => data_type = self::data_type(&option.ty()?)?,
            ast::SequenceOption::OptionOwnedBy(option) => owned_by = owner(&option.owned_by_target()?)?,
            _ => set_option(&mut options, &option)?,
        }
    }
    Some(vec![Operation::CreateSequence(CreateSequence {
        name: new_object(&statement.sequence()?.path()?)?,
        if_not_exists: statement.if_not_exists().is_some(),
        data_type,
        options,
        owned_by,
    })])
}

/// `ALTER SEQUENCE`.
pub(super) fn alter_sequence(statement: &ast::AlterSequence) -> Option<Vec<Operation>> {
    let sequence = Altered {
        table: existing(&statement.sequence_ref()?)?,
        if_exists: statement.if_exists().is_some(),
        kind: RelationKind::Sequence,
    };
    let mut operations = Vec::new();
    let mut changes = Vec::new();
    for action in statement.actions() {
        match action {
            ast::AlterSequenceAction::SequenceRenameTo(action) => {
                operations.push(sequence.renamed(&action.sequence()?.path()?)?);
            }
            ast::AlterSequenceAction::SetSchema(action) => operations.push(sequence.moved(&action)?),
            ast::AlterSequenceAction::OwnerTo(_)
            | ast::AlterSequenceAction::SetLogged(_)
            | ast::AlterSequenceAction::SetUnlogged(_) => {
                operations.push(sequence.change(TableChange::Nothing));
            }
            ast::AlterSequenceAction::SequenceOption(option) => changes.push(change(&option)?),
        }
    }
    if !changes.is_empty() {
        let (name, if_exists) = (sequence.table, sequence.if_exists);
        operations.push(Operation::AlterSequence(AlterSequence { name, if_exists, changes }));
    }
    Some(operations)
}

/// `DROP SEQUENCE`.
pub(super) fn drop_sequence(statement: &ast::DropSequence) -> Option<Vec<Operation>> {
    Some(vec![Operation::DropSequence(DropSequence {
        names: all(statement.sequence_refs().map(|sequence| existing(&sequence)))?,
        if_exists: statement.if_exists().is_some(),
        cascade: is_cascade(statement.drop_behavior().as_ref()),
    })])
}

/// How the sequence of an identity column counts, and its name where that is given.
pub(super) fn identity_options(
    written: impl Iterator<Item = ast::SequenceOption>,
) -> Option<(SequenceOptions, Option<QualifiedName>)> {
    let mut options = SequenceOptions::default();
    let mut sequence = None;
    for option in written {
        match &option {
            ast::SequenceOption::OptionSequenceName(option) => {
                let ObjectName { schema, name } = new_object(&option.sequence()?.path()?)?;
                sequence = Some(QualifiedName::new(schema?, name));
            }
            _ => set_option(&mut options, &option)?,
        }
    }
    Some((options, sequence))
}

/// Takes over what an option says of how a sequence counts.
pub(super) fn set_option(options: &mut SequenceOptions, option: &ast::SequenceOption) -> Option<()> {
    match change(option)? {
        SequenceChange::Start(number) => options.start = Some(number),
        SequenceChange::Increment(number) => options.increment = Some(number),
        SequenceChange::Min(number) => options.min = number,
        SequenceChange::Max(number) => options.max = number,
        SequenceChange::Cache(number) => options.cache = Some(number),
        SequenceChange::Cycle(cycles) => options.cycle = cycles,
        SequenceChange::Nothing => {}
        SequenceChange::DataType(_) | SequenceChange::OwnedBy(_) => return None,
    }
    Some(())
}

fn change(option: &ast::SequenceOption) -> Option<SequenceChange> {
    Some(match option {
        ast::SequenceOption::OptionAsType(option) => SequenceChange::DataType(data_type(&option.ty()?)?),
        ast::SequenceOption::OptionOwnedBy(option) => {
            SequenceChange::OwnedBy(owner(&option.owned_by_target()?)?)
        }
        ast::SequenceOption::OptionStart(option) => SequenceChange::Start(number(&option.expr()?)?),
        ast::SequenceOption::OptionIncrement(option) => SequenceChange::Increment(number(&option.expr()?)?),
        ast::SequenceOption::OptionMinValue(option) => SequenceChange::Min(Some(number(&option.expr()?)?)),
        ast::SequenceOption::OptionMaxValue(option) => SequenceChange::Max(Some(number(&option.expr()?)?)),
        ast::SequenceOption::OptionNoMinValue(_) => SequenceChange::Min(None),
        ast::SequenceOption::OptionNoMaxValue(_) => SequenceChange::Max(None),
        ast::SequenceOption::OptionCache(option) => SequenceChange::Cache(number(&option.expr()?)?),
        ast::SequenceOption::OptionCycle(_) => SequenceChange::Cycle(true),
        ast::SequenceOption::OptionNoCycle(_) => SequenceChange::Cycle(false),
        ast::SequenceOption::OptionLogged(_)
        | ast::SequenceOption::OptionRestart(_)
        | ast::SequenceOption::OptionUnlogged(_) => SequenceChange::Nothing,
        ast::SequenceOption::OptionSequenceName(_) => return None,
    })
}

/// The column that a sequence ends with: the last two or three names of a path.
fn owner(target: &ast::OwnedByTarget) -> Option<Option<(ObjectName, Name)>> {
    let ast::OwnedByTarget::QualifiedColumnNameRef(column) = target else { return Some(None) };
    let mut names = segments(&column.path_ref()?)?;
    let column = names.pop()?;
    let table = names.pop()?;
    Some(Some((ObjectName { schema: names.pop(), name: table }, column)))
}

fn number(expr: &ast::Expr) -> Option<i64> {
    let text: String = written(expr.syntax()).chars().filter(|letter| !matches!(letter, ' ' | '_')).collect();
    text.parse().ok()
}
