use super::Outcome;
use crate::{
    operation::{MoveRelation, RenameRelation},
    schema::{Origin, Schema},
};

impl Schema {
    pub(super) fn rename_relation(&mut self, operation: &RenameRelation, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn move_relation(&mut self, operation: &MoveRelation, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }
}
