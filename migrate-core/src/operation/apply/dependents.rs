use crate::schema::{Object, Origin, Schema};

impl Schema {
    /// What keeps the database from dropping `object` without `CASCADE`: not what goes along by itself.
    pub(super) fn dependents(&self, object: &Object) -> Vec<(Object, Origin)> {
        let _ = object;
        Vec::new()
    }
}
