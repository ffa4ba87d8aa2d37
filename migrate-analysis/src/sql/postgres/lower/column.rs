use migrate_core::{
    Name, ObjectName,
    operation::ColumnDefinition,
    schema::{Column, DataType, Expression, Generated, Identity, Origin},
};
use squawk_syntax::ast::{self, AstNode};

use super::{
    constraint::constraint,
    data_type::{data_type, serial},
    expression::expression,
    name::{existing, name},
    sequence::identity_options,
};

/// A column in the list of `CREATE TABLE`. That of a partition or of a typed table may have no type of its own.
pub(super) fn listed_column(column: &ast::Column) -> Option<ColumnDefinition> {
    let mut definition = typed(name(&column.name()?)?, column.ty().as_ref())?;
    for clause in column.clauses() {
        match clause {
            ast::ColumnClause::Collate(collate) => definition.column.collation = collation(&collate),
            ast::ColumnClause::ColumnConstraint(clause) => {
                add_clause(&mut definition, &ast::Constraint::cast(clause.syntax().clone())?)?;
            }
            ast::ColumnClause::AlterOptionList(_)
            | ast::ColumnClause::CompressionMethod(_)
            | ast::ColumnClause::Storage(_)
            | ast::ColumnClause::WithOptions(_) => {}
        }
    }
    Some(definition)
}

/// The column of `ADD COLUMN`.
pub(super) fn added_column(column: &ast::AddColumn) -> Option<ColumnDefinition> {
    let mut definition = typed(name(&column.column_name()?)?, Some(&column.ty()?))?;
    if let Some(collate) = column.collate() {
        definition.column.collation = collation(&collate);
    }
    for clause in column.constraints() {
        add_clause(&mut definition, &clause)?;
    }
    Some(definition)
}

/// The collation, unless it is the one that holds by default.
pub(super) fn collation(collate: &ast::Collate) -> Option<ObjectName> {
    let written = without_catalog(existing(&collate.collation_ref()?)?);
    let is_default = written.schema.is_none() && written.name.as_str() == "default";
    (!is_default).then_some(written)
}

/// A name without the schema that built-in objects lie in.
pub(super) fn without_catalog(name: ObjectName) -> ObjectName {
    ObjectName { schema: name.schema.filter(|schema| schema.as_str() != "pg_catalog"), ..name }
}

/// What `DEFAULT` gives. A null is what there is without one, whether the server keeps it or, as it does with most
/// types, does not.
pub(super) fn default(expr: &ast::Expr) -> Option<Expression> {
    (!is_null(expr)).then(|| expression(expr))
}

/// Whether it is a null, perhaps of a type: `NULL::character varying`.
fn is_null(expr: &ast::Expr) -> bool {
    match expr {
        ast::Expr::Literal(literal) => matches!(literal.kind(), Some(ast::LitKind::Null(_))),
        ast::Expr::ParenExpr(paren) => paren.expr().is_some_and(|inner| is_null(&inner)),
        ast::Expr::CastExpr(cast) => cast.expr().is_some_and(|inner| is_null(&inner)),
        _ => false,
    }
}

/// `AS IDENTITY`.
pub(super) fn identity(
    when: &ast::GeneratedWhen,
    options: Option<ast::SequenceOptionList>,
) -> Option<Identity> {
    let (options, sequence) = identity_options(options.into_iter().flat_map(|list| list.sequence_options()))?;
    Some(Identity { always: is_always(when), sequence, options })
}

/// `ALWAYS`, not `BY DEFAULT`.
pub(super) const fn is_always(when: &ast::GeneratedWhen) -> bool {
    matches!(when, ast::GeneratedWhen::GeneratedAlways(_))
}

fn typed(name: Name, ty: Option<&ast::Type>) -> Option<ColumnDefinition> {
    let numbers = ty.and_then(serial);
    let serial = numbers.is_some();
    let data_type = match (numbers, ty) {
        (None, Some(ty)) => Some(data_type(ty)?),
        (numbers, _) => numbers,
    };
    Some(ColumnDefinition { column: column(name, data_type, serial), serial, constraints: Vec::new() })
}

const fn column(name: Name, data_type: Option<DataType>, not_null: bool) -> Column {
    Column {
        name,
        data_type,
        not_null,
        default: None,
        generated: None,
        identity: None,
        collation: None,
        made: Origin::NONE,
    }
}

fn add_clause(definition: &mut ColumnDefinition, clause: &ast::Constraint) -> Option<()> {
    let column = &mut definition.column;
    match clause {
        ast::Constraint::DefaultConstraint(clause) => {
            let mut value = clause.expr()?;
            // The grammar of the server ends the default before it.
            if let ast::Expr::Collate(collate) = &value {
                column.collation = collation(collate);
                value = collate.expr()?;
            }
            column.default = default(&value);
        }
        ast::Constraint::NullConstraint(_) => {}
        ast::Constraint::NotNullConstraint(clause) => {
            column.not_null = true;
            // Without a name it is no more than a property of the column.
            if clause.constraint_name_clause().is_some() {
                let clause = ast::Constraint::NotNullConstraint(clause.clone());
                let constraint = constraint(&clause, Some(&definition.column.name))?;
                definition.constraints.push(constraint.of_new_table());
            }
        }
        ast::Constraint::GeneratedConstraint(clause) => match clause.generated_as()? {
            ast::GeneratedAs::GeneratedIdentity(clause) => {
                column.not_null = true;
                column.identity = Some(identity(&clause.generated_when()?, clause.sequence_option_list())?);
            }
            ast::GeneratedAs::GeneratedStored(clause) => {
                let stored = matches!(clause.generated_kind(), Some(ast::GeneratedKind::Stored(_)));
                column.generated = Some(Generated { expression: expression(&clause.expr()?), stored });
            }
        },
        _ => {
            let constraint = constraint(clause, Some(&definition.column.name))?;
            definition.constraints.push(constraint.of_new_table());
        }
    }
    Some(())
}
