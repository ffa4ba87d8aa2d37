use migrate_core::{
    operation::{CreateType, DropType, Operation, TypeChange},
    schema::{Domain, UserTypeKind},
};
use squawk_syntax::ast;

use super::{
    clause::{all, is_cascade},
    column::{collation, default},
    constraint::constraint,
    data_type::data_type,
    expression::expression,
    name::{existing, name, new_object},
    user_type::altered,
};

/// `CREATE DOMAIN`.
pub(super) fn create_domain(statement: &ast::CreateDomain) -> Option<Vec<Operation>> {
    let base = data_type(&statement.ty()?)?;
    let mut domain = Domain { base, not_null: false, default: None, collation: None, checks: Vec::new() };
    for qualifier in statement.domain_qualifiers() {
        match qualifier {
            ast::DomainQualifier::Collate(collate) => domain.collation = collation(&collate),
            ast::DomainQualifier::Constraint(ast::Constraint::DefaultConstraint(clause)) => {
                domain.default = default(&clause.expr()?);
            }
            ast::DomainQualifier::Constraint(ast::Constraint::NotNullConstraint(_)) => domain.not_null = true,
            ast::DomainQualifier::Constraint(ast::Constraint::NullConstraint(_)) => {}
            ast::DomainQualifier::Constraint(check @ ast::Constraint::CheckConstraint(_)) => {
                domain.checks.push(constraint(&check, None)?.of_new_table());
            }
            ast::DomainQualifier::Constraint(_) => return None,
        }
    }
    let kind = UserTypeKind::Domain(Box::new(domain));
    let name = new_object(&statement.domain()?.path()?)?;
    Some(vec![Operation::CreateType(Box::new(CreateType { name, kind }))])
}

/// `ALTER DOMAIN`.
pub(super) fn alter_domain(statement: &ast::AlterDomain) -> Option<Vec<Operation>> {
    let change = match statement.action()? {
        ast::AlterDomainAction::AddConstraint(action) => match action.constraint()? {
            ast::Constraint::NotNullConstraint(_) => TypeChange::NotNull(true),
            check => TypeChange::AddCheck(constraint(&check, None)?.constraint),
        },
        ast::AlterDomainAction::DropConstraint(action) => TypeChange::DropCheck {
            name: existing(&action.constraint_name_ref()?)?.name,
            if_exists: action.if_exists().is_some(),
        },
        ast::AlterDomainAction::RenameConstraint(action) => TypeChange::RenameCheck {
            name: existing(&action.constraint_name_ref()?)?.name,
            to: name(&action.constraint_name()?)?,
        },
        ast::AlterDomainAction::ValidateConstraint(action) => {
            TypeChange::ValidateCheck(existing(&action.constraint_name_ref()?)?.name)
        }
        ast::AlterDomainAction::DomainRenameTo(action) => {
            TypeChange::Rename(new_object(&action.domain()?.path()?)?.name)
        }
        ast::AlterDomainAction::SetSchema(action) => TypeChange::Move(name(&action.schema_ref()?)?),
        ast::AlterDomainAction::SetDefault(action) => TypeChange::Default(Some(expression(&action.expr()?))),
        ast::AlterDomainAction::DropDefault(_) => TypeChange::Default(None),
        ast::AlterDomainAction::SetNotNull(_) => TypeChange::NotNull(true),
        ast::AlterDomainAction::DropNotNull(_) => TypeChange::NotNull(false),
        ast::AlterDomainAction::OwnerTo(_) => TypeChange::Nothing,
    };
    Some(altered(&existing(&statement.domain_ref()?)?, vec![change]))
}

/// `DROP DOMAIN`.
pub(super) fn drop_domain(statement: &ast::DropDomain) -> Option<Vec<Operation>> {
    Some(vec![Operation::DropType(DropType {
        names: all(statement.domain_refs().map(|name| existing(&name)))?,
        domain: true,
        if_exists: statement.if_exists().is_some(),
        cascade: is_cascade(statement.drop_behavior().as_ref()),
    })])
}
