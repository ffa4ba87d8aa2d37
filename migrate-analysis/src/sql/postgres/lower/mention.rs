//! Statements that change nothing that a schema holds, but need the objects that they name: comments, labels, grants.

use migrate_core::{Name, ObjectName, operation::Operation, schema::ObjectKind};
use squawk_syntax::{
    SyntaxNode,
    ast::{self, AstNode},
};

use super::{
    function::{aggregate, function_sig, procedure_sig, routine_sig},
    name::{existing, name, segments},
};

type Part = (ObjectKind, ObjectName, Option<Name>);

/// `COMMENT ON`.
pub(super) fn comment(statement: &ast::CommentOn) -> Option<Vec<Operation>> {
    touch(object(statement.comment_object()?.syntax())?)
}

/// `SECURITY LABEL`.
pub(super) fn label(statement: &ast::SecurityLabel) -> Option<Vec<Operation>> {
    touch(object(statement.security_label_object()?.syntax())?)
}

fn touch(objects: Vec<Part>) -> Option<Vec<Operation>> {
    Some(if objects.is_empty() { Vec::new() } else { vec![Operation::Touch { objects, if_exists: false }] })
}

/// `GRANT`, `REVOKE`: on what, where it is of a kind that is followed.
pub(super) fn privileges(clause: Option<ast::OnPrivilegeObjectsClause>) -> Option<Vec<Operation>> {
    let Some(clause) = clause else { return Some(Vec::new()) };
    let whole = |kind: ObjectKind| move |name: ObjectName| (kind, name, None);
    let objects: Option<Vec<Part>> = match clause.privilege_objects()? {
        // Views and sequences may be called tables here.
        ast::PrivilegeObjects::PrivilegeDefault(list) => {
            list.relation_name_refs().map(|table| existing(&table).map(whole(ObjectKind::Table))).collect()
        }
        ast::PrivilegeObjects::PrivilegeTable(list) => {
            list.relation_name_refs().map(|table| existing(&table).map(whole(ObjectKind::Table))).collect()
        }
        ast::PrivilegeObjects::PrivilegeSequence(list) => list
            .sequence_refs()
            .map(|sequence| existing(&sequence).map(whole(ObjectKind::Sequence)))
            .collect(),
        ast::PrivilegeObjects::PrivilegeType(list) => {
            list.type_name_refs().map(|ty| existing(&ty).map(whole(ObjectKind::Type))).collect()
        }
        ast::PrivilegeObjects::PrivilegeDomain(list) => {
            list.domain_refs().map(|ty| existing(&ty).map(whole(ObjectKind::Type))).collect()
        }
        ast::PrivilegeObjects::PrivilegeSchema(list) => schemas(list.schema_refs()),
        ast::PrivilegeObjects::PrivilegeAllTablesInSchema(list) => schemas(list.schema_refs()),
        ast::PrivilegeObjects::PrivilegeAllSequencesInSchema(list) => schemas(list.schema_refs()),
        ast::PrivilegeObjects::PrivilegeAllFunctionsInSchema(list) => schemas(list.schema_refs()),
        ast::PrivilegeObjects::PrivilegeAllProceduresInSchema(list) => schemas(list.schema_refs()),
        ast::PrivilegeObjects::PrivilegeAllRoutinesInSchema(list) => schemas(list.schema_refs()),
        ast::PrivilegeObjects::PrivilegeFunction(list) => {
            let sigs = list.function_sig_list()?.function_sigs();
            sigs.map(|sig| Some(whole(ObjectKind::Function)(function_sig(&sig)?.name))).collect()
        }
        ast::PrivilegeObjects::PrivilegeProcedure(list) => {
            let sigs = list.procedure_sig_list()?.procedure_sigs();
            sigs.map(|sig| Some(whole(ObjectKind::Function)(procedure_sig(&sig)?.name))).collect()
        }
        ast::PrivilegeObjects::PrivilegeRoutine(list) => {
            let sigs = list.routine_sig_list()?.routine_sigs();
            sigs.map(|sig| Some(whole(ObjectKind::Function)(routine_sig(&sig)?.name))).collect()
        }
        ast::PrivilegeObjects::PrivilegeDatabase(_)
        | ast::PrivilegeObjects::PrivilegeForeignDataWrapper(_)
        | ast::PrivilegeObjects::PrivilegeForeignServer(_)
        | ast::PrivilegeObjects::PrivilegeLanguage(_)
        | ast::PrivilegeObjects::PrivilegeLargeObject(_)
        | ast::PrivilegeObjects::PrivilegeParameter(_)
        | ast::PrivilegeObjects::PrivilegePropertyGraph(_)
        | ast::PrivilegeObjects::PrivilegeTablespace(_) => Some(Vec::new()),
    };
    touch(objects?)
}

fn schemas(list: impl Iterator<Item = ast::SchemaRef>) -> Option<Vec<Part>> {
    list.map(|schema| Some((ObjectKind::Schema, ObjectName::bare(name(&schema)?), None))).collect()
}

