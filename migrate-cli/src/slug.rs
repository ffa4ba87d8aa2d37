use any_ascii::any_ascii;

/// The longest slug, in letters: that of Alembic.
const LONGEST: usize = 40;

/// A message as a part of a file name: `Größe ändern!` becomes `grosse_andern`. It is empty where the message has neither
/// a letter nor a digit, and is cut at the end of a word where it is longer than 40 letters.
pub(crate) fn slug(message: &str) -> String {
    let ascii = any_ascii(message).to_ascii_lowercase();
    let is_part = |letter: char| letter.is_ascii_alphanumeric();
    let words: Vec<&str> = ascii.split(|letter| !is_part(letter)).filter(|word| !word.is_empty()).collect();
    let mut slug = words.join("_");
    if slug.len() > LONGEST {
        let cut_within_word = slug.as_bytes().get(LONGEST) != Some(&b'_');
        slug.truncate(LONGEST);
        if let Some(end) = slug.rfind('_').filter(|_| cut_within_word) {
            slug.truncate(end);
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_message_becomes_a_part_of_a_file_name() {
        for (message, expected) in [
            ("add priority to tasks", "add_priority_to_tasks"),
            ("  Add-priority  (v2)! ", "add_priority_v2"),
            ("Größe ändern", "grosse_andern"),
            ("добавить приоритет", "dobavit_prioritet"),
            ("!!!", ""),
        ] {
            assert_eq!(slug(message), expected, "{message}");
        }
    }

    #[test]
    fn a_long_message_is_cut_at_the_end_of_a_word() {
        let long = "add the columns that the new report of the month needs";
        assert_eq!(slug(long), "add_the_columns_that_the_new_report_of");
        let exactly = "add the columns that the new reports of the month";
        assert_eq!(slug(exactly), "add_the_columns_that_the_new_reports_of");
        assert_eq!(slug(&"x".repeat(50)).len(), 40);
        assert_eq!(slug(&format!("{} rest", "x".repeat(40))), "x".repeat(40));
    }
}
