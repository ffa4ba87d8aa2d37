use migrate_core::{
    Name,
    schema::{ForeignKey, ForeignKeyAction, MatchKind},
};
use squawk_syntax::ast;

use super::name::{existing, name};

/// `FOREIGN KEY (..) REFERENCES ..`.
pub(super) fn foreign_key(clause: &ast::ForeignKeyConstraint) -> Option<ForeignKey> {
    let columns = columns(&clause.from_columns()?)?;
    let referenced = clause.to_columns().map_or(Some(Vec::new()), |list| self::columns(&list))?;
    let table = clause.table_name_ref()?;
    refers(&table, columns, referenced, clause.match_type().as_ref(), clause.referential_actions())
}

/// `REFERENCES` at a column.
pub(super) fn references(clause: &ast::ReferencesConstraint, column: &Name) -> Option<ForeignKey> {
    let referenced = match clause.column() {
        Some(column) => vec![name(&column)?],
        None => Vec::new(),
    };
    let (table, columns) = (clause.table()?, vec![column.clone()]);
    refers(&table, columns, referenced, clause.match_type().as_ref(), clause.referential_actions())
}

/// The columns; none can be told of a key over ranges.
fn columns(list: &ast::ForeignKeyColumnList) -> Option<Vec<Name>> {
    if list.period_column().is_some() {
        return None;
    }
    list.column_name_refs().map(|column| name(&column)).collect()
}

fn refers(
    table: &ast::TableNameRef,
    columns: Vec<Name>,
    referenced: Vec<Name>,
    match_type: Option<&ast::MatchType>,
    actions: impl Iterator<Item = ast::ReferentialAction>,
) -> Option<ForeignKey> {
    let mut key = ForeignKey {
        columns,
        table: existing(table)?,
        referenced,
        on_delete: ForeignKeyAction::default(),
        on_update: ForeignKeyAction::default(),
        set_columns: Vec::new(),
        match_kind: match match_type {
            None | Some(ast::MatchType::MatchSimple(_)) => MatchKind::Simple,
            Some(ast::MatchType::MatchFull(_)) => MatchKind::Full,
            Some(ast::MatchType::MatchPartial(_)) => return None,
        },
    };
    for action in actions {
        match action {
            ast::ReferentialAction::OnDeleteAction(action) => {
                (key.on_delete, key.set_columns) = self::action(&action.ref_action()?)?;
            }
            ast::ReferentialAction::OnUpdateAction(action) => {
                (key.on_update, _) = self::action(&action.ref_action()?)?;
            }
        }
    }
    Some(key)
}

fn action(action: &ast::RefAction) -> Option<(ForeignKeyAction, Vec<Name>)> {
    let (action, columns) = match action {
        ast::RefAction::NoAction(_) => (ForeignKeyAction::NoAction, None),
        ast::RefAction::Restrict(_) => (ForeignKeyAction::Restrict, None),
        ast::RefAction::Cascade(_) => (ForeignKeyAction::Cascade, None),
        ast::RefAction::SetNullColumns(set) => (ForeignKeyAction::SetNull, set.column_ref_list()),
        ast::RefAction::SetDefaultColumns(set) => (ForeignKeyAction::SetDefault, set.column_ref_list()),
    };
    let columns = columns.into_iter().flat_map(|list| list.column_name_refs()).map(|column| name(&column));
    Some((action, columns.collect::<Option<_>>()?))
}
