use super::spelling::Spelling;
use crate::schema::{Argument, ArgumentMode};

impl Spelling {
    /// An argument of a function.
    pub(crate) fn argument(self, argument: &Argument) -> String {
        let mode = match argument.mode {
            ArgumentMode::In => "",
            ArgumentMode::Out => "OUT ",
            ArgumentMode::InOut => "INOUT ",
            ArgumentMode::Variadic => "VARIADIC ",
        };
        let name = argument.name.as_ref().map(|name| format!("{} ", self.name(name))).unwrap_or_default();
        let default = argument.default.as_ref().map(|sql| format!(" DEFAULT {sql}")).unwrap_or_default();
        format!("{mode}{name}{}{default}", self.data_type(&argument.data_type))
    }
}
