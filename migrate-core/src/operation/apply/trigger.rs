use super::Outcome;
use crate::{
    operation::{CreateTrigger, DropTrigger, EnableTrigger, RenameTrigger},
    schema::{Origin, Schema},
};

impl Schema {
    pub(super) fn create_trigger(&mut self, operation: &CreateTrigger, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn drop_trigger(&mut self, operation: &DropTrigger, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn rename_trigger(&mut self, operation: &RenameTrigger, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn enable_trigger(&mut self, operation: &EnableTrigger, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }
}
