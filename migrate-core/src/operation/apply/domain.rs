use std::sync::Arc;

use super::Outcome;
use crate::{
    Name, QualifiedName,
    operation::{Notice, Refusal, TypeChange},
    schema::{Constraint, ConstraintKind, Domain, Object, Origin, Schema, UserTypeKind},
};

impl Schema {
    /// Changes a domain.
    pub(super) fn alter_domain(
        &self,
        name: &QualifiedName,
        domain: &mut Domain,
        made: Origin,
        change: &TypeChange,
    ) -> Outcome {
        let place = |checks: &[Constraint], wanted: &Name| {
            checks.iter().position(|check| check.name.as_ref() == Some(wanted))
        };
        let missing = |check: &Name| self.missing(Object::Constraint(name.clone(), check.clone()));
        match change {
            TypeChange::Default(default) => {
                domain.default.clone_from(default);
                if let Some(default) = &mut domain.default {
                    self.bind_expression(default);
                }
            }
            TypeChange::NotNull(not_null) => domain.not_null = *not_null,
            TypeChange::AddCheck(check) => {
                if let Some(wanted) = &check.name
                    && place(&domain.checks, wanted).is_some()
                {
                    let object = Object::Constraint(name.clone(), wanted.clone());
                    return Err(Box::new(Refusal::Duplicate { object, made }));
                }
                let check = self.completed_check(check.clone(), name, &domain.checks)?;
                domain.checks.push(check);
            }
            TypeChange::DropCheck { name: check, if_exists } => match place(&domain.checks, check) {
                Some(at) => {
                    domain.checks.remove(at);
                }
                None if *if_exists => {
                    let object = Object::Constraint(name.clone(), check.clone());
                    return Ok(vec![Notice::NotThere { object }]);
                }
                None => return Err(missing(check)),
            },
            TypeChange::RenameCheck { name: check, to } => match place(&domain.checks, check) {
                Some(at) => {
                    for known in domain.checks.iter_mut().skip(at).take(1) {
                        known.name = Some(to.clone());
                        known.named_by_database = false;
                    }
                }
                None => return Err(missing(check)),
            },
            TypeChange::ValidateCheck(check) => match place(&domain.checks, check) {
                Some(at) => {
                    for known in domain.checks.iter_mut().skip(at).take(1) {
                        known.validated = true;
                    }
                }
                None => return Err(missing(check)),
            },
            _ => {}
        }
        Ok(Vec::new())
    }

    /// A check of a domain with its name and with what it names looked up.
    pub(super) fn completed_check(
        &self,
        mut check: Constraint,
        domain: &QualifiedName,
        others: &[Constraint],
    ) -> Result<Constraint, Box<Refusal>> {
        if check.name.is_none() {
            check.name = Some(self.new_check_name(domain, others));
            check.named_by_database = true;
        }
        if let ConstraintKind::Check { expression, .. } = &mut check.kind {
            self.bind_expression(expression);
        }
        Ok(check)
    }

    /// Takes a check away from a domain.
    pub(super) fn remove_check(&mut self, domain: &QualifiedName, check: &Name) {
        if let Some(user_type) = self.types.get_mut(domain)
            && let UserTypeKind::Domain(domain) = &mut Arc::make_mut(user_type).kind
        {
            domain.checks.retain(|known| known.name.as_ref() != Some(check));
        }
    }
}
