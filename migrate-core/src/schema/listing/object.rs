use std::fmt::{Formatter, Result};

use super::{
    table,
    words::{after, list, sequence_options},
};
use crate::{
    QualifiedName,
    schema::{
        Argument, ArgumentMode, Function, FunctionKind, FunctionSignature, Sequence, UserType, UserTypeKind,
        View,
    },
};

pub(super) fn user_type(f: &mut Formatter<'_>, name: &QualifiedName, made: &UserType) -> Result {
    match &made.kind {
        UserTypeKind::Enum(values) => {
            writeln!(f, "enum {name} ({})", list(values.iter().map(|value| format!("'{value}'"))))
        }
        UserTypeKind::Domain(domain) => {
            write!(f, "domain {name} {}{}", domain.base, after(" collate", domain.collation.as_ref()))?;
            f.write_str(if domain.not_null { " not null" } else { "" })?;
            writeln!(f, "{}", after(" default", domain.default.as_ref()))?;
            domain.checks.iter().try_for_each(|check| table::constraint(f, check))
        }
        UserTypeKind::Composite(attributes) => {
            let attribute =
                attributes.iter().map(|attribute| format!("{} {}", attribute.name, attribute.data_type));
            writeln!(f, "type {name} ({})", list(attribute))
        }
        UserTypeKind::Range { subtype, options } => writeln!(f, "range {name} over {subtype} ({options})"),
        UserTypeKind::Other => writeln!(f, "type {name}"),
    }
}

pub(super) fn sequence(f: &mut Formatter<'_>, name: &QualifiedName, sequence: &Sequence) -> Result {
    write!(f, "sequence {name} {}{}", sequence.data_type, sequence_options(&sequence.options))?;
    let owner = sequence.owned_by.as_ref().map(|(table, column)| format!("{table}.{column}"));
    writeln!(f, "{}{}", after(" of", owner), if sequence.of_identity { " identity" } else { "" })
}

pub(super) fn view(f: &mut Formatter<'_>, name: &QualifiedName, view: &View) -> Result {
    f.write_str(if view.temporary { "temporary " } else { "" })?;
    f.write_str(if view.materialized { "materialized view" } else { "view" })?;
    write!(f, " {name}")?;
    if let Some(columns) = &view.columns {
        let column = |column: &crate::schema::ViewColumn| {
            format!("{}{}", column.name, after("", column.data_type.as_ref()))
        };
        write!(f, " ({})", list(columns.iter().map(column)))?;
    }
    writeln!(f, "\n  as {}", one_line(&view.query.sql))?;
    view.indexes.values().try_for_each(|index| table::index(f, index))?;
    view.triggers.iter().try_for_each(|(name, trigger)| table::trigger(f, name, trigger))
}

pub(super) fn function(f: &mut Formatter<'_>, signature: &FunctionSignature, function: &Function) -> Result {
    let kind = match function.kind {
        FunctionKind::Function => "function",
        FunctionKind::Procedure => "procedure",
        FunctionKind::Aggregate => "aggregate",
    };
    write!(f, "{kind} {} ({})", signature.name, list(function.arguments.iter().map(argument)))?;
    write!(f, "{} language {}", after(" returns", function.returns.as_ref()), function.language)?;
    function.options.iter().try_for_each(|option| write!(f, " {option}"))?;
    match &function.body {
        Some(body) => writeln!(f, "\n  as {}", one_line(body)),
        None => writeln!(f),
    }
}

fn argument(argument: &Argument) -> String {
    let mode = match argument.mode {
        ArgumentMode::In => "",
        ArgumentMode::Out => "out ",
        ArgumentMode::InOut => "inout ",
        ArgumentMode::Variadic => "variadic ",
    };
    let name = argument.name.as_ref().map(|name| format!("{name} ")).unwrap_or_default();
    format!("{mode}{name}{}{}", argument.data_type, after(" default", argument.default.as_ref()))
}

/// The text with single blanks in the place of all white space.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
