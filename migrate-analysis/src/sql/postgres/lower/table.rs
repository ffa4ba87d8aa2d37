use migrate_core::{
    Name, ObjectName,
    operation::{CreateTable, DropTable, Like, LikePart, Operation, TableDefinition, TableSource},
    schema::Persistence,
};
use squawk_syntax::ast::{self, AstNode};

use super::{
    clause::{all, is_cascade},
    column::listed_column,
    constraint::constraint,
    name::{existing, name, new_object},
    opaque::unknown_objects,
    partition::{bound, partitioning},
    query::query,
};

/// `CREATE TABLE`.
pub(super) fn create_table(statement: &ast::CreateTable) -> Option<Vec<Operation>> {
    let name = new_object(&statement.table_name()?.path()?)?;
    // Its columns are those of a type.
    if statement.of_type().is_some() {
        return Some(vec![unknown_objects([name])]);
    }
    let mut definition = TableDefinition {
        persistence: persistence(statement.persistence().as_ref()),
        ..TableDefinition::default()
    };
    for argument in statement.table_arg_list().into_iter().flat_map(|list| list.args()) {
        match argument {
            ast::TableArg::Column(column) => definition.columns.push(listed_column(&column)?),
            ast::TableArg::LikeClause(clause) => {
                definition.likes.push((definition.columns.len(), like(&clause)?));
            }
            ast::TableArg::TableConstraint(table) => {
                let table = ast::Constraint::cast(table.syntax().clone())?;
                definition.constraints.push(constraint(&table, None)?.of_new_table());
            }
        }
    }
    if let Some(inherits) = statement.inherits() {
        definition.inherits =
            inherits.table_name_refs().map(|parent| existing(&parent)).collect::<Option<_>>()?;
    }
    if let Some(parent) = statement.partition_of() {
        definition.inherits = vec![existing(&parent.table_name_ref()?)?];
        definition.partition = Some(bound(&statement.partition_type()?)?);
    }
    if let Some(by) = statement.partition_by() {
        definition.partitioning = Some(partitioning(&by)?);
    }
    Some(vec![created(name, statement.if_not_exists().is_some(), definition)])
}

/// `CREATE TABLE .. AS`.
pub(super) fn create_table_as(statement: &ast::CreateTableAs) -> Option<Vec<Operation>> {
    let name = new_object(&statement.table_name()?.path()?)?;
    let ast::CreateTableAsQuery::SelectVariant(select) = statement.query()? else {
        return Some(vec![unknown_objects([name])]);
    };
    let columns = statement.table_arg_list().into_iter().flat_map(|list| list.args());
    let columns = columns.map(|argument| match argument {
        ast::TableArg::Column(column) => self::name(&column.name()?),
        ast::TableArg::LikeClause(_) | ast::TableArg::TableConstraint(_) => None,
    });
    let definition = from_query(statement.persistence().as_ref(), &select, columns.collect::<Option<_>>()?);
    Some(vec![created(name, statement.if_not_exists().is_some(), definition)])
}

/// `SELECT .. INTO`.
pub(super) fn select_into(statement: &ast::SelectInto) -> Option<Vec<Operation>> {
    let into = statement.into_clause()?;
    let name = new_object(&into.table_name()?.path()?)?;
    let select = ast::SelectVariant::SelectInto(statement.clone());
    Some(vec![created(name, false, from_query(into.persistence().as_ref(), &select, Vec::new()))])
}

/// `DROP TABLE`.
pub(super) fn drop_table(statement: &ast::DropTable) -> Option<Vec<Operation>> {
    Some(vec![Operation::DropTable(DropTable {
        names: all(statement.table_name_refs().map(|table| existing(&table)))?,
        if_exists: statement.if_exists().is_some(),
        cascade: is_cascade(statement.drop_behavior().as_ref()),
    })])
}

/// `CREATE FOREIGN TABLE`: where its rows are, nobody here knows, nor what else it is.
pub(super) fn create_foreign_table(statement: &ast::CreateForeignTable) -> Option<Vec<Operation>> {
    let parent = statement.partition_of().and_then(|parent| parent.table_name_ref());
    let parent = parent.and_then(|parent| existing(&parent));
    let name = new_object(&statement.table_name()?.path()?)?;
    Some(vec![unknown_objects([name].into_iter().chain(parent))])
}

/// `DROP FOREIGN TABLE`.
pub(super) fn drop_foreign_table(statement: &ast::DropForeignTable) -> Option<Vec<Operation>> {
    if is_cascade(statement.drop_behavior().as_ref()) {
        return None;
    }
    Some(vec![unknown_objects(all(statement.table_name_refs().map(|table| existing(&table)))?)])
}

/// What outlives a crash or a session.
pub(super) const fn persistence(written: Option<&ast::Persistence>) -> Persistence {
    match written {
        None => Persistence::Permanent,
        Some(ast::Persistence::Unlogged(_)) => Persistence::Unlogged,
        Some(ast::Persistence::Temp(_)) => Persistence::Temporary,
    }
}

fn created(name: ObjectName, if_not_exists: bool, definition: TableDefinition) -> Operation {
    Operation::CreateTable(Box::new(CreateTable { name, if_not_exists, definition }))
}

fn from_query(
    written: Option<&ast::Persistence>,
    select: &ast::SelectVariant,
    columns: Vec<Name>,
) -> TableDefinition {
    let source = Some(TableSource { query: query(select), columns });
    TableDefinition { persistence: persistence(written), source, ..TableDefinition::default() }
}

fn like(clause: &ast::LikeClause) -> Option<Like> {
    let mut including = Vec::new();
    for option in clause.like_options() {
        let (includes, property) = match option {
            ast::LikeOption::IncludingProperty(option) => (true, option.table_property()?),
            ast::LikeOption::ExcludingProperty(option) => (false, option.table_property()?),
        };
        let parts = like_parts(&property);
        including.retain(|part| !parts.contains(part));
        if includes {
            including.extend_from_slice(parts);
        }
    }
    Some(Like { source: existing(&clause.relation_name_ref()?)?, including })
}

/// What a schema holds of what the property stands for.
const fn like_parts(property: &ast::TableProperty) -> &'static [LikePart] {
    match property {
        ast::TableProperty::PropertyAll(_) => &[
            LikePart::Constraints,
            LikePart::Defaults,
            LikePart::Generated,
            LikePart::Identity,
            LikePart::Indexes,
        ],
        ast::TableProperty::PropertyConstraints(_) => &[LikePart::Constraints],
        ast::TableProperty::PropertyDefaults(_) => &[LikePart::Defaults],
        ast::TableProperty::PropertyGenerated(_) => &[LikePart::Generated],
        ast::TableProperty::PropertyIdentity(_) => &[LikePart::Identity],
        ast::TableProperty::PropertyIndexes(_) => &[LikePart::Indexes],
        ast::TableProperty::PropertyComments(_)
        | ast::TableProperty::PropertyCompression(_)
        | ast::TableProperty::PropertyStatistics(_)
        | ast::TableProperty::PropertyStorage(_) => &[],
    }
}
