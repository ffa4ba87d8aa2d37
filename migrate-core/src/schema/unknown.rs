use std::collections::BTreeSet;

use crate::Name;

/// What the replay cannot tell, because a statement that it could not read may have touched it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unknowns {
    /// Words that such statements contain: an object of such a name may be there or not, and may look different.
    pub names: BTreeSet<Name>,
    /// The same for all names of a form: `*` stands for any letters, as in `pg_stat_*`.
    pub patterns: Vec<String>,
    /// Whether one of them may have touched anything at all.
    pub everything: bool,
}

impl Unknowns {
    /// Whether nothing can be said of objects of this name.
    #[must_use]
    pub fn contains(&self, name: &Name) -> bool {
        self.everything
            || self.names.contains(name)
            || self.patterns.iter().any(|pattern| fits(pattern, name.identity()))
    }
}

/// Whether a name has the form that a pattern shows.
pub(crate) fn fits(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut left) = name.strip_prefix(start) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        match left.find(part) {
            Some(place) => left = &left[place + part.len()..],
            None => return false,
        }
    }
    left.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_any_letters() {
        for (pattern, name) in
            [("a", "a"), ("*", ""), ("pg_*", "pg_class"), ("*_log", "a_log"), ("a*b*c", "a1b2bc")]
        {
            assert!(fits(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in
            [("a", "b"), ("pg_*", "p"), ("*_log", "log"), ("a*b*c", "acb"), ("ab*ba", "aba")]
        {
            assert!(!fits(pattern, name), "{pattern} {name}");
        }
    }
}
