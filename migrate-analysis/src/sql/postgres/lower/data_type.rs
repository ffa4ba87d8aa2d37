use migrate_core::{Name, ObjectName, schema::DataType};
use squawk_syntax::ast::{self, AstNode, is_quoted_name_node};

use super::{name::segments, written::written};

/// A type by the spelling that `format_type` shows. `None` where it cannot be told.
pub(super) fn data_type(ty: &ast::Type) -> Option<DataType> {
    match ty {
        ast::Type::ArrayType(array) => {
            let inner = array.ty()?;
            // The grammar nests them no deeper: one node holds all of the bounds.
            if matches!(inner, ast::Type::ArrayType(_)) {
                return None;
            }
            Some(DataType { array: true, ..data_type(&inner)? })
        }
        ast::Type::BitType(bit) => Some(with("bit", lengths(bit.arg_list(), &["1"]))),
        ast::Type::BitVaryingType(bit) => Some(with("bit varying", lengths(bit.arg_list(), &[]))),
        ast::Type::CharacterType(character) => Some(with("character", lengths(character.arg_list(), &["1"]))),
        ast::Type::VarcharType(varchar) => Some(with("character varying", lengths(varchar.arg_list(), &[]))),
        ast::Type::DoubleType(_) => Some(DataType::plain("double precision")),
        ast::Type::TimeType(time) => Some(zoned("time", time.timezone().as_ref(), time.literal())),
        ast::Type::TimestampType(time) => Some(zoned("timestamp", time.timezone().as_ref(), time.literal())),
        ast::Type::IntervalType(interval) => Some(with("interval", interval_modifiers(interval))),
        ast::Type::PathType(path) => named(path),
    }
}

/// The type of the numbers, where the type is one of the `serial` ones.
pub(super) fn serial(ty: &ast::Type) -> Option<DataType> {
    let ast::Type::PathType(path) = ty else { return None };
    let [name] = segments(&path.path_ref()?)?.try_into().ok()?;
    let base = match name.as_str() {
        "smallserial" | "serial2" => "smallint",
        "serial" | "serial4" => "integer",
        "bigserial" | "serial8" => "bigint",
        _ => return None,
    };
    Some(DataType::plain(base))
}

/// The built-in type of this name, as `format_type` calls it; the names that the grammar knows are left out where
/// they are quoted, for then they are ordinary names.
fn built_in(name: &str, quoted: bool) -> Option<&'static str> {
    Some(match name {
        "int2" => "smallint",
        "int4" => "integer",
        "int8" => "bigint",
        "float4" => "real",
        "float8" => "double precision",
        "bool" => "boolean",
        "varchar" => "character varying",
        "varbit" => "bit varying",
        "timestamptz" => "timestamp with time zone",
        "timestamp" => "timestamp without time zone",
        "timetz" => "time with time zone",
        "time" => "time without time zone",
        "numeric" => "numeric",
        "char" => "\"char\"",
        "smallint" if !quoted => "smallint",
        "int" | "integer" if !quoted => "integer",
        "bigint" if !quoted => "bigint",
        "real" if !quoted => "real",
        "boolean" if !quoted => "boolean",
        "decimal" | "dec" if !quoted => "numeric",
        _ => return None,
    })
}

fn named(path: &ast::PathType) -> Option<DataType> {
    let path_ref = path.path_ref()?;
    let quoted = path_ref.segment().is_some_and(|segment| is_quoted_name_node(segment.syntax()));
    let mut names = segments(&path_ref)?;
    let name = names.pop()?;
    let schema = names.pop().filter(|schema| schema.as_str() != "pg_catalog");
    let modifiers = modifiers(path.arg_list());
    if schema.is_some() {
        return Some(DataType { name: ObjectName { schema, name }, modifiers, array: false });
    }
    if name.as_str() == "float" && !quoted {
        return Some(DataType::plain(float(modifiers.first().map(String::as_str))));
    }
    let Some(known) = built_in(&name, quoted) else {
        return Some(DataType { name: ObjectName::bare(name), modifiers, array: false });
    };
    let mut modifiers = modifiers;
    if known == "numeric" && modifiers.len() == 1 {
        modifiers.push("0".to_owned());
    }
    Some(with(known, modifiers))
}

fn float(bits: Option<&str>) -> &'static str {
    let is_real = bits.and_then(|bits| bits.parse::<u32>().ok()).is_some_and(|bits| bits <= 24);
    if is_real { "real" } else { "double precision" }
}

fn with(name: &str, modifiers: Vec<String>) -> DataType {
    DataType { name: ObjectName::bare(Name::exact(name)), modifiers, array: false }
}

fn zoned(name: &str, zone: Option<&ast::Timezone>, precision: Option<ast::Literal>) -> DataType {
    let zone = match zone {
        Some(ast::Timezone::WithTimezone(_)) => "with",
        _ => "without",
    };
    let precision = precision.map(|precision| written(precision.syntax())).into_iter().collect();
    with(&format!("{name} {zone} time zone"), precision)
}

/// What stands in parentheses, or what is meant where nothing does.
fn lengths(list: Option<ast::ArgList>, otherwise: &[&str]) -> Vec<String> {
    let given = modifiers(list);
    if given.is_empty() { otherwise.iter().map(|&text| text.to_owned()).collect() } else { given }
}

/// In lower case: extensions read their words without regard to case, and show them in their own.
fn modifiers(list: Option<ast::ArgList>) -> Vec<String> {
    let arguments = list.into_iter().flat_map(|list| list.args());
    arguments.map(|argument| written(argument.syntax()).trim_matches('\'').to_lowercase()).collect()
}

/// The fields, then the precision; `day to second` without one is a field alone.
fn interval_modifiers(interval: &ast::IntervalType) -> Vec<String> {
    let fields = interval.interval_qualifier();
    let mut precision = interval.literal();
    let mut modifiers = Vec::new();
    if let Some(fields) = fields {
        if let ast::IntervalQualifier::IntervalSecond(second) = &fields {
            precision = precision.or_else(|| second.literal());
        }
        let text = written(fields.syntax()).to_ascii_lowercase();
        modifiers.push(text.split('(').next().unwrap_or_default().trim().to_owned());
    }
    modifiers.extend(precision.map(|precision| written(precision.syntax())));
    modifiers
}
