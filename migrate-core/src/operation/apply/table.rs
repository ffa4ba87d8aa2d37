use super::Outcome;
use crate::{
    operation::{AlterTable, CreateTable, DropTable},
    schema::{Origin, Schema},
};

impl Schema {
    pub(super) fn create_table(&mut self, operation: &CreateTable, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn drop_table(&mut self, operation: &DropTable, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn alter_table(&mut self, operation: &AlterTable, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }
}
