use crate::{
    Name, ObjectName,
    schema::{Attribute, Constraint, Expression, UserTypeKind},
};

/// `CREATE TYPE`, `CREATE DOMAIN`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateType {
    /// Its name.
    pub name: ObjectName,
    /// What it is.
    pub kind: UserTypeKind,
}

/// `ALTER TYPE`, `ALTER DOMAIN`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlterType {
    /// Its name.
    pub name: ObjectName,
    /// What is changed.
    pub change: TypeChange,
}

/// What can be changed of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeChange {
    /// `RENAME TO`.
    Rename(Name),
    /// `SET SCHEMA`.
    Move(Name),
    /// `ADD VALUE`.
    AddValue {
        /// The value.
        value: String,
        /// `IF NOT EXISTS`.
        if_not_exists: bool,
        /// `BEFORE` or `AFTER` this value; `true` for `BEFORE`.
        place: Option<(bool, String)>,
    },
    /// `RENAME VALUE`.
    RenameValue {
        /// The value.
        from: String,
        /// What it is called from now on.
        to: String,
    },
    /// `ADD ATTRIBUTE`.
    AddAttribute(Attribute),
    /// `DROP ATTRIBUTE`.
    DropAttribute {
        /// Its name.
        name: Name,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `ALTER ATTRIBUTE .. TYPE`.
    AlterAttribute(Attribute),
    /// `RENAME ATTRIBUTE`.
    RenameAttribute {
        /// Its name.
        name: Name,
        /// The new name.
        to: Name,
    },
    /// `SET DEFAULT` of a domain, `DROP DEFAULT` for `None`.
    Default(Option<Expression>),
    /// `SET NOT NULL` of a domain, `DROP NOT NULL`.
    NotNull(bool),
    /// `ADD CONSTRAINT` of a domain.
    AddCheck(Constraint),
    /// `DROP CONSTRAINT` of a domain.
    DropCheck {
        /// Its name.
        name: Name,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `RENAME CONSTRAINT` of a domain.
    RenameCheck {
        /// Its name.
        name: Name,
        /// The new name.
        to: Name,
    },
    /// `VALIDATE CONSTRAINT` of a domain.
    ValidateCheck(Name),
    /// Ownership: nothing that a schema holds.
    Nothing,
}

/// `DROP TYPE`, `DROP DOMAIN`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropType {
    /// The names.
    pub names: Vec<ObjectName>,
    /// Whether the statement says `DOMAIN`.
    pub domain: bool,
    /// `IF EXISTS`.
    pub if_exists: bool,
    /// `CASCADE`.
    pub cascade: bool,
}
