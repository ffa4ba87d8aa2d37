/// A piece of code as it is told from others: without comments, without regard to blanks and, outside of quotes, to
/// case. What is the same then does the same; what is not may be a matter of taste still, but somebody wrote it anew.
pub(super) fn loose(text: &str) -> String {
    let mut loose = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let taken = match letter {
            '-' if rest.starts_with("--") => {
                blank(&mut loose);
                rest.find('\n').unwrap_or(rest.len())
            }
            '/' if rest.starts_with("/*") => {
                blank(&mut loose);
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            }
            '\'' | '"' => {
                let end =
                    rest.get(1..).and_then(|inner| inner.find(letter)).map_or(rest.len(), |end| end + 2);
                loose.push_str(rest.get(..end).unwrap_or_default());
                end
            }
            _ if letter.is_whitespace() => {
                blank(&mut loose);
                letter.len_utf8()
            }
            _ => {
                if is_joined(letter) && loose.ends_with(' ') && loose.trim_end().ends_with(is_joined) {
                    // A word after a word keeps its blank.
                } else if loose.ends_with(' ') {
                    loose.pop();
                }
                loose.push(letter.to_ascii_lowercase());
                letter.len_utf8()
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    loose.trim_matches([' ', ';']).to_owned()
}

fn blank(loose: &mut String) {
    if !loose.is_empty() && !loose.ends_with(' ') {
        loose.push(' ');
    }
}

/// Whether a letter would be one word with another of its kind.
fn is_joined(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '$' | '\'' | '"')
}

#[cfg(test)]
mod tests {
    use super::loose;

    #[test]
    fn blanks_comments_and_case_are_no_difference() {
        let one = "BEGIN\n  -- count it\n  NEW.total := NEW.a + 1; RETURN new;\nEND;";
        let other = "begin new.total:=new.a+1;/* done */ return NEW; end";
        assert_eq!(loose(one), loose(other));
    }

    #[test]
    fn words_strings_and_operators_are() {
        assert_ne!(loose("select ab"), loose("select a b"));
        assert_ne!(loose("select 'A'"), loose("select 'a'"));
        assert_ne!(loose("a < b"), loose("a <= b"));
        assert_ne!(loose("select 'it''s -- here'"), loose("select 'it''s -- there'"));
    }
}
