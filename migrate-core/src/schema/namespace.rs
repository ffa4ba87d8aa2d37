use super::Origin;
use crate::Name;

/// A schema within the database: what `CREATE SCHEMA` makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namespace {
    /// Which statement made it.
    pub made: Origin,
}

/// An extension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// The schema that its objects lie in, where the statement names one.
    pub schema: Option<Name>,
    /// Which statement made it.
    pub made: Origin,
}
