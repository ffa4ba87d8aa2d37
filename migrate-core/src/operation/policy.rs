use crate::{
    Name, ObjectName,
    schema::{Expression, Policy},
};

/// `CREATE POLICY`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreatePolicy {
    /// Its name.
    pub name: Name,
    /// The table.
    pub table: ObjectName,
    /// What it is.
    pub policy: Policy,
}

/// `ALTER POLICY`: what is `None` stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlterPolicy {
    /// Its name.
    pub name: Name,
    /// The table.
    pub table: ObjectName,
    /// `TO`.
    pub roles: Option<Vec<Name>>,
    /// `USING`.
    pub using: Option<Expression>,
    /// `WITH CHECK`.
    pub check: Option<Expression>,
}

/// `DROP POLICY`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropPolicy {
    /// Its name.
    pub name: Name,
    /// The table.
    pub table: ObjectName,
    /// `IF EXISTS`.
    pub if_exists: bool,
}

/// `ALTER POLICY .. RENAME TO`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenamePolicy {
    /// Its name.
    pub name: Name,
    /// The table.
    pub table: ObjectName,
    /// The new name.
    pub to: Name,
}
