use migrate_core::{
    Name, ObjectName,
    schema::{ForeignKey, ForeignKeyAction, MatchKind},
};
use sqlite3_parser::ast::{ForeignKeyClause, RefAct, RefArg};

use super::{
    name::name,
    stop::{Stop, refused},
};

/// `REFERENCES ..`. The table is one of the same database file, and `MATCH` is read and not heeded.
pub(super) fn foreign_key(columns: Vec<Name>, clause: &ForeignKeyClause<'_>) -> Result<ForeignKey, Stop> {
    let referenced: Vec<Name> =
        clause.columns.unwrap_or_default().iter().map(|column| name(&column.col_name)).collect();
    let table = name(&clause.tbl_name);
    if !referenced.is_empty() && referenced.len() != columns.len() {
        let (here, there) = (columns.len(), referenced.len());
        return refused(&table, format!("{here} and {there} columns cannot refer to each other"));
    }
    let mut key = ForeignKey {
        columns,
        table: ObjectName::bare(table),
        referenced,
        on_delete: ForeignKeyAction::NoAction,
        on_update: ForeignKeyAction::NoAction,
        set_columns: Vec::new(),
        match_kind: MatchKind::Simple,
    };
    for argument in clause.args {
        match argument {
            RefArg::OnDelete(then) => key.on_delete = action(*then),
            RefArg::OnUpdate(then) => key.on_update = action(*then),
            RefArg::OnInsert(_) | RefArg::Match(_) => {}
        }
    }
    Ok(key)
}

const fn action(action: RefAct) -> ForeignKeyAction {
    match action {
        RefAct::SetNull => ForeignKeyAction::SetNull,
        RefAct::SetDefault => ForeignKeyAction::SetDefault,
        RefAct::Cascade => ForeignKeyAction::Cascade,
        RefAct::Restrict => ForeignKeyAction::Restrict,
        RefAct::NoAction => ForeignKeyAction::NoAction,
    }
}
