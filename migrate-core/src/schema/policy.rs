use super::{Expression, Origin};
use crate::Name;

/// A row security policy of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// `PERMISSIVE`, not `RESTRICTIVE`.
    pub permissive: bool,
    /// What it is about.
    pub command: PolicyCommand,
    /// The roles; empty for all.
    pub roles: Vec<Name>,
    /// `USING`.
    pub using: Option<Expression>,
    /// `WITH CHECK`.
    pub check: Option<Expression>,
    /// Which statement made it.
    pub made: Origin,
}

/// What a policy is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PolicyCommand {
    /// `ALL`, the default.
    #[default]
    All,
    /// `SELECT`.
    Select,
    /// `INSERT`.
    Insert,
    /// `UPDATE`.
    Update,
    /// `DELETE`.
    Delete,
}
