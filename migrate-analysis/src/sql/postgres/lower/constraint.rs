use migrate_core::{
    Name,
    schema::{Constraint, ConstraintKind, Deferral, ExcludeElement, IndexKey, Origin},
};
use squawk_syntax::ast::{self, AstNode};

use super::{
    expression::expression,
    foreign_key::{foreign_key, references},
    index::{method, target},
    name::{existing, name},
    written::written,
};

/// A constraint as a statement writes it.
pub(super) struct Written {
    pub(super) constraint: Constraint,
    /// `USING INDEX`.
    pub(super) using_index: Option<Name>,
    /// Not after `NOT ENFORCED`.
    enforced: bool,
}

impl Written {
    /// The constraint of a table or column without rows: there is nothing that could be invalid.
    pub(super) fn of_new_table(self) -> Constraint {
        Constraint { validated: self.enforced, ..self.constraint }
    }
}

/// A constraint that stands by itself or, where there is a column, at that.
pub(super) fn constraint(clause: &ast::Constraint, column: Option<&Name>) -> Option<Written> {
    let attributes = attributes(clause.constraint_options());
    let mut using_index = None;
    let kind = match clause {
        ast::Constraint::CheckConstraint(check) => ConstraintKind::Check {
            expression: expression(&check.expr()?),
            no_inherit: attributes.no_inherit,
        },
        ast::Constraint::ExcludeConstraint(exclude) => exclusion(exclude)?,
        ast::Constraint::ForeignKeyConstraint(key) => ConstraintKind::ForeignKey(foreign_key(key)?),
        ast::Constraint::ReferencesConstraint(key) => ConstraintKind::ForeignKey(references(key, column?)?),
        ast::Constraint::NotNullConstraint(clause) => {
            let column = clause.column_name_ref().map_or_else(|| column.cloned(), |column| name(&column));
            ConstraintKind::NotNull { column: column? }
        }
        ast::Constraint::PrimaryKeyConstraint(key) => {
            using_index = index_name(key.using_index());
            let key_columns = key_columns(key.index_parameters().as_ref(), column, using_index.is_some())?;
            ConstraintKind::PrimaryKey { columns: key_columns.columns, include: key_columns.include }
        }
        ast::Constraint::UniqueConstraint(key) => {
            using_index = index_name(key.using_index());
            let key_columns = key_columns(key.index_parameters().as_ref(), column, using_index.is_some())?;
            ConstraintKind::Unique {
                columns: key_columns.columns,
                include: key_columns.include,
                nulls_not_distinct: key_columns.nulls_not_distinct,
            }
        }
        ast::Constraint::DefaultConstraint(_)
        | ast::Constraint::GeneratedConstraint(_)
        | ast::Constraint::NullConstraint(_) => return None,
    };
    let constraint = Constraint {
        name: clause.constraint_name().map(|written| name(&written).ok_or(())).transpose().ok()?,
        named_by_database: false,
        column: None,
        kind,
        deferral: attributes.deferral.unwrap_or_default(),
        validated: attributes.enforced && !attributes.not_valid,
        made: Origin::NONE,
    };
    Some(Written { constraint, using_index, enforced: attributes.enforced })
}

/// What can be said behind a constraint.
pub(super) struct Attributes {
    /// When it is checked, where that is said.
    pub(super) deferral: Option<Deferral>,
    not_valid: bool,
    no_inherit: bool,
    enforced: bool,
}

/// What is said behind a constraint.
pub(super) fn attributes(options: impl Iterator<Item = ast::ConstraintOption>) -> Attributes {
    let mut attributes = Attributes { deferral: None, not_valid: false, no_inherit: false, enforced: true };
    for option in options {
        match option {
            ast::ConstraintOption::DeferrableConstraintOption(_) => {
                attributes.deferral = attributes.deferral.or(Some(Deferral::Immediate));
            }
            ast::ConstraintOption::InitiallyDeferredConstraintOption(_) => {
                attributes.deferral = Some(Deferral::Deferred);
            }
            ast::ConstraintOption::NotDeferrableConstraintOption(_) => {
                attributes.deferral = Some(Deferral::NotDeferrable);
            }
            ast::ConstraintOption::NotValid(_) => attributes.not_valid = true,
            ast::ConstraintOption::NoInherit(_) => attributes.no_inherit = true,
            ast::ConstraintOption::NotEnforced(_) => attributes.enforced = false,
            ast::ConstraintOption::Enforced(_)
            | ast::ConstraintOption::Inherit(_)
            | ast::ConstraintOption::InitiallyImmediateConstraintOption(_) => {}
        }
    }
    attributes
}

struct KeyColumns {
    columns: Vec<Name>,
    include: Vec<Name>,
    nulls_not_distinct: bool,
}

fn key_columns(
    parameters: Option<&ast::IndexParameters>,
    column: Option<&Name>,
    using_index: bool,
) -> Option<KeyColumns> {
    let list = parameters.and_then(ast::IndexParameters::column_list);
    // A key over ranges, which is kept by an index of another method.
    if list.as_ref().is_some_and(|list| list.without_overlaps().is_some()) {
        return None;
    }
    let columns = match list {
        Some(list) => list.column_name_refs().map(|column| name(&column)).collect::<Option<_>>()?,
        None => column.into_iter().cloned().collect::<Vec<_>>(),
    };
    let include = parameters.and_then(ast::IndexParameters::constraint_include_clause);
    let include = include.and_then(|clause| clause.column_ref_list());
    let include = include.into_iter().flat_map(|list| list.column_name_refs());
    let nulls = parameters.and_then(ast::IndexParameters::nulls_distinct_option);
    (using_index || !columns.is_empty()).then_some(KeyColumns {
        columns,
        include: include.map(|column| name(&column)).collect::<Option<_>>()?,
        nulls_not_distinct: matches!(nulls, Some(ast::NullsDistinctOption::NullsNotDistinct(_))),
    })
}

fn index_name(using: Option<ast::UsingIndexName>) -> Option<Name> {
    Some(existing(&using?.index_ref()?)?.name)
}

fn exclusion(clause: &ast::ExcludeConstraint) -> Option<ConstraintKind> {
    let elements =
        clause.constraint_exclusion_list()?.constraint_exclusions().map(|element| exclude_element(&element));
    let include = clause.constraint_include_clause().and_then(|clause| clause.column_ref_list());
    let include = include.into_iter().flat_map(|list| list.column_name_refs());
    let predicate = match clause.where_condition_clause() {
        Some(condition) => Some(expression(&condition.expr()?)),
        None => None,
    };
    Some(ConstraintKind::Exclude {
        method: method(
            clause.constraint_index_method().and_then(|using| using.access_method_ref()).as_ref(),
        )?,
        elements: elements.collect::<Option<_>>()?,
        predicate,
        include: include.map(|column| name(&column)).collect::<Option<_>>()?,
    })
}

fn exclude_element(element: &ast::ConstraintExclusion) -> Option<ExcludeElement> {
    let (target, collation) = target(&element.expr()?)?;
    // `OPERATOR(pg_catalog.=)` is `=` with its schema.
    let operator = element.operator_call().and_then(|call| call.op()).or_else(|| element.op())?;
    let text = written(operator.syntax());
    let operator = text.rsplit_once('.').map_or(&*text, |(_, operator)| operator).trim().to_owned();
    let key = IndexKey { target, collation, operator_class: None, descending: false, nulls_first: false };
    Some(ExcludeElement { key, operator })
}
