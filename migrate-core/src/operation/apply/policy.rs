use super::Outcome;
use crate::{
    operation::{AlterPolicy, CreatePolicy, DropPolicy, RenamePolicy},
    schema::{Origin, Schema},
};

impl Schema {
    pub(super) fn create_policy(&mut self, operation: &CreatePolicy, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn alter_policy(&mut self, operation: &AlterPolicy, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn drop_policy(&mut self, operation: &DropPolicy, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn rename_policy(&mut self, operation: &RenamePolicy, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }
}
