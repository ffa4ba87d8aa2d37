use super::Outcome;
use crate::{
    operation::{AddColumn, AlterColumn, DropColumn, RenameColumn},
    schema::{Origin, Schema},
};

impl Schema {
    pub(super) fn add_column(&mut self, operation: &AddColumn, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn drop_column(&mut self, operation: &DropColumn, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn rename_column(&mut self, operation: &RenameColumn, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn alter_column(&mut self, operation: &AlterColumn, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }
}
