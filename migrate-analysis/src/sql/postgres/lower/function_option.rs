//! What is said of a function apart from its arguments, its result and its body.

use squawk_syntax::ast::{self, AstNode};

use super::{
    name::{existing, identifier},
    written::written,
};

/// One option, in words; `None` for language and body, which are no options.
pub(super) fn option(option: &ast::FuncOption) -> Option<String> {
    Some(match option {
        ast::FuncOption::AsFuncOption(_) | ast::FuncOption::LanguageFuncOption(_) => return None,
        ast::FuncOption::CalledOnNullInputFuncOption(_) => "CALLED ON NULL INPUT".to_owned(),
        ast::FuncOption::ReturnsNullOnNullInputFuncOption(_) | ast::FuncOption::StrictFuncOption(_) => {
            "STRICT".to_owned()
        }
        ast::FuncOption::CostFuncOption(cost) => format!("COST {}", written(cost.literal()?.syntax())),
        ast::FuncOption::RowsFuncOption(rows) => format!("ROWS {}", written(rows.literal()?.syntax())),
        ast::FuncOption::LeakproofFuncOption(_) => "LEAKPROOF".to_owned(),
        ast::FuncOption::NotLeakproofFuncOption(_) => "NOT LEAKPROOF".to_owned(),
        ast::FuncOption::SecurityDefinerFuncOption(_) => "SECURITY DEFINER".to_owned(),
        ast::FuncOption::SecurityInvokerFuncOption(_) => "SECURITY INVOKER".to_owned(),
        ast::FuncOption::WindowFuncOption(_) => "WINDOW".to_owned(),
        ast::FuncOption::ParallelFuncOption(_)
        | ast::FuncOption::VolatilityFuncOption(_)
        | ast::FuncOption::TransformFuncOption(_) => written(option.syntax()).to_ascii_uppercase(),
        ast::FuncOption::SupportFuncOption(support) => {
            format!("SUPPORT {}", existing(&support.function_name_ref()?)?)
        }
        ast::FuncOption::ResetFuncOption(reset) => match reset.config_parameter_ref() {
            Some(parameter) => format!("RESET {}", parameter_name(&parameter)),
            None => "RESET ALL".to_owned(),
        },
        ast::FuncOption::SetFuncOption(set) => setting(&set.set_config_param()?)?,
    })
}

/// Whether it says no more than what holds by itself.
pub(super) fn is_default(option: &str) -> bool {
    matches!(
        option,
        "CALLED ON NULL INPUT"
            | "NOT LEAKPROOF"
            | "SECURITY INVOKER"
            | "VOLATILE"
            | "PARALLEL UNSAFE"
            | "COST 100"
            | "ROWS 1000"
    )
}

/// `SET a TO b`, with the value as the catalog keeps it.
fn setting(set: &ast::SetConfigParam) -> Option<String> {
    let parameter = parameter_name(&set.config_parameter_ref()?);
    match set.config_assignment()? {
        ast::ConfigAssignment::FromCurrent(_) => Some(format!("SET {parameter} FROM CURRENT")),
        ast::ConfigAssignment::ToConfigValue(values) if values.default_token().is_some() => None,
        ast::ConfigAssignment::ToConfigValue(values) => {
            let is_list = matches!(parameter.as_str(), "search_path" | "temp_tablespaces");
            let values: Vec<_> = values.config_values().map(|value| one_value(&value, is_list)).collect();
            Some(format!("SET {parameter} TO {}", values.join(", ")))
        }
    }
}

fn one_value(value: &ast::ConfigValue, is_name: bool) -> String {
    let text = match value {
        ast::ConfigValue::ConfigValueName(name) => {
            identifier(name.syntax()).map(|name| name.as_str().to_owned()).unwrap_or_default()
        }
        ast::ConfigValue::Literal(literal) => literal
            .string_value()
            .filter(|text| !text.is_empty() || is_name)
            .unwrap_or_else(|| written(literal.syntax())),
        ast::ConfigValue::PrefixExpr(number) => written(number.syntax()),
    };
    let is_plain = !text.is_empty()
        && !text.starts_with(|first: char| first.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if is_name && !is_plain { format!("\"{text}\"") } else { text }
}

fn parameter_name(parameter: &ast::ConfigParameterRef) -> String {
    written(parameter.syntax()).to_ascii_lowercase()
}
