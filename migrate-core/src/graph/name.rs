/// The longest id or label, in bytes: the bookkeeping tables keep ids in a text column of 255.
pub(super) const LONGEST_NAME: usize = 255;

/// What forbids `name` as an id or a label; `None` where it is legal.
///
/// A name is any text that can be told from a target: it is not empty, has at most 255 bytes, none of
/// `@ : + ~ , / \`, no white space and no control character, does not begin with `-`, and is none of the words
/// `head`, `heads`, `base`, `current`.
///
/// ```
/// use migrate_core::graph::illegal_name;
///
/// assert_eq!(illegal_name("rel-2024"), None);
/// assert_eq!(illegal_name("a+b"), Some("it has a `+`"));
/// ```
#[must_use]
pub fn illegal_name(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        return Some("it is empty");
    }
    if name.len() > LONGEST_NAME {
        return Some("it is longer than 255 bytes");
    }
    if name.starts_with('-') {
        return Some("it begins with `-`");
    }
    if matches!(name, "head" | "heads" | "base" | "current") {
        return Some("it is a word of the target grammar");
    }
    name.chars().find_map(illegal_character)
}

pub(super) fn illegal_character(character: char) -> Option<&'static str> {
    Some(match character {
        '@' => "it has a `@`",
        ':' => "it has a `:`",
        '+' => "it has a `+`",
        '~' => "it has a `~`",
        ',' => "it has a `,`",
        '/' => "it has a `/`",
        '\\' => "it has a `\\`",
        _ if character.is_whitespace() => "it has white space",
        _ if character.is_control() => "it has a control character",
        _ => return None,
    })
}
