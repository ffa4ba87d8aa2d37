//! `SET`, `RESET`: the schemas in which names are looked up.

use migrate_core::{Name, operation::Operation};
use squawk_syntax::ast::{self, AstNode};

use super::{
    name::{folded, name},
    reading::path_in_text,
    written::written,
};

/// `SET`. Other settings change no schema.
pub(super) fn set(statement: &ast::Set) -> Option<Vec<Operation>> {
    match statement.set_target()? {
        ast::SetTarget::SetConfig(config) => {
            let setting = written(config.config_parameter_ref()?.syntax());
            if !setting.eq_ignore_ascii_case("search_path") {
                return Some(Vec::new());
            }
            match config.config_assignment()? {
                ast::ConfigAssignment::ToConfigValue(values) => Some(vec![Operation::SetPath(path(&values))]),
                ast::ConfigAssignment::FromCurrent(_) => Some(Vec::new()),
            }
        }
        ast::SetTarget::SetSchemaValue(schema) => {
            let schema = folded(&schema.literal()?.string_value()?)?;
            Some(vec![Operation::SetPath(Some(vec![schema]))])
        }
        ast::SetTarget::SetCatalog(_) | ast::SetTarget::SetTimeZone(_) | ast::SetTarget::SetXmlOption(_) => {
            Some(Vec::new())
        }
    }
}

/// `RESET`.
pub(super) fn reset(statement: &ast::Reset) -> Option<Vec<Operation>> {
    Some(match statement.reset_target()? {
        ast::ResetTarget::All(_) => vec![Operation::SetPath(None)],
        ast::ResetTarget::ConfigParameterRef(setting)
            if written(setting.syntax()).eq_ignore_ascii_case("search_path") =>
        {
            vec![Operation::SetPath(None)]
        }
        _ => Vec::new(),
    })
}

/// `None` for `DEFAULT`. Who runs the migrations is not known, so that their own schema is none of them.
fn path(values: &ast::ToConfigValue) -> Option<Vec<Name>> {
    if values.default_token().is_some() {
        return None;
    }
    let mut path = Vec::new();
    let values: Vec<_> = values.config_values().collect();
    for value in &values {
        match value {
            ast::ConfigValue::ConfigValueName(schema) => path.extend(name(schema)),
            // A text by itself may be empty, and is one name all the same.
            ast::ConfigValue::Literal(text) if values.len() > 1 => {
                path.extend(text.string_value().and_then(|text| folded(&text)));
            }
            ast::ConfigValue::Literal(text) => {
                path.extend(
                    text.string_value().into_iter().flat_map(|text| path_in_text(&format!("\"{text}\""))),
                );
            }
            ast::ConfigValue::PrefixExpr(_) => {}
        }
    }
    path.retain(|schema| schema.as_str() != "$user");
    Some(path)
}
