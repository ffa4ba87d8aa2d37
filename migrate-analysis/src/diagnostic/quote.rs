/// More of a name than this says nothing more about it.
const LONGEST: usize = 80;

/// A name from a user's file, in backticks, fit to stand in one line of a message.
pub(crate) fn quote(name: &str) -> String {
    let mut quoted = String::from("`");
    for character in name.chars().take(LONGEST) {
        if disturbs(character) {
            quoted.extend(character.escape_default());
        } else {
            quoted.push(character);
        }
    }
    if name.chars().nth(LONGEST).is_some() {
        quoted.push('…');
    }
    quoted.push('`');
    quoted
}

/// Whether the character would break the line, drive a terminal or turn the direction of the text.
fn disturbs(character: char) -> bool {
    let turns_direction = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    character.is_control() || turns_direction
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn control_characters_are_escaped_and_long_names_cut() {
        assert_eq!(quote("a\u{1b}[31mé\u{202e}"), r"`a\u{1b}[31mé\u{202e}`");
        assert_eq!(quote(&"x".repeat(300)), format!("`{}…`", "x".repeat(80)));
    }
}
