use migrate_core::{
    ObjectName,
    operation::{AlterColumn, ColumnChange, Operation},
    schema::{Generated, SequenceOptions},
};
use squawk_syntax::ast;

use super::{
    column::{collation, default, identity, is_always},
    data_type::data_type,
    expression::expression,
    name::name,
    sequence::set_option,
};

/// `ALTER COLUMN`.
pub(super) fn alter_column(
    table: &ObjectName,
    if_exists: bool,
    action: &ast::AlterColumn,
) -> Option<Operation> {
    Some(Operation::AlterColumn(Box::new(AlterColumn {
        table: table.clone(),
        if_exists,
        column: name(&action.column_name_ref()?)?,
        change: change(&action.option()?)?,
    })))
}

fn change(option: &ast::AlterColumnOption) -> Option<ColumnChange> {
    use ast::AlterColumnOption as Option_;
    Some(match option {
        Option_::SetType(action) => ColumnChange::Type {
            data_type: data_type(&action.ty()?)?,
            collation: action.collate().and_then(|collate| collation(&collate)),
            using: action.using_expr().and_then(|using| using.expr()).map(|expr| expression(&expr)),
        },
        Option_::SetDefault(action) => match default(&action.expr()?) {
            Some(value) => ColumnChange::SetDefault(value),
            None => ColumnChange::DropDefault,
        },
        Option_::DropDefault(_) => ColumnChange::DropDefault,
        Option_::SetNotNull(_) => ColumnChange::SetNotNull,
        Option_::DropNotNull(_) => ColumnChange::DropNotNull,
        Option_::AddGenerated(action) => {
            ColumnChange::AddIdentity(identity(&action.generated_when()?, action.sequence_option_list())?)
        }
        Option_::DropIdentity(action) => {
            ColumnChange::DropIdentity { if_exists: action.if_exists().is_some() }
        }
        Option_::SetExpression(action) => {
            ColumnChange::SetExpression(Generated { expression: expression(&action.expr()?), stored: true })
        }
        Option_::DropExpression(action) => {
            ColumnChange::DropExpression { if_exists: action.if_exists().is_some() }
        }
        Option_::SetGenerated(action) => {
            ColumnChange::SetIdentity { always: Some(is_always(&action.generated_when()?)), options: None }
        }
        Option_::SetSequenceOption(action) => {
            let mut options = SequenceOptions::default();
            set_option(&mut options, &action.sequence_option()?)?;
            ColumnChange::SetIdentity { always: None, options: Some(options) }
        }
        Option_::SetGeneratedOptions(action) => set_identity(action)?,
        Option_::Inherit(_)
        | Option_::NoInherit(_)
        | Option_::ResetOptions(_)
        | Option_::Restart(_)
        | Option_::SetCompression(_)
        | Option_::SetOptions(_)
        | Option_::SetOptionsList(_)
        | Option_::SetStatistics(_)
        | Option_::SetStorage(_) => ColumnChange::Nothing,
    })
}

fn set_identity(action: &ast::SetGeneratedOptions) -> Option<ColumnChange> {
    let mut always = None;
    let mut options = None;
    for option in action.set_generated_options() {
        match option {
            ast::SetGeneratedOption::SetGenerated(option) => {
                always = Some(is_always(&option.generated_when()?));
            }
            ast::SetGeneratedOption::SetSequenceOption(option) => {
                set_option(options.get_or_insert_with(SequenceOptions::default), &option.sequence_option()?)?;
            }
            ast::SetGeneratedOption::Restart(_) => {}
        }
    }
    Some(ColumnChange::SetIdentity { always, options })
}
