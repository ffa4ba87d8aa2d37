use std::{collections::BTreeMap, sync::Arc};

use super::{
    comparison::{Both, Comparison, may_equal},
    loose::loose,
};
use crate::{
    SharedMap,
    schema::{Argument, DataType, Function, FunctionKind, FunctionSignature, Object},
};

/// Functions by what tells them apart, where the schema of an argument's type is said on one side only.
type Functions<'s> = BTreeMap<(String, Vec<String>), (&'s FunctionSignature, &'s Arc<Function>)>;

impl Comparison<'_> {
    pub(super) fn functions(&mut self) {
        let (expected, actual) = (&self.expected.functions, &self.actual.functions);
        let changed = expected.changed_keys(actual);
        let (expected, actual) = (by_key(expected, &changed), by_key(actual, &changed));
        for (_, one, other) in Self::pairs(&expected, &actual) {
            match (one, other) {
                (Some((_, one)), Some((_, other))) if Arc::ptr_eq(one, other) => {}
                (Some((signature, _)), _) | (_, Some((signature, _)))
                    if self.is_unknown_signature(signature) => {}
                (Some((signature, one)), Some((_, other))) => self.function(signature, one, other),
                (Some((signature, one)), None) => {
                    self.missing(Object::Function((*signature).clone()), one.made);
                }
                (None, Some((signature, other))) => {
                    self.left_over(Object::Function((*signature).clone()), other.made);
                }
                (None, None) => {}
            }
        }
    }

    fn is_unknown_signature(&self, signature: &FunctionSignature) -> bool {
        self.is_unknown_within(&signature.name)
            || signature.arguments.iter().any(|argument| self.is_unknown(&argument.name.name))
    }

    fn function(&mut self, signature: &FunctionSignature, one: &Function, other: &Function) {
        let both = Both { object: Object::Function(signature.clone()), made: (one.made, other.made) };
        self.property(&both, "kind", kind(one.kind), kind(other.kind));
        if !self.arguments_may_equal(&one.arguments, &other.arguments) {
            let [one, other] = [one, other].map(|function| self.arguments(&function.arguments));
            self.property(&both, "arguments", one, other);
        }
        if let (Some(one), Some(other)) = (&one.returns, &other.returns)
            && loose(one) != loose(other)
        {
            self.property(&both, "result", one.as_str(), other.as_str());
        }
        self.property(&both, "language", one.language.identity(), other.language.identity());
        if !options_may_equal(&one.options, &other.options) {
            self.property(&both, "options", one.options.join(" "), other.options.join(" "));
        }
        if let (Some(expected), Some(actual)) = (&one.body, &other.body)
            && one.language == other.language
            && !bodies_equal(one.language.identity(), expected, actual)
        {
            self.property(&both, "body", expected.as_str(), actual.as_str());
        }
    }

    fn arguments_may_equal(&self, one: &[Argument], other: &[Argument]) -> bool {
        one.len() == other.len()
            && one.iter().zip(other).all(|(one, other)| {
                one.mode == other.mode
                    && one.name == other.name
                    && self.types_may_equal(
                        &without_modifiers(&one.data_type),
                        &without_modifiers(&other.data_type),
                    )
                    && may_equal(one.default.as_ref(), other.default.as_ref())
            })
    }

    fn arguments(&self, arguments: &[Argument]) -> String {
        arguments.iter().map(|argument| self.spelling.argument(argument)).collect::<Vec<_>>().join(", ")
    }
}

/// The database keeps no length of an argument.
fn without_modifiers(data_type: &DataType) -> DataType {
    DataType { modifiers: Vec::new(), ..data_type.clone() }
}

fn by_key<'s>(
    functions: &'s SharedMap<FunctionSignature, Arc<Function>>,
    changed: &[&'s FunctionSignature],
) -> Functions<'s> {
    let argument = |data_type: &DataType| {
        format!("{}{}", data_type.name.name.identity(), if data_type.array { "[]" } else { "" })
    };
    changed
        .iter()
        .filter_map(|&signature| Some((signature, functions.get(signature)?)))
        .map(|(signature, function)| {
            let name = format!("{}.{}", signature.name.schema.identity(), signature.name.name.identity());
            let arguments = signature.arguments.iter().map(argument).collect();
            ((name, arguments), (signature, function))
        })
        .collect()
}

/// What `SET .. FROM CURRENT` took from the session that made the function, only its database knows.
fn options_may_equal(one: &[String], other: &[String]) -> bool {
    let taken = |options: &[String]| -> Vec<String> {
        let name = |option: &String| Some(option.strip_suffix(" FROM CURRENT")?.to_owned());
        options.iter().filter_map(name).collect()
    };
    let unknown: Vec<String> = taken(one).into_iter().chain(taken(other)).collect();
    let is_known = |option: &&String| {
        !unknown
            .iter()
            .any(|setting| option.strip_prefix(setting.as_str()).is_some_and(|rest| rest.starts_with(' ')))
    };
    one.iter().filter(is_known).eq(other.iter().filter(is_known))
}

/// Blanks, comments and case are matters of taste in SQL and PL/pgSQL alone.
fn bodies_equal(language: &str, one: &str, other: &str) -> bool {
    match language {
        "sql" | "plpgsql" => loose(one) == loose(other),
        _ => one.trim() == other.trim(),
    }
}

const fn kind(kind: FunctionKind) -> &'static str {
    match kind {
        FunctionKind::Function => "function",
        FunctionKind::Procedure => "procedure",
        FunctionKind::Aggregate => "aggregate",
    }
}
