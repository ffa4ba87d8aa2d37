/// Which statement made an object: a number that the replay gives to statements.
///
/// Where something comes from is no part of what it is, so that all origins are equal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Origin(pub u32);

impl Origin {
    /// Of an object that no statement of the replay made: an implied one, or one that was read from a catalog.
    pub const NONE: Self = Self(u32::MAX);
}

impl PartialEq for Origin {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Origin {}
