use super::Outcome;
use crate::{
    operation::{AddConstraint, AlterConstraint, DropConstraint, RenameConstraint},
    schema::{Origin, Schema},
};

impl Schema {
    pub(super) fn add_constraint(&mut self, operation: &AddConstraint, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn drop_constraint(&mut self, operation: &DropConstraint, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn rename_constraint(&mut self, operation: &RenameConstraint, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn alter_constraint(&mut self, operation: &AlterConstraint, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }
}
