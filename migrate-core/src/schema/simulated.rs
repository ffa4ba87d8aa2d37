use std::{collections::BTreeMap, sync::Arc};

use super::{
    Extension, Function, FunctionSignature, Namespace, Past, Sequence, Table, Unknowns, UserType, View,
};
use crate::{Dialect, Name, QualifiedName, SharedMap};

/// A simulated database.
///
/// Cloning is cheap: tables and the like are shared until one of the clones changes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    /// Whose rules it follows.
    pub dialect: Dialect,
    /// The schemas in which a name without one is looked up, in order; new objects go to the first.
    pub path: Vec<Name>,
    /// What a session begins with as its path.
    pub own_path: Vec<Name>,
    /// Whether a rename leaves alone what views and triggers say, as SQLite's `PRAGMA legacy_alter_table` asks for.
    pub legacy_rename: bool,
    /// The schemas within the database.
    pub namespaces: BTreeMap<Name, Namespace>,
    /// The extensions.
    pub extensions: BTreeMap<Name, Extension>,
    /// The tables.
    pub tables: SharedMap<QualifiedName, Arc<Table>>,
    /// The views.
    pub views: SharedMap<QualifiedName, Arc<View>>,
    /// The sequences.
    pub sequences: SharedMap<QualifiedName, Arc<Sequence>>,
    /// The types, without those that tables imply.
    pub types: SharedMap<QualifiedName, Arc<UserType>>,
    /// The functions.
    pub functions: SharedMap<FunctionSignature, Arc<Function>>,
    /// All that shares one namespace with tables, by name: what it is.
    pub relations: SharedMap<QualifiedName, Relation>,
    /// What cannot be told.
    pub unknown: Unknowns,
    /// What was there once.
    pub past: Past,
}

/// What a name in the namespace of relations stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    /// A table.
    Table,
    /// A view or materialised view.
    View,
    /// A sequence.
    Sequence,
    /// A composite type.
    Composite,
    /// An index of this table or materialised view.
    Index(QualifiedName),
    /// The index of a constraint of this table.
    Constraint(QualifiedName),
}

impl Schema {
    /// An empty database.
    #[must_use]
    pub fn new(dialect: Dialect) -> Self {
        let main = dialect.default_schema();
        Self {
            dialect,
            path: vec![main.clone()],
            own_path: vec![main.clone()],
            legacy_rename: false,
            namespaces: BTreeMap::from([(main, Namespace { made: super::Origin::NONE })]),
            extensions: BTreeMap::new(),
            tables: SharedMap::new(),
            views: SharedMap::new(),
            sequences: SharedMap::new(),
            types: SharedMap::new(),
            functions: SharedMap::new(),
            relations: SharedMap::new(),
            unknown: Unknowns::default(),
            past: Past::default(),
        }
    }

    /// Forgets what a session has set, and its temporary objects: each script may have one of its own.
    pub fn begin_session(&mut self) {
        self.path.clone_from(&self.own_path);
        self.end_session();
        self.legacy_rename = false;
    }
}
