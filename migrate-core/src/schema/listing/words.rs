use std::fmt::Display;

use crate::{
    Name,
    schema::{Deferral, SequenceOptions},
};

/// The names, with commas.
pub(super) fn list<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}

/// What is there, behind a word.
pub(super) fn after<T: Display>(word: &str, item: Option<T>) -> String {
    item.map_or_else(String::new, |item| format!("{word} {item}"))
}

/// The names in parentheses behind a word, where there are any.
pub(super) fn names_after(word: &str, names: &[Name]) -> String {
    if names.is_empty() { String::new() } else { format!("{word} ({})", list(names)) }
}

pub(super) const fn deferral(deferral: Deferral) -> &'static str {
    match deferral {
        Deferral::NotDeferrable => "",
        Deferral::Immediate => " deferrable",
        Deferral::Deferred => " deferrable initially deferred",
    }
}

pub(super) fn sequence_options(options: &SequenceOptions) -> String {
    [
        after(" start", options.start),
        after(" increment", options.increment),
        after(" minvalue", options.min),
        after(" maxvalue", options.max),
        after(" cache", options.cache),
        if options.cycle { " cycle".to_owned() } else { String::new() },
    ]
    .concat()
}
