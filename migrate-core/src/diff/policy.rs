use super::{
    phase::Phase,
    plan::{Plan, named, sides},
};
use crate::{
    Name, QualifiedName,
    compare::Change,
    operation::{CreatePolicy, DropPolicy, Operation},
    schema::Policy,
};

impl Plan<'_> {
    pub(super) fn mend_policy(&mut self, table: &QualifiedName, name: &Name, change: &Change) {
        let (drop, create) = sides(change);
        if drop {
            let drop = DropPolicy { name: name.clone(), table: named(table), if_exists: false };
            self.add_once(Phase::DropPolicy, Operation::DropPolicy(drop));
        }
        let wanted = self.to.tables.get(table).and_then(|table| table.policies.get(name));
        if let Some(wanted) = wanted.filter(|_| create) {
            self.create_policy(table, name, wanted);
        }
    }

    pub(super) fn create_policy(&mut self, table: &QualifiedName, name: &Name, policy: &Policy) {
        let create = CreatePolicy { name: name.clone(), table: named(table), policy: policy.clone() };
        self.add_once(Phase::CreatePolicy, Operation::CreatePolicy(Box::new(create)));
    }
}
