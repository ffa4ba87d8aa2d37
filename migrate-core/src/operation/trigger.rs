use crate::{Name, ObjectName, schema::Trigger};

/// `CREATE TRIGGER`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateTrigger {
    /// Its name.
    pub name: Name,
    /// The table or view.
    pub table: ObjectName,
    /// `OR REPLACE`.
    pub or_replace: bool,
    /// `IF NOT EXISTS`.
    pub if_not_exists: bool,
    /// What it is.
    pub trigger: Trigger,
}

/// `DROP TRIGGER`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropTrigger {
    /// Its name.
    pub name: Name,
    /// The table, which PostgreSQL's statement names and SQLite's does not.
    pub table: Option<ObjectName>,
    /// `IF EXISTS`.
    pub if_exists: bool,
    /// `CASCADE`.
    pub cascade: bool,
}

/// `ALTER TRIGGER .. RENAME TO`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenameTrigger {
    /// Its name.
    pub name: Name,
    /// The table.
    pub table: ObjectName,
    /// The new name.
    pub to: Name,
}

/// `ENABLE TRIGGER`, `DISABLE TRIGGER`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnableTrigger {
    /// The table.
    pub table: ObjectName,
    /// `ALTER TABLE IF EXISTS`.
    pub if_exists: bool,
    /// Which triggers.
    pub triggers: TriggerSelection,
    /// Whether they run from now on.
    pub enabled: bool,
}

/// Which triggers of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TriggerSelection {
    /// This one.
    One(Name),
    /// `ALL` or `USER`: all that statements made.
    All,
}
