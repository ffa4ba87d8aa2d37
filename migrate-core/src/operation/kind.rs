use super::{
    AddColumn, AddConstraint, AlterColumn, AlterConstraint, AlterFunction, AlterPolicy, AlterSequence,
    AlterTable, AlterType, ColumnChange, CreateFunction, CreateIndex, CreatePolicy, CreateSequence,
    CreateTable, CreateTrigger, CreateType, CreateView, DropColumn, DropConstraint, DropFunction, DropIndex,
    DropPolicy, DropSequence, DropTable, DropTrigger, DropType, DropView, EnableTrigger, FunctionChange,
    MoveRelation, RebuildTable, RenameColumn, RenameConstraint, RenamePolicy, RenameRelation, RenameTrigger,
    RowChange, SequenceChange, TableChange, TypeChange,
};
use crate::{
    Name, ObjectName,
    schema::{ObjectKind, Query},
};

/// What one clause of a statement does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operation {
    /// `CREATE TABLE`.
    CreateTable(Box<CreateTable>),
    /// `DROP TABLE`.
    DropTable(DropTable),
    /// What `ALTER TABLE` changes of the table as a whole.
    AlterTable(AlterTable),
    /// Making a table anew with its rows, indexes and triggers: what SQLite does in the place of `ALTER TABLE`.
    RebuildTable(Box<RebuildTable>),
    /// `RENAME TO` of a table, view, index or sequence.
    RenameRelation(RenameRelation),
    /// `SET SCHEMA` of the same.
    MoveRelation(MoveRelation),
    /// `ADD COLUMN`.
    AddColumn(Box<AddColumn>),
    /// `DROP COLUMN`.
    DropColumn(DropColumn),
    /// `RENAME COLUMN`.
    RenameColumn(RenameColumn),
    /// `ALTER COLUMN`.
    AlterColumn(Box<AlterColumn>),
    /// `ADD CONSTRAINT`.
    AddConstraint(Box<AddConstraint>),
    /// `DROP CONSTRAINT`.
    DropConstraint(DropConstraint),
    /// `RENAME CONSTRAINT`.
    RenameConstraint(RenameConstraint),
    /// `VALIDATE CONSTRAINT`, `ALTER CONSTRAINT`.
    AlterConstraint(AlterConstraint),
    /// `CREATE INDEX`.
    CreateIndex(Box<CreateIndex>),
    /// `DROP INDEX`.
    DropIndex(DropIndex),
    /// `CREATE [MATERIALIZED] VIEW`.
    CreateView(Box<CreateView>),
    /// `DROP [MATERIALIZED] VIEW`.
    DropView(DropView),
    /// `CREATE SEQUENCE`.
    CreateSequence(CreateSequence),
    /// `ALTER SEQUENCE`.
    AlterSequence(AlterSequence),
    /// `DROP SEQUENCE`.
    DropSequence(DropSequence),
    /// `CREATE TYPE`, `CREATE DOMAIN`.
    CreateType(Box<CreateType>),
    /// `ALTER TYPE`, `ALTER DOMAIN`.
    AlterType(Box<AlterType>),
    /// `DROP TYPE`, `DROP DOMAIN`.
    DropType(DropType),
    /// `CREATE FUNCTION` and its like.
    CreateFunction(Box<CreateFunction>),
    /// `ALTER FUNCTION` and its like.
    AlterFunction(AlterFunction),
    /// `DROP FUNCTION` and its like.
    DropFunction(DropFunction),
    /// `CREATE TRIGGER`.
    CreateTrigger(Box<CreateTrigger>),
    /// `DROP TRIGGER`.
    DropTrigger(DropTrigger),
    /// `ALTER TRIGGER .. RENAME TO`.
    RenameTrigger(RenameTrigger),
    /// `ENABLE TRIGGER`, `DISABLE TRIGGER`.
    EnableTrigger(EnableTrigger),
    /// `CREATE POLICY`.
    CreatePolicy(Box<CreatePolicy>),
    /// `ALTER POLICY`.
    AlterPolicy(Box<AlterPolicy>),
    /// `DROP POLICY`.
    DropPolicy(DropPolicy),
    /// `ALTER POLICY .. RENAME TO`.
    RenamePolicy(RenamePolicy),
    /// `CREATE EXTENSION`.
    CreateExtension {
        /// Its name.
        name: Name,
        /// `SCHEMA`.
        schema: Option<Name>,
        /// `IF NOT EXISTS`.
        if_not_exists: bool,
    },
    /// `DROP EXTENSION`.
    DropExtension {
        /// The names.
        names: Vec<Name>,
        /// `IF EXISTS`.
        if_exists: bool,
        /// `CASCADE`.
        cascade: bool,
    },
    /// `CREATE SCHEMA`; what it contains follows as operations of their own.
    CreateSchema {
        /// Its name.
        name: Name,
        /// `IF NOT EXISTS`.
        if_not_exists: bool,
    },
    /// `DROP SCHEMA`.
    DropSchema {
        /// The names.
        names: Vec<Name>,
        /// `IF EXISTS`.
        if_exists: bool,
        /// `CASCADE`.
        cascade: bool,
    },
    /// `ALTER SCHEMA .. RENAME TO`.
    RenameSchema {
        /// Its name.
        name: Name,
        /// The new name.
        to: Name,
    },
    /// `SET search_path`; `None` goes back to what the session began with.
    SetPath(Option<Vec<Name>>),
    /// `PRAGMA legacy_alter_table`: whether from now on a rename leaves alone what views and triggers say.
    SetLegacyRename(bool),
    /// `INSERT`, `UPDATE`, `DELETE`, `MERGE`, `COPY`, `TRUNCATE`.
    Rows(Box<RowChange>),
    /// A query whose results are of no interest: `SELECT`.
    Read(Box<Query>),
    /// Nothing but that these objects have to be there: `COMMENT ON`, `GRANT`, `OWNER TO`, storage parameters.
    Touch {
        /// The objects: their kind, their name and, for parts of a table, the part.
        objects: Vec<(ObjectKind, ObjectName, Option<Name>)>,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// A statement that could not be read.
    Opaque {
        /// The words that it contains: objects of such names may have changed.
        names: Vec<Name>,
        /// The same for all names of a form: `*` stands for any letters, as in `events_*`.
        patterns: Vec<String>,
        /// Whether it may change what it does not name.
        everything: bool,
    },
}

impl Operation {
    /// Whether it leaves every schema as it is: it changes rows or what no schema holds, or asks for something.
    #[must_use]
    pub fn changes_no_schema(&self) -> bool {
        match self {
            Self::Rows(_)
            | Self::Read(_)
            | Self::Touch { .. }
            | Self::SetPath(_)
            | Self::SetLegacyRename(_) => true,
            Self::AlterTable(alter) => alter.change == TableChange::Nothing,
            Self::AlterColumn(alter) => alter.change == ColumnChange::Nothing,
            Self::AlterSequence(alter) => {
                alter.changes.iter().all(|change| *change == SequenceChange::Nothing)
            }
            Self::AlterType(alter) => alter.change == TypeChange::Nothing,
            Self::AlterFunction(alter) => alter.change == FunctionChange::Nothing,
            _ => false,
        }
    }
}
