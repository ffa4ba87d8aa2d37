use crate::{
    Name, ObjectName,
    schema::{Constraint, Deferral},
};

/// `ADD CONSTRAINT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddConstraint {
    /// The table.
    pub table: ObjectName,
    /// `ALTER TABLE IF EXISTS`.
    pub if_exists: bool,
    /// The constraint; `validated` is false for `NOT VALID`. Its columns are empty where `USING INDEX` says them.
    pub constraint: Constraint,
    /// `USING INDEX`: this index becomes that of the constraint.
    pub using_index: Option<Name>,
}

/// `DROP CONSTRAINT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropConstraint {
    /// The table.
    pub table: ObjectName,
    /// `ALTER TABLE IF EXISTS`.
    pub if_exists: bool,
    /// The constraint.
    pub constraint: Name,
    /// `DROP CONSTRAINT IF EXISTS`.
    pub if_constraint_exists: bool,
    /// `CASCADE`.
    pub cascade: bool,
}

/// `RENAME CONSTRAINT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenameConstraint {
    /// The table.
    pub table: ObjectName,
    /// `ALTER TABLE IF EXISTS`.
    pub if_exists: bool,
    /// The constraint.
    pub constraint: Name,
    /// The new name.
    pub to: Name,
}

/// `VALIDATE CONSTRAINT`, `ALTER CONSTRAINT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlterConstraint {
    /// The table.
    pub table: ObjectName,
    /// `ALTER TABLE IF EXISTS`.
    pub if_exists: bool,
    /// The constraint.
    pub constraint: Name,
    /// `VALIDATE`.
    pub validate: bool,
    /// When it is checked from now on, where this is set.
    pub deferral: Option<Deferral>,
}
