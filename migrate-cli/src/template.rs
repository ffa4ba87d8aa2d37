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
}
