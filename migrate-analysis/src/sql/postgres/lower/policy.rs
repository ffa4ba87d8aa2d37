use migrate_core::{
    Name,
    operation::{AlterPolicy, CreatePolicy, DropPolicy, Operation, RenamePolicy},
    schema::{Expression, Origin, Policy, PolicyCommand},
};
use squawk_syntax::ast::{self, AstNode};

use super::{
    clause::all,
    expression::expression,
    name::{existing, folded, name},
    written::written,
};

/// `CREATE POLICY`.
pub(super) fn create_policy(statement: &ast::CreatePolicy) -> Option<Vec<Operation>> {
    let kind = statement.as_policy_type().map(|kind| written(kind.syntax()).to_ascii_lowercase());
    let policy = Policy {
        permissive: !kind.is_some_and(|kind| kind.ends_with("restrictive")),
        command: match statement.policy_command().and_then(|command| command.command()) {
            None | Some(ast::PolicyCommandKind::PolicyCommandAll(_)) => PolicyCommand::All,
            Some(ast::PolicyCommandKind::PolicyCommandSelect(_)) => PolicyCommand::Select,
            Some(ast::PolicyCommandKind::PolicyCommandInsert(_)) => PolicyCommand::Insert,
            Some(ast::PolicyCommandKind::PolicyCommandUpdate(_)) => PolicyCommand::Update,
            Some(ast::PolicyCommandKind::PolicyCommandDelete(_)) => PolicyCommand::Delete,
        },
        roles: roles(statement.policy_roles())?.unwrap_or_default(),
        using: condition(statement.using_expr_clause().map(|clause| clause.expr()))?,
        check: condition(statement.with_check_expr_clause().map(|clause| clause.expr()))?,
        made: Origin::default(),
    };
    Some(vec![Operation::CreatePolicy(Box::new(CreatePolicy {
        name: name(&statement.policy()?)?,
        table: existing(&statement.on_table()?.table_name_ref()?)?,
        policy,
    }))])
}

/// `ALTER POLICY`.
pub(super) fn alter_policy(statement: &ast::AlterPolicy) -> Option<Vec<Operation>> {
    let policy = name(&statement.policy_ref()?)?;
    let table = existing(&statement.on_table()?.table_name_ref()?)?;
    Some(vec![match statement.action()? {
        ast::AlterPolicyAction::PolicyRenameTo(rename) => {
            Operation::RenamePolicy(RenamePolicy { name: policy, table, to: name(&rename.policy()?)? })
        }
        ast::AlterPolicyAction::AlterPolicyTo(change) => Operation::AlterPolicy(Box::new(AlterPolicy {
            name: policy,
            table,
            roles: roles(change.policy_roles())?,
            using: condition(change.using_expr_clause().map(|clause| clause.expr()))?,
            check: condition(change.with_check_expr_clause().map(|clause| clause.expr()))?,
        })),
    }])
}

/// `DROP POLICY`.
pub(super) fn drop_policy(statement: &ast::DropPolicy) -> Option<Vec<Operation>> {
    Some(vec![Operation::DropPolicy(DropPolicy {
        name: name(&statement.policy_ref()?)?,
        table: existing(&statement.on_table()?.table_name_ref()?)?,
        if_exists: statement.if_exists().is_some(),
    })])
}

/// An outer `None` is a clause that could not be read, an inner one a clause that is not there.
fn condition(clause: Option<Option<ast::Expr>>) -> Option<Option<Expression>> {
    match clause {
        None => Some(None),
        Some(expr) => Some(Some(expression(&expr?))),
    }
}

/// The roles, none of them for `PUBLIC`.
fn roles(clause: Option<ast::PolicyRoles>) -> Option<Option<Vec<Name>>> {
    let Some(clause) = clause else { return Some(None) };
    let roles = all(clause.role_ref_list()?.role_refs().map(|role| match role.role_ref_value()? {
        ast::RoleRefValue::RoleNameRef(role) => name(&role),
        other => folded(&written(other.syntax()).to_ascii_lowercase()),
    }))?;
    Some(Some(if roles.iter().any(|role| role.as_str() == "public") { Vec::new() } else { roles }))
}
