use std::sync::Arc;

use migrate_core::{Span, schema::Origin};

use crate::source::SourceFile;

/// Where the statements of a replay stand, by the numbers that objects remember.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    places: Vec<Place>,
}

/// Where a statement stands.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Its bytes within the file.
    pub span: Span,
}

impl Origins {
    /// Gives a statement its number.
    pub fn add(&mut self, file: &Arc<SourceFile>, span: Span) -> Origin {
        let number = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        self.places.push(Place { file: Arc::clone(file), span });
        Origin(number)
    }

    /// Where the statement stands that made something; `None` where no statement did.
    #[must_use]
    pub fn place(&self, origin: Origin) -> Option<&Place> {
        self.places.get(origin.0 as usize)
    }
}
