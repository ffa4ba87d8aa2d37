use super::Outcome;
use crate::{
    operation::{CreateView, DropView},
    schema::{Origin, Schema},
};

impl Schema {
    pub(super) fn create_view(&mut self, operation: &CreateView, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }

    pub(super) fn drop_view(&mut self, operation: &DropView, origin: Origin) -> Outcome {
        let _ = (operation, origin);
        Ok(Vec::new())
    }
}
