use std::collections::BTreeSet;

use crate::Name;

/// What the replay cannot tell, because a statement that it could not read may have touched it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unknowns {
    /// Words that such statements contain: an object of such a name may be there or not, and may look different.
    pub names: BTreeSet<Name>,
    /// Whether one of them may have touched anything at all.
    pub everything: bool,
}

impl Unknowns {
    /// Whether nothing can be said of objects of this name.
    #[must_use]
    pub fn contains(&self, name: &Name) -> bool {
        self.everything || self.names.contains(name)
    }
}
