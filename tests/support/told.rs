//! What the replay says of a statement, for generated histories.

use migrate_analysis::sql::lower;
use migrate_core::{Schema, schema::Origin};

/// Whether it accepts the statement, or why not, and the schema behind it.
pub(crate) fn told(before: &Schema, statement: &str, place: u32) -> (Result<(), String>, Schema) {
    let lowered = lower(statement, before.dialect);
    if let Some(error) = lowered.errors.first() {
        return (Err(error.message.clone()), before.clone());
    }
    let mut after = before.clone();
    for operation in &lowered.operations {
        if let Err(refusal) = after.apply(operation, Origin(place)) {
            return (Err(refusal.to_string()), before.clone());
        }
    }
    (Ok(()), after)
}

/// A message without the names in it.
pub(crate) fn class(message: &str) -> String {
    let is_name = |word: &&str| word.len() <= 4 && word.ends_with(|last: char| last.is_ascii_digit());
    let words = message.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != ' ');
    let words = words.flat_map(str::split_whitespace).filter(|word| !is_name(word) && word.len() > 1);
    words.take(12).collect::<Vec<_>>().join(" ")
}
