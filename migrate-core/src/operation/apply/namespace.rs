use super::Outcome;
use crate::{
    Name,
    schema::{Origin, Schema},
};

impl Schema {
    pub(super) fn create_extension(
        &mut self,
        name: &Name,
        schema: Option<&Name>,
        if_not_exists: bool,
        origin: Origin,
    ) -> Outcome {
        let _ = (name, schema, if_not_exists, origin);
        Ok(Vec::new())
    }

    pub(super) fn drop_extensions(
        &mut self,
        names: &[Name],
        if_exists: bool,
        cascade: bool,
        origin: Origin,
    ) -> Outcome {
        let _ = (names, if_exists, cascade, origin);
        Ok(Vec::new())
    }

    pub(super) fn create_schema(&mut self, name: &Name, if_not_exists: bool, origin: Origin) -> Outcome {
        let _ = (name, if_not_exists, origin);
        Ok(Vec::new())
    }

    pub(super) fn drop_schemas(
        &mut self,
        names: &[Name],
        if_exists: bool,
        cascade: bool,
        origin: Origin,
    ) -> Outcome {
        let _ = (names, if_exists, cascade, origin);
        Ok(Vec::new())
    }

    pub(super) fn rename_schema(&mut self, name: &Name, to: &Name, origin: Origin) -> Outcome {
        let _ = (name, to, origin);
        Ok(Vec::new())
    }

    pub(super) fn set_path(&mut self, path: Option<&[Name]>) -> Outcome {
        let _ = path;
        Ok(Vec::new())
    }

    pub(super) fn set_legacy_rename(&mut self, legacy: bool) -> Outcome {
        self.legacy_rename = legacy;
        Ok(Vec::new())
    }
}
