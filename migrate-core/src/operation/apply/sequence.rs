use super::Outcome;
use crate::{
    operation::{AlterSequence, CreateSequence, DropSequence},
    schema::{Origin, Schema},
};

impl Schema {
    pub(super) fn create_sequence(&mut self, operation: &CreateSequence, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn alter_sequence(&mut self, operation: &AlterSequence, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn drop_sequence(&mut self, operation: &DropSequence, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }
}
