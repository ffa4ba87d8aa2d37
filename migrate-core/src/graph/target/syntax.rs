use std::{fmt, str::FromStr};

use super::TargetError;
use crate::graph::name::illegal_character;

/// A target as it was written: `head`, `-1`, `label@head`, `a1b2c3+2`, `a,b`.
///
/// | form | meaning |
/// |---|---|
/// | `head`, `heads` | the only head, all heads |
/// | `base` | nothing applied |
/// | an id, a label, the beginning of one id | that revision |
/// | `+2`, `-1` | so many steps up or down from the only current head |
/// | `id+2`, `id-1`, `head-1`, `base+1` | so many steps from there |
/// | `L@` before any of these | the same within the lineage of the label or revision `L` |
/// | `a,b` | several of these: for an upgrade or a stamp |
///
/// Parsing looks at the syntax alone; what the target names is looked up by the plans of a
/// [`Graph`](crate::Graph).
///
/// ```
/// use migrate_core::graph::Target;
///
/// let target: Target = "billing@head-1".parse().unwrap();
/// assert_eq!(target.to_string(), "billing@head-1");
/// assert_eq!("+0".parse::<Target>().unwrap_err().to_string(), "`+0` is no target: it takes at least one step");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// At least one.
    parts: Vec<Part>,
}

impl Target {
    /// `heads`: everything.
    #[must_use]
    pub fn heads() -> Self {
        Self::word(Point::Heads, "heads")
    }

    /// `base`: nothing.
    #[must_use]
    pub fn base() -> Self {
        Self::word(Point::Base, "base")
    }

    /// Whether what it names depends on what is applied: `current`, `+N`, `-N`, alone or behind `L@`.
    #[must_use]
    pub fn is_relative(&self) -> bool {
        self.parts.iter().any(|part| matches!(part.point, Point::Current | Point::Steps(_)))
    }

    pub(in crate::graph) fn parts(&self) -> &[Part] {
        &self.parts
    }

    fn word(point: Point, text: &str) -> Self {
        Self { parts: vec![Part { text: text.into(), branch: None, point }] }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, part) in self.parts.iter().enumerate() {
            f.write_str(if place == 0 { "" } else { "," })?;
            f.write_str(&part.text)?;
        }
        Ok(())
    }
}

impl FromStr for Target {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, TargetError> {
        let parse = |part: &str| match part {
            "" if text.contains(',') => Err("nothing stands beside a `,`"),
            _ => part.parse(),
        };
        let parts = text.split(',').map(parse).collect::<Result<_, _>>();
        parts
            .map(|parts| Self { parts })
            .map_err(|reason| TargetError::Malformed { target: text.into(), reason })
    }
}

/// One of the targets of `a,b`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::graph) struct Part {
    pub(in crate::graph) text: String,
    /// What stands before the `@`.
    pub(in crate::graph) branch: Option<String>,
    pub(in crate::graph) point: Point,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::graph) enum Point {
    Head,
    Heads,
    Base,
    Current,
    /// `+N` or `-N`.
    Steps(Steps),
    /// An id, a label, a prefix, or one of these or a word with steps: only the graph tells which.
    Name(String),
}

/// `+N` or `-N`, N at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graph) struct Steps {
    pub(in crate::graph) up: bool,
    pub(in crate::graph) count: u32,
}

impl Steps {
    /// The text before the last sign and the number behind it; `None` where there is no such number.
    pub(super) fn split(text: &str) -> Option<(&str, Self)> {
        let (before, sign, digits) = split_sign(text)?;
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        // A number beyond the range of the type is beyond every graph as well.
        is_number.then(|| (before, Self { up: sign == '+', count: digits.parse().unwrap_or(u32::MAX) }))
    }
}

fn split_sign(text: &str) -> Option<(&str, char, &str)> {
    let (place, sign) = text.char_indices().rfind(|(_, character)| matches!(character, '+' | '-'))?;
    Some((&text[..place], sign, &text[place + 1..]))
}

impl FromStr for Part {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        let (branch, rest) = match text.split_once('@') {
            None => (None, text),
            Some(("", _)) => return Err("nothing stands before the `@`"),
            Some((_, rest)) if rest.contains('@') => return Err("it has two `@`"),
            Some((_, "")) => return Err("nothing stands behind the `@`"),
            Some((branch, rest)) => (Some(branch), rest),
        };
        if text.contains(':') {
            return Err("it is a range");
        }
        if let Some(branch) = branch {
            check_name(branch)?;
        }
        Ok(Self { text: text.into(), branch: branch.map(Into::into), point: rest.parse()? })
    }
}

impl FromStr for Point {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        Ok(match text {
            "" => return Err("it is empty"),
            "head" => Self::Head,
            "heads" => Self::Heads,
            "base" => Self::Base,
            "current" => Self::Current,
            _ if text.starts_with(['+', '-']) => match Steps::split(text) {
                Some((_, Steps { count: 0, .. })) => return Err("it takes at least one step"),
                Some(("", steps)) => Self::Steps(steps),
                _ => return Err("a number of steps stands behind `+` or `-`, and nothing else"),
            },
            _ => {
                // A name has no `+`, so that what follows one is a number; a name may have a `-`.
                let name = match split_sign(text) {
                    Some((_, '+', _)) => match Steps::split(text) {
                        Some((_, Steps { count: 0, .. })) => return Err("it takes at least one step"),
                        Some((name, _)) => name,
                        None => return Err("a number of steps stands behind `+`, and nothing else"),
                    },
                    _ => text,
                };
                check_name(name)?;
                Self::Name(text.into())
            }
        })
    }
}

fn check_name(name: &str) -> Result<(), &'static str> {
    name.chars().find_map(illegal_character).map_or(Ok(()), Err)
}
