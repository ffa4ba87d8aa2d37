use super::Outcome;
use crate::{
    operation::{AlterFunction, CreateFunction, DropFunction},
    schema::{Origin, Schema},
};

impl Schema {
    pub(super) fn create_function(&mut self, operation: &CreateFunction, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn alter_function(&mut self, operation: &AlterFunction, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn drop_function(&mut self, operation: &DropFunction, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }
}
