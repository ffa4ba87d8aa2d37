use std::collections::BTreeMap;

use super::{DataType, Index, Origin, Query, Trigger};
use crate::Name;

/// A view or a materialised view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Whether its rows are stored.
    pub materialized: bool,
    /// What it shows.
    pub query: Query,
    /// Its columns, in order; `None` where they could not be told.
    pub columns: Option<Vec<ViewColumn>>,
    /// The indexes of a materialised view, by name.
    pub indexes: BTreeMap<Name, Index>,
    /// Its triggers, by name.
    pub triggers: BTreeMap<Name, Trigger>,
    /// Whether it ends with the session.
    pub temporary: bool,
    /// Which statement made it.
    pub made: Origin,
}

/// A column of a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewColumn {
    /// Its name.
    pub name: Name,
    /// Its type, where it is a plain column of a table that is known.
    pub data_type: Option<DataType>,
}
