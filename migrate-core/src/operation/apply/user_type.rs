use super::Outcome;
use crate::{
    operation::{AlterType, CreateType, DropType},
    schema::{Origin, Schema},
};

impl Schema {
    pub(super) fn create_type(&mut self, operation: &CreateType, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn alter_type(&mut self, operation: &AlterType, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn drop_type(&mut self, operation: &DropType, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }
}
