use super::{Object, Origin};

/// What became of objects that are no longer there under their name, for messages: the latest of each.
#[derive(Clone, Debug, Default)]
pub struct Past {
    events: Vec<(Object, Fate)>,
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
        self.events.push((object, fate));
    }

    /// The latest that became of an object of this name.
    #[must_use]
    pub fn of(&self, object: &Object) -> Option<&Fate> {
        self.events.iter().rev().find(|(known, _)| known == object).map(|(_, fate)| fate)
    }
}

/// What is no longer there is no part of what is.
impl PartialEq for Past {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Past {}
