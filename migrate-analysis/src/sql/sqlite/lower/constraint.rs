use migrate_core::{
    Name,
    schema::{Constraint, ConstraintKind, Deferral, Origin},
};
use sqlite3_parser::ast::{self, DeferSubclause, InitDeferredPred, NamedTableConstraint, TableConstraint};

use super::{
    column::check_row_expression, expression::expression, foreign_key::foreign_key, index::plain_columns,
    name::name, stop::Stop,
};

/// A constraint that stands by itself.
pub(super) fn table_constraint(tree: &NamedTableConstraint<'_>) -> Result<Constraint, Stop> {
    let mut deferred = Deferral::NotDeferrable;
    let kind = match &tree.constraint {
        TableConstraint::PrimaryKey { columns, .. } => {
            ConstraintKind::PrimaryKey { columns: plain_columns(columns)?, include: Vec::new() }
        }
        TableConstraint::Unique { columns, .. } => ConstraintKind::Unique {
            columns: plain_columns(columns)?,
            include: Vec::new(),
            nulls_not_distinct: false,
        },
        TableConstraint::Check(condition, _) => {
            let expression = expression(condition);
            check_row_expression(
                &tree.name.as_ref().map_or_else(|| Name::caseless("check"), name),
                &expression,
            )?;
            ConstraintKind::Check { expression, no_inherit: false }
        }
        TableConstraint::ForeignKey { columns, clause, defer_clause } => {
            deferred = deferral(defer_clause.as_ref());
            let columns = columns.iter().map(|column| name(&column.col_name)).collect();
            ConstraintKind::ForeignKey(foreign_key(columns, clause)?)
        }
    };
    Ok(Constraint { deferral: deferred, ..constraint(tree.name.as_ref(), kind) })
}

/// One that is checked at once.
pub(super) fn constraint(given: Option<&ast::Name<'_>>, kind: ConstraintKind) -> Constraint {
    Constraint {
        name: given.map(name),
        named_by_database: false,
        column: None,
        kind,
        deferral: Deferral::NotDeferrable,
        validated: true,
        made: Origin::NONE,
    }
}

/// On SQLite what is deferrable is checked at once all the same, unless it is deferred from the start.
pub(super) fn deferral(clause: Option<&DeferSubclause>) -> Deferral {
    match clause {
        Some(DeferSubclause {
            deferrable: true,
            init_deferred: Some(InitDeferredPred::InitiallyDeferred),
        }) => Deferral::Deferred,
        _ => Deferral::NotDeferrable,
    }
}
