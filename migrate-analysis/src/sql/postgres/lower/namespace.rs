//! Schemas and extensions.

use migrate_core::{operation::Operation, schema::ObjectKind};
use squawk_syntax::ast;

use super::{
    clause::{all, is_cascade},
    name::name,
};

/// `CREATE SCHEMA`. One that contains statements of its own is not read: they look names up in the new schema.
pub(super) fn create_schema(statement: &ast::CreateSchema) -> Option<Vec<Operation>> {
    if statement.schema_elements().next().is_some() {
        return None;
    }
    let name = match statement.create_schema_target()? {
        ast::CreateSchemaTarget::NamedSchema(named) => name(&named.schema()?)?,
        ast::CreateSchemaTarget::AuthorizationSchema(role) => name(&role.role()?)?,
    };
    Some(vec![Operation::CreateSchema { name, if_not_exists: statement.if_not_exists().is_some() }])
}

/// `ALTER SCHEMA`.
pub(super) fn alter_schema(statement: &ast::AlterSchema) -> Option<Vec<Operation>> {
    let schema = name(&statement.schema_ref()?)?;
    Some(vec![match statement.action()? {
        ast::AlterSchemaAction::SchemaRenameTo(rename) => {
            Operation::RenameSchema { name: schema, to: name(&rename.schema()?)? }
        }
        ast::AlterSchemaAction::OwnerTo(_) => touch(ObjectKind::Schema, schema),
    }])
}

/// `DROP SCHEMA`.
pub(super) fn drop_schema(statement: &ast::DropSchema) -> Option<Vec<Operation>> {
    Some(vec![Operation::DropSchema {
        names: all(statement.schema_refs().map(|schema| name(&schema)))?,
        if_exists: statement.if_exists().is_some(),
        cascade: is_cascade(statement.drop_behavior().as_ref()),
    }])
}

/// `CREATE EXTENSION`.
pub(super) fn create_extension(statement: &ast::CreateExtension) -> Option<Vec<Operation>> {
    let schema = match statement.extension_schema() {
        Some(clause) => Some(name(&clause.schema_ref()?)?),
        None => None,
    };
    let if_not_exists = statement.if_not_exists().is_some();
    Some(vec![Operation::CreateExtension { name: name(&statement.extension()?)?, schema, if_not_exists }])
}

/// `ALTER EXTENSION`: the version is no part of the schema, nor is what belongs to it.
pub(super) fn alter_extension(statement: &ast::AlterExtension) -> Option<Vec<Operation>> {
    let extension = name(&statement.extension_ref()?)?;
    match statement.action()? {
        ast::AlterExtensionAction::AlterExtensionUpdate(_) => {
            Some(vec![touch(ObjectKind::Extension, extension)])
        }
        ast::AlterExtensionAction::AlterExtensionAdd(_)
        | ast::AlterExtensionAction::AlterExtensionDrop(_)
        | ast::AlterExtensionAction::SetSchema(_) => None,
    }
}

/// `DROP EXTENSION`.
pub(super) fn drop_extension(statement: &ast::DropExtension) -> Option<Vec<Operation>> {
    Some(vec![Operation::DropExtension {
        names: all(statement.extension_refs().map(|extension| name(&extension)))?,
        if_exists: statement.if_exists().is_some(),
        cascade: is_cascade(statement.drop_behavior().as_ref()),
    }])
}

fn touch(kind: ObjectKind, name: migrate_core::Name) -> Operation {
    Operation::Touch { objects: vec![(kind, migrate_core::ObjectName::bare(name), None)], if_exists: false }
}
