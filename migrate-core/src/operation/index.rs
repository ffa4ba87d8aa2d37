use crate::{
    Name, ObjectName,
    schema::{Expression, Index, IndexKey},
};

/// `CREATE INDEX`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateIndex {
    /// Its name, where the statement gives one. PostgreSQL puts it into the schema of the table; SQLite's may have a
    /// schema before it.
    pub name: Option<ObjectName>,
    /// The table or materialised view.
    pub table: ObjectName,
    /// `UNIQUE`.
    pub unique: bool,
    /// `CONCURRENTLY`.
    pub concurrently: bool,
    /// `IF NOT EXISTS`.
    pub if_not_exists: bool,
    /// `USING`, else `btree`.
    pub method: Name,
    /// What it sorts by, in order.
    pub keys: Vec<IndexKey>,
    /// `INCLUDE`.
    pub include: Vec<Name>,
    /// `WHERE`.
    pub predicate: Option<Expression>,
    /// `NULLS NOT DISTINCT`.
    pub nulls_not_distinct: bool,
}

impl CreateIndex {
    /// What makes an index as it is.
    #[must_use]
    pub fn of(table: &ObjectName, index: &Index) -> Self {
        Self {
            name: Some(ObjectName { schema: table.schema.clone(), name: index.name.clone() }),
            table: table.clone(),
            unique: index.unique,
            concurrently: false,
            if_not_exists: false,
            method: index.method.clone(),
            keys: index.keys.clone(),
            include: index.include.clone(),
            predicate: index.predicate.clone(),
            nulls_not_distinct: index.nulls_not_distinct,
        }
    }
}

/// `DROP INDEX`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropIndex {
    /// The names.
    pub names: Vec<ObjectName>,
    /// `IF EXISTS`.
    pub if_exists: bool,
    /// `CONCURRENTLY`.
    pub concurrently: bool,
    /// `CASCADE`.
    pub cascade: bool,
}
