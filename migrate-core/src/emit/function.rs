use super::spelling::{Spelling, list, when};
use crate::{
    operation::{AlterFunction, CreateFunction, DropFunction, FunctionChange, FunctionName},
    schema::{Argument, ArgumentMode, FunctionKind},
};

impl Spelling {
    /// `None` where the body is none that a string could hold.
    pub(super) fn create_function(self, operation: &CreateFunction) -> Option<String> {
        let function = &operation.function;
        let body = function.body.as_ref().filter(|_| function.kind != FunctionKind::Aggregate)?;
        let arguments = list(function.arguments.iter().map(|argument| self.argument(argument)));
        let mut text = format!(
            "CREATE {}{} {}({arguments})",
            when(operation.or_replace, "OR REPLACE "),
            function_kind(Some(function.kind)),
            self.object(&operation.name)
        );
        if let Some(returns) = &function.returns {
            text = format!("{text} RETURNS {returns}");
        }
        text = format!("{text} LANGUAGE {}", self.name(&function.language));
        for option in &function.options {
            text = format!("{text} {option}");
        }
        Some(format!("{text} AS {}", dollars(body)))
    }

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

    pub(super) fn alter_function(self, operation: &AlterFunction) -> Option<String> {
        let change = match &operation.change {
            FunctionChange::Rename(to) => format!("RENAME TO {}", self.name(to)),
            FunctionChange::Move(to) => format!("SET SCHEMA {}", self.name(to)),
            FunctionChange::Options(options) => options.join(" "),
            FunctionChange::Nothing => return None,
        };
        let kind = function_kind(operation.kind);
        Some(format!("ALTER {kind} {} {change}", self.function_name(&operation.function)))
    }

    pub(super) fn drop_function(self, operation: &DropFunction) -> String {
        let DropFunction { functions, kind, if_exists, cascade } = operation;
        let names = list(functions.iter().map(|function| self.function_name(function)));
        self.drop(function_kind(*kind), &names, *if_exists, *cascade)
    }

    fn function_name(self, function: &FunctionName) -> String {
        let arguments = function.arguments.as_ref().map(|arguments| {
            format!("({})", list(arguments.iter().map(|argument| self.data_type(argument))))
        });
        format!("{}{}", self.object(&function.name), arguments.unwrap_or_default())
    }
}

const fn function_kind(kind: Option<FunctionKind>) -> &'static str {
    match kind {
        Some(FunctionKind::Function) => "FUNCTION",
        Some(FunctionKind::Procedure) => "PROCEDURE",
        Some(FunctionKind::Aggregate) => "AGGREGATE",
        None => "ROUTINE",
    }
}

/// A text between dollars, with a tag that it does not contain.
fn dollars(text: &str) -> String {
    let mut tag = "$$".to_owned();
    let mut number = 0;
    // A dollar at the end would become part of the tag.
    while text.contains(&tag) || (text.ends_with('$') && number == 0) {
        number += 1;
        tag = format!("$body{number}$");
    }
    format!("{tag}{text}{tag}")
}
