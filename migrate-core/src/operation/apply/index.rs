use super::Outcome;
use crate::{
    operation::{CreateIndex, DropIndex},
    schema::{Origin, Schema},
};

impl Schema {
    pub(super) fn create_index(&mut self, operation: &CreateIndex, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn drop_index(&mut self, operation: &DropIndex, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }
}
