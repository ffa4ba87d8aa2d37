use super::{Outcome, lookup::Lookup};
use crate::{
    Name, ObjectName, QualifiedName,
    operation::{AlterPolicy, CreatePolicy, DropPolicy, Notice, Refusal, RenamePolicy},
    schema::{Expression, Fate, Object, Origin, Policy, Relation, Schema},
};

impl Schema {
    pub(super) fn create_policy(&mut self, operation: &CreatePolicy, origin: Origin) -> Outcome {
        let Lookup::Found(owner) = self.policy_owner(&operation.table)? else { return Ok(Vec::new()) };
        if let Some(there) = self.policy(&owner, &operation.name)
            && !self.unknown.contains(&operation.name)
        {
            let object = Object::Policy(owner, operation.name.clone());
            return Err(Box::new(Refusal::Duplicate { object, made: there.made }));
        }
        let policy = Policy {
            using: self.checked(operation.policy.using.as_ref(), &owner)?,
            check: self.checked(operation.policy.check.as_ref(), &owner)?,
            made: origin,
            ..operation.policy.clone()
        };
        if let Some(table) = self.table_mut(&owner) {
            table.policies.insert(operation.name.clone(), policy);
        }
        Ok(Vec::new())
    }

    /// An expression of a policy, with what it names looked up.
    fn checked(
        &self,
        expression: Option<&Expression>,
        owner: &QualifiedName,
    ) -> Result<Option<Expression>, Box<Refusal>> {
        let Some(mut expression) = expression.cloned() else { return Ok(None) };
        self.check_names(&expression.names, Some(owner))?;
        self.bind_expression(&mut expression);
        Ok(Some(expression))
    }

    /// The table that a policy is, or would be, a part of.
    fn policy_owner(&self, name: &ObjectName) -> Result<Lookup<QualifiedName>, Box<Refusal>> {
        match self.relation(name) {
            Lookup::Found((found, Relation::Table)) => Ok(Lookup::Found(found)),
            Lookup::Found((found, _)) => {
                let (object, made) = self.object_of(&found);
                Err(Box::new(Refusal::WrongKind { object, wanted: "table", made }))
            }
            Lookup::Missing => Err(self.missing(Object::Table(self.new_name(name)))),
            Lookup::Unknown => Ok(Lookup::Unknown),
        }
    }

    fn policy(&self, owner: &QualifiedName, name: &Name) -> Option<&Policy> {
        self.tables.get(owner)?.policies.get(name)
    }

    /// A policy that has to be there.
    fn policy_to_change(
        &self,
        table: &ObjectName,
        name: &Name,
    ) -> Result<Lookup<QualifiedName>, Box<Refusal>> {
        let Lookup::Found(owner) = self.policy_owner(table)? else { return Ok(Lookup::Unknown) };
        if self.policy(&owner, name).is_some() {
            return Ok(Lookup::Found(owner));
        }
        if self.unknown.contains(name) || self.tables.get(&owner).is_some_and(|table| !table.known) {
            return Ok(Lookup::Unknown);
        }
        Err(self.missing(Object::Policy(owner, name.clone())))
    }

    pub(super) fn alter_policy(&mut self, operation: &AlterPolicy, _origin: Origin) -> Outcome {
        let Lookup::Found(owner) = self.policy_to_change(&operation.table, &operation.name)? else {
            return Ok(Vec::new());
        };
        let using = self.checked(operation.using.as_ref(), &owner)?;
        let check = self.checked(operation.check.as_ref(), &owner)?;
        if let Some(policy) = self.table_mut(&owner).and_then(|table| table.policies.get_mut(&operation.name))
        {
            policy.using = using.or_else(|| policy.using.take());
            policy.check = check.or_else(|| policy.check.take());
            if let Some(roles) = &operation.roles {
                policy.roles.clone_from(roles);
            }
        }
        Ok(Vec::new())
    }

    pub(super) fn drop_policy(&mut self, operation: &DropPolicy, origin: Origin) -> Outcome {
        match self.policy_to_change(&operation.table, &operation.name) {
            Ok(Lookup::Found(owner)) => self.remove_policy(&owner, &operation.name, origin),
            Ok(Lookup::Missing | Lookup::Unknown) => {}
            Err(refusal) => match *refusal {
                Refusal::Unknown { object, .. } if operation.if_exists => {
                    return Ok(vec![Notice::NotThere { object }]);
                }
                // What can have no policies has none of this name.
                Refusal::WrongKind { .. } if operation.if_exists => {}
                _ => return Err(refusal),
            },
        }
        Ok(Vec::new())
    }

    pub(super) fn rename_policy(&mut self, operation: &RenamePolicy, origin: Origin) -> Outcome {
        let RenamePolicy { name, table, to } = operation;
        let Lookup::Found(owner) = self.policy_to_change(table, name)? else { return Ok(Vec::new()) };
        if let Some(there) = self.policy(&owner, to) {
            let object = Object::Policy(owner, to.clone());
            return Err(Box::new(Refusal::Duplicate { object, made: there.made }));
        }
        if let Some(table) = self.table_mut(&owner)
            && let Some(policy) = table.policies.remove(name)
        {
            table.policies.insert(to.clone(), policy);
        }
        let fate = Fate::Renamed { to: to.to_string(), by: origin };
        self.past.note(Object::Policy(owner, name.clone()), fate);
        Ok(Vec::new())
    }

    /// Takes a policy away from its table.
    pub(super) fn remove_policy(&mut self, owner: &QualifiedName, name: &Name, origin: Origin) {
        if let Some(table) = self.table_mut(owner) {
            table.policies.remove(name);
        }
        self.past.note(Object::Policy(owner.clone(), name.clone()), Fate::Dropped(origin));
    }
}
