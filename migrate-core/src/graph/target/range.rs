use std::{fmt, str::FromStr};

use super::{Target, TargetError};

/// Two targets with a `:` between them, for history and offline SQL; either side may be empty.
///
/// A range without a `:` is its second side: `b` is `:b`.
///
/// ```
/// use migrate_core::graph::Range;
///
/// let range: Range = "a1b2:head".parse().unwrap();
/// assert_eq!(range.from.unwrap().to_string(), "a1b2");
/// assert_eq!("a1b2:".parse::<Range>().unwrap().to, None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Range {
    /// Where it begins; `None` where that side is empty.
    pub from: Option<Target>,
    /// Where it ends.
    pub to: Option<Target>,
}

impl FromStr for Range {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, TargetError> {
        let (from, to) = text.split_once(':').unwrap_or(("", text));
        if to.contains(':') {
            return Err(TargetError::Malformed { target: text.into(), reason: "it has two `:`" });
        }
        let side = |text: &str| if text.is_empty() { Ok(None) } else { text.parse().map(Some) };
        Ok(Self { from: side(from)?, to: side(to)? })
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |side: &Option<Target>| side.as_ref().map(ToString::to_string).unwrap_or_default();
        write!(f, "{}:{}", side(&self.from), side(&self.to))
    }
}
