use super::{
    phase::Phase,
    plan::{Plan, sides},
};
use crate::{Name, compare::Change, operation::Operation};

impl Plan<'_> {
    pub(super) fn mend_schema(&mut self, name: &Name, change: &Change) {
        match sides(change) {
            (true, _) => {
                let drop =
                    Operation::DropSchema { names: vec![name.clone()], if_exists: false, cascade: false };
                self.add(Phase::DropSchema, drop);
            }
            (_, true) => {
                let create = Operation::CreateSchema { name: name.clone(), if_not_exists: false };
                self.add(Phase::CreateSchema, create);
            }
            _ => {}
        }
    }

    pub(super) fn mend_extension(&mut self, name: &Name, change: &Change) {
        let (drop, create) = sides(change);
        if drop {
            let drop =
                Operation::DropExtension { names: vec![name.clone()], if_exists: false, cascade: false };
            self.add(Phase::DropExtension, drop);
        }
        if let Some(extension) = self.to.extensions.get(name).filter(|_| create) {
            let schema = extension.schema.clone();
            let create = Operation::CreateExtension { name: name.clone(), schema, if_not_exists: false };
            self.add(Phase::CreateExtension, create);
        }
    }
}