/// The object that a statement names with its kind; none where it is of a kind that is not followed.
fn object(node: &SyntaxNode) -> Option<Vec<Part>> {
    let part =
        of_relation(node).or_else(|| of_table(node)).or_else(|| of_function(node)).or_else(|| of_none(node));
    match part {
        Some(part) => Some(vec![part?]),
        None => Some(Vec::new()),
    }
}

/// Objects with a name of their own.
fn of_relation(node: &SyntaxNode) -> Option<Option<Part>> {
    let node = || node.clone();
    let (kind, found) = if let Some(object) = ast::ObjectTable::cast(node()) {
        (ObjectKind::Table, object.table_name_ref().and_then(|table| existing(&table)))
    } else if let Some(object) = ast::ObjectView::cast(node()) {
        (ObjectKind::View, object.view_ref().and_then(|view| existing(&view)))
    } else if let Some(object) = ast::ObjectMaterializedView::cast(node()) {
        (ObjectKind::MaterializedView, object.view_ref().and_then(|view| existing(&view)))
    } else if let Some(object) = ast::ObjectIndex::cast(node()) {
        (ObjectKind::Index, object.index_ref().and_then(|index| existing(&index)))
    } else if let Some(object) = ast::ObjectSequence::cast(node()) {
        (ObjectKind::Sequence, object.sequence_ref().and_then(|sequence| existing(&sequence)))
    } else if let Some(object) = ast::ObjectType::cast(node()) {
        (ObjectKind::Type, object.type_name_ref().and_then(|ty| existing(&ty)))
    } else if let Some(object) = ast::ObjectDomain::cast(node()) {
        (ObjectKind::Type, object.domain_ref().and_then(|ty| existing(&ty)))
    } else {
        return None;
    };
    Some(found.map(|name| (kind, name, None)))
}

/// Parts of tables.
fn of_table(node: &SyntaxNode) -> Option<Option<Part>> {
    let node = || node.clone();
    if let Some(object) = ast::ObjectColumn::cast(node()) {
        return Some(column(&object));
    }
    if let Some(object) = ast::ObjectConstraint::cast(node()) {
        return Some(constraint(&object));
    }
    if let Some(object) = ast::ObjectTrigger::cast(node()) {
        let part = || {
            let table = existing(&object.relation_name_ref()?)?;
            Some((ObjectKind::Trigger, table, Some(name(&object.trigger_ref()?)?)))
        };
        return Some(part());
    }
    if let Some(object) = ast::ObjectPolicy::cast(node()) {
        let part = || {
            let table = existing(&object.table_name_ref()?)?;
            Some((ObjectKind::Policy, table, Some(name(&object.policy_ref()?)?)))
        };
        return Some(part());
    }
    None
}

fn column(object: &ast::ObjectColumn) -> Option<Part> {
    let mut names = segments(&object.name()?.path_ref()?)?;
    let (column, table) = (names.pop()?, names.pop()?);
    Some((ObjectKind::Column, ObjectName { schema: names.pop(), name: table }, Some(column)))
}

fn constraint(object: &ast::ObjectConstraint) -> Option<Part> {
    if let Some(domain) = object.domain_ref() {
        return Some((ObjectKind::Type, existing(&domain)?, None));
    }
    let constraint = existing(&object.constraint_name_ref()?)?;
    Some((ObjectKind::Constraint, existing(&object.table_name_ref()?)?, Some(constraint.name)))
}

fn of_function(node: &SyntaxNode) -> Option<Option<Part>> {
    let node = || node.clone();
    let function = if let Some(object) = ast::ObjectFunction::cast(node()) {
        object.function_sig().and_then(|sig| function_sig(&sig))
    } else if let Some(object) = ast::ObjectProcedure::cast(node()) {
        object.procedure_sig().and_then(|sig| procedure_sig(&sig))
    } else if let Some(object) = ast::ObjectRoutine::cast(node()) {
        object.routine_sig().and_then(|sig| routine_sig(&sig))
    } else if let Some(object) = ast::ObjectAggregate::cast(node()) {
        object.aggregate().and_then(|sig| aggregate(&sig))
    } else {
        return None;
    };
    Some(function.map(|function| (ObjectKind::Function, function.name, None)))
}

/// Objects that lie in no schema.
fn of_none(node: &SyntaxNode) -> Option<Option<Part>> {
    let (kind, found) = if let Some(object) = ast::ObjectSchema::cast(node.clone()) {
        (ObjectKind::Schema, object.schema_ref().and_then(|schema| name(&schema)))
    } else if let Some(object) = ast::ObjectExtension::cast(node.clone()) {
        (ObjectKind::Extension, object.extension_ref().and_then(|extension| name(&extension)))
    } else {
        return None;
    };
    Some(found.map(|name| (kind, ObjectName::bare(name), None)))
}
