use crate::{
    Name, ObjectName,
    schema::{Column, Constraint, DataType, Expression, Generated, Identity, SequenceOptions},
};

/// A column as a statement declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnDefinition {
    /// The column; that of `serial` is an integer that is not null.
    pub column: Column,
    /// Whether it is `serial` or one of its like: the database makes a sequence, and the default.
    pub serial: bool,
    /// The constraints that stand at it, as if they stood by themselves.
    pub constraints: Vec<Constraint>,
}

/// `ADD COLUMN`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddColumn {
    /// The table.
    pub table: ObjectName,
    /// `ALTER TABLE IF EXISTS`.
    pub if_exists: bool,
    /// `ADD COLUMN IF NOT EXISTS`.
    pub if_not_exists: bool,
    /// The column.
    pub definition: ColumnDefinition,
}

/// `DROP COLUMN`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropColumn {
    /// The table.
    pub table: ObjectName,
    /// `ALTER TABLE IF EXISTS`.
    pub if_exists: bool,
    /// The column.
    pub column: Name,
    /// `DROP COLUMN IF EXISTS`.
    pub if_column_exists: bool,
    /// `CASCADE`.
    pub cascade: bool,
}

/// `RENAME COLUMN`, of a table or a view; `RENAME ATTRIBUTE` of a composite type is a change of the type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenameColumn {
    /// The table.
    pub table: ObjectName,
    /// `ALTER TABLE IF EXISTS`.
    pub if_exists: bool,
    /// The column.
    pub column: Name,
    /// The new name.
    pub to: Name,
}

/// `ALTER COLUMN`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlterColumn {
    /// The table.
    pub table: ObjectName,
    /// `ALTER TABLE IF EXISTS`.
    pub if_exists: bool,
    /// The column.
    pub column: Name,
    /// What is changed.
    pub change: ColumnChange,
}

/// What `ALTER COLUMN` changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnChange {
    /// `TYPE`.
    Type {
        /// The new type.
        data_type: DataType,
        /// `COLLATE`.
        collation: Option<ObjectName>,
        /// `USING`.
        using: Option<Expression>,
    },
    /// `SET DEFAULT`.
    SetDefault(Expression),
    /// `DROP DEFAULT`.
    DropDefault,
    /// `SET NOT NULL`.
    SetNotNull,
    /// `DROP NOT NULL`.
    DropNotNull,
    /// `ADD GENERATED .. AS IDENTITY`.
    AddIdentity(Identity),
    /// `SET GENERATED ..` and options of its sequence.
    SetIdentity {
        /// Whether a value that an insert gives is refused, where this is set.
        always: Option<bool>,
        /// What is set of its sequence.
        options: Option<SequenceOptions>,
    },
    /// `DROP IDENTITY`.
    DropIdentity {
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `SET EXPRESSION`.
    SetExpression(Generated),
    /// `DROP EXPRESSION`.
    DropExpression {
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// Storage, statistics, compression: nothing that a schema holds.
    Nothing,
}
