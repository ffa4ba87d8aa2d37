use super::{Object, Origin};
use crate::SharedMap;

/// What became of objects that are no longer there under their name, for messages: the latest of each.
#[derive(Clone, Debug, Default)]
pub struct Past {
    fates: SharedMap<Object, Fate>,
}

/// What became of an object.
#[derive(Clone, Debug)]
pub enum Fate {
    /// It was dropped by a statement, or went with something that was.
    Dropped(Origin),
    /// It got another name.
    Renamed {
        /// What it is now.
        to: String,
        /// Which statement renamed it.
        by: Origin,
    },
}

impl Past {
    /// Notes what became of an object.
    pub fn note(&mut self, object: Object, fate: Fate) {
        self.fates.insert(object, fate);
    }

    /// The latest that became of an object of this name.
    #[must_use]
    pub fn of(&self, object: &Object) -> Option<&Fate> {
        self.fates.get(object)
    }
}

/// What is no longer there is no part of what is.
impl PartialEq for Past {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Past {}
