use migrate_core::operation::Operation;
use squawk_syntax::ast::{AstNode, Stmt};

use super::{
    alter_table::{alter_foreign_table, alter_table},
    domain::{alter_domain, create_domain, drop_domain},
    index::{create_index, drop_index},
    maintenance::maintenance,
    object::lower_object,
    opaque::opaque,
    relation::{alter_index, alter_materialized_view, alter_view},
    sequence::{alter_sequence, create_sequence, drop_sequence},
    table::{
        create_foreign_table, create_table, create_table_as, drop_foreign_table, drop_table, select_into,
    },
    user_type::{alter_type, create_type, drop_type},
};
use crate::sql::lowered::OpaqueReason;

/// What a statement does, or why that cannot be told.
pub(super) fn lower_statement(statement: &Stmt) -> Result<Vec<Operation>, OpaqueReason> {
    let operations = match statement {
        Stmt::AlterDomain(statement) => alter_domain(statement),
        Stmt::AlterForeignTable(statement) => alter_foreign_table(statement),
        Stmt::AlterIndex(statement) => alter_index(statement),
        Stmt::AlterMaterializedView(statement) => alter_materialized_view(statement),
        Stmt::AlterSequence(statement) => alter_sequence(statement),
        Stmt::AlterTable(statement) => alter_table(statement),
        Stmt::AlterType(statement) => alter_type(statement),
        Stmt::AlterView(statement) => alter_view(statement),
        // Which conversions of its types are refused cannot be told any more.
        Stmt::CreateCast(statement) => Some(vec![opaque(&statement.syntax().to_string())]),
        Stmt::CreateDomain(statement) => create_domain(statement),
        Stmt::CreateForeignTable(statement) => create_foreign_table(statement),
        Stmt::CreateIndex(statement) => create_index(statement),
        Stmt::CreateSequence(statement) => create_sequence(statement),
        Stmt::CreateTable(statement) => create_table(statement),
        Stmt::CreateTableAs(statement) => create_table_as(statement),
        Stmt::CreateType(statement) => create_type(statement),
        Stmt::DropDomain(statement) => drop_domain(statement),
        Stmt::DropForeignTable(statement) => drop_foreign_table(statement),
        Stmt::DropIndex(statement) => drop_index(statement),
        Stmt::DropSequence(statement) => drop_sequence(statement),
        Stmt::DropTable(statement) => drop_table(statement),
        Stmt::DropType(statement) => drop_type(statement),
        Stmt::SelectInto(statement) => select_into(statement),
        _ => maintenance(statement).or_else(|| lower_object(statement)),
    };
    operations.ok_or_else(|| reason(statement))
}

fn reason(statement: &Stmt) -> OpaqueReason {
    match statement {
        Stmt::Do(_) | Stmt::Call(_) | Stmt::Execute(_) | Stmt::Select(_) => OpaqueReason::Code,
        _ => OpaqueReason::NoOperation,
    }
}
