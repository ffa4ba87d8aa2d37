use std::fmt::Write as _;

use jiff::ZonedDateTime;

use crate::slug::slug;

/// The template of file names, `file-template` of migrate.toml: text, and placeholders in braces.
///
/// The configuration was checked before: what is in braces is a placeholder.
pub(crate) struct Template<'t> {
    parts: Vec<Part<'t>>,
}

enum Part<'t> {
    Text(&'t str),
    Placeholder(&'t str),
}

impl<'t> Template<'t> {
    pub(crate) fn new(template: &'t str) -> Self {
        let mut parts = Vec::new();
        let mut rest = template;
        while let Some((text, after)) = rest.split_once('{')
            && let Some((name, next)) = after.split_once('}')
        {
            parts.extend([Part::Text(text), Part::Placeholder(name)]);
            rest = next;
        }
        parts.push(Part::Text(rest));
        Self { parts }
    }

    /// The name of the files of a revision, without their endings.
    ///
    /// A message without a letter or a digit has no slug; the id takes its place, for a name has to tell two revisions of
    /// one minute apart.
    pub(crate) fn stem(&self, at: &ZonedDateTime, id: &str, message: &str) -> String {
        let slug = Some(slug(message)).filter(|slug| !slug.is_empty());
        self.filled(at, id, slug.as_deref().unwrap_or(id))
    }

    /// The name that a renamed revision gets: with another date, and all else of its old name that the template knows.
    pub(crate) fn renamed(&self, stem: &str, at: &ZonedDateTime, id: &str, message: &str) -> String {
        match self.slug_of(stem, id) {
            Some(slug) => self.filled(at, id, slug),
            None => self.stem(at, id, message),
        }
    }

    fn filled(&self, at: &ZonedDateTime, id: &str, slug: &str) -> String {
        let mut stem = String::new();
        for part in &self.parts {
            let _ = match part {
                Part::Text(text) => stem.write_str(text),
                Part::Placeholder("year") => write!(stem, "{:04}", at.year()),
                Part::Placeholder("month") => write!(stem, "{:02}", at.month()),
                Part::Placeholder("day") => write!(stem, "{:02}", at.day()),
                Part::Placeholder("hour") => write!(stem, "{:02}", at.hour()),
                Part::Placeholder("minute") => write!(stem, "{:02}", at.minute()),
                Part::Placeholder("second") => write!(stem, "{:02}", at.second()),
                Part::Placeholder("epoch") => write!(stem, "{}", at.timestamp().as_second()),
                Part::Placeholder("id") => stem.write_str(id),
                Part::Placeholder(_) => stem.write_str(slug),
            };
        }
        stem
    }

    /// What stands in a name at the place of the slug, if the name follows the template.
    fn slug_of<'s>(&self, stem: &'s str, id: &str) -> Option<&'s str> {
        let (before, after) = self.parts.split_at(self.parts.iter().position(is_slug)?);
        let mut rest = stem;
        for part in before {
            rest = rest.get(part.length_at_start(rest, id)?..)?;
        }
        for part in after.iter().skip(1).rev() {
            let end = rest.len() - part.length_at_end(rest, id)?;
            rest = rest.get(..end)?;
        }
        Some(rest).filter(|slug| !slug.is_empty())
    }
}

fn is_slug(part: &Part<'_>) -> bool {
    matches!(part, Part::Placeholder("slug"))
}

impl Part<'_> {
    /// How many digits a date takes here; `None` for other parts, and where any number of them may stand.
    fn digits(&self) -> Option<usize> {
        match self {
            Self::Placeholder("year") => Some(4),
            Self::Placeholder("month" | "day" | "hour" | "minute" | "second") => Some(2),
            _ => None,
        }
    }

    /// How much of the beginning of a name this part takes; `None` where it does not fit.
    fn length_at_start(&self, name: &str, id: &str) -> Option<usize> {
        let count = name.bytes().take_while(u8::is_ascii_digit).count();
        match (self, self.digits()) {
            (Self::Text(text), _) => name.starts_with(text).then_some(text.len()),
            (_, Some(digits)) => (count >= digits).then_some(digits),
            (Self::Placeholder("epoch"), _) => (count > 0).then_some(count),
            (Self::Placeholder(_), _) => name.starts_with(id).then_some(id.len()),
        }
    }

    /// The same at its end.
    fn length_at_end(&self, name: &str, id: &str) -> Option<usize> {
        let count = name.bytes().rev().take_while(u8::is_ascii_digit).count();
        match (self, self.digits()) {
            (Self::Text(text), _) => name.ends_with(text).then_some(text.len()),
            (_, Some(digits)) => (count >= digits).then_some(digits),
            (Self::Placeholder("epoch"), _) => (count > 0).then_some(count),
            (Self::Placeholder(_), _) => name.ends_with(id).then_some(id.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::{ZonedDateTime, civil::date, tz::TimeZone};

    use super::Template;

    const USUAL: &str = "{year}{month}{day}_{hour}{minute}_{slug}";

    fn at() -> ZonedDateTime {
        date(2025, 11, 9).at(7, 5, 3, 0).to_zoned_datetime(TimeZone::UTC).unwrap()
    }

    #[test]
    fn a_template_is_filled() {
        let stem = |template: &str, message| Template::new(template).stem(&at(), "abc123def456", message);
        assert_eq!(stem(USUAL, "add priority"), "20251109_0705_add_priority");
        assert_eq!(stem("{epoch}-{id}", "add priority"), "1762671903-abc123def456");
        assert_eq!(
            stem("v{year}.{month}.{day}T{hour}{minute}{second}_{slug}_x", "a"),
            "v2025.11.09T070503_a_x"
        );
        assert_eq!(stem(USUAL, "!"), "20251109_0705_abc123def456");
        assert_eq!(stem("{slug}}", "a"), "a}");
    }

    #[test]
    fn a_renamed_revision_keeps_its_slug() {
        let renamed =
            |template: &str, stem| Template::new(template).renamed(stem, &at(), "abc123def456", "message");
        assert_eq!(renamed(USUAL, "20250101_0000_by_hand"), "20251109_0705_by_hand");
        assert_eq!(renamed(USUAL, "by_hand"), "20251109_0705_message");
        assert_eq!(renamed(USUAL, "20250101_0000_"), "20251109_0705_message");
        assert_eq!(renamed("{slug}-{epoch}", "by_hand-17"), "by_hand-1762671903");
        assert_eq!(renamed("{id}_{slug}_{year}", "abc123def456_by_hand_2024"), "abc123def456_by_hand_2025");
        assert_eq!(renamed("{id}_{year}", "abc123def456_2024"), "abc123def456_2025");
    }
}
