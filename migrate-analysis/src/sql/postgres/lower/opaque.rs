use std::collections::BTreeSet;

use migrate_core::{Name, operation::Operation};

use super::name::folded;

/// The operation of a statement that cannot be read: each word of it may be the name of something that it changes.
pub(super) fn opaque(text: &str) -> Operation {
    let words = words(text);
    let everything = words.iter().any(|word| word.as_str() == "execute")
        && words.iter().any(|word| word.starts_with("pg_") || word.as_str() == "information_schema");
    Operation::Opaque { names: words.into_iter().collect(), everything }
}

/// The words of a text, within its strings and bodies as well; each as it is folded, and as it stands there.
fn words(text: &str) -> BTreeSet<Name> {
    let mut names = BTreeSet::new();
    for word in text.split(|letter: char| !is_in_word(letter)).filter(|word| !begins_with_digit(word)) {
        names.extend(folded(&word.to_ascii_lowercase()));
        names.extend(folded(word));
    }
    // Names with other letters in them can be written between quotes only.
    names.extend(text.split('"').skip(1).step_by(2).filter_map(folded));
    // That is where most objects lie: what is in it is known all the same.
    names.remove("public");
    names
}

const fn is_in_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$') || !letter.is_ascii()
}

fn begins_with_digit(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_digit())
}
