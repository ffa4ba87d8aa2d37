use crate::{Name, ObjectName, schema::Query};

/// What a statement calls a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelationKind {
    /// `ALTER TABLE`: PostgreSQL lets it stand for any.
    Table,
    /// `ALTER VIEW`.
    View,
    /// `ALTER MATERIALIZED VIEW`.
    MaterializedView,
    /// `ALTER INDEX`.
    Index,
    /// `ALTER SEQUENCE`.
    Sequence,
}

/// `RENAME TO`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenameRelation {
    /// What the statement calls it.
    pub kind: RelationKind,
    /// Its name.
    pub name: ObjectName,
    /// The new name, in the same schema.
    pub to: Name,
    /// `IF EXISTS`.
    pub if_exists: bool,
}

/// `SET SCHEMA`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveRelation {
    /// What the statement calls it.
    pub kind: RelationKind,
    /// Its name.
    pub name: ObjectName,
    /// The new schema.
    pub to: Name,
    /// `IF EXISTS`.
    pub if_exists: bool,
}

/// `CREATE VIEW`, `CREATE MATERIALIZED VIEW`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateView {
    /// Its name.
    pub name: ObjectName,
    /// Whether its rows are stored.
    pub materialized: bool,
    /// `OR REPLACE`.
    pub or_replace: bool,
    /// `IF NOT EXISTS`.
    pub if_not_exists: bool,
    /// `TEMPORARY`.
    pub temporary: bool,
    /// The names that it gives to its columns, where it does.
    pub columns: Vec<Name>,
    /// What it shows.
    pub query: Query,
}

/// `DROP VIEW`, `DROP MATERIALIZED VIEW`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropView {
    /// The names.
    pub names: Vec<ObjectName>,
    /// Whether they are materialised ones.
    pub materialized: bool,
    /// `IF EXISTS`.
    pub if_exists: bool,
    /// `CASCADE`.
    pub cascade: bool,
}
