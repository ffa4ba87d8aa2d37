use super::{Deferral, Expression, Origin, Query};
use crate::{Name, ObjectName};

/// A trigger of a table or a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// Before, after or instead of what happens.
    pub timing: TriggerTiming,
    /// What happens.
    pub events: Vec<TriggerEvent>,
    /// Whether it runs once for each row.
    pub each_row: bool,
    /// Under which condition it runs.
    pub condition: Option<Expression>,
    /// What it does.
    pub action: TriggerAction,
    /// `REFERENCING OLD TABLE AS .. NEW TABLE AS ..`, as written in one canonical way.
    pub transition_tables: Vec<String>,
    /// When it runs, where it is a constraint trigger.
    pub constraint: Option<Deferral>,
    /// Whether it runs at all: not after `DISABLE TRIGGER`.
    pub enabled: bool,
    /// Which statement made it.
    pub made: Origin,
}

/// When a trigger runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriggerTiming {
    /// `BEFORE`.
    Before,
    /// `AFTER`.
    After,
    /// `INSTEAD OF`.
    InsteadOf,
}

/// What a trigger waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TriggerEvent {
    /// `INSERT`.
    Insert,
    /// `UPDATE`, of these columns where there are any.
    Update(Vec<Name>),
    /// `DELETE`.
    Delete,
    /// `TRUNCATE`.
    Truncate,
}

/// What a trigger does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TriggerAction {
    /// Calls a function with constant arguments.
    Call {
        /// The function.
        function: ObjectName,
        /// The arguments, as the database keeps them: strings.
        arguments: Vec<String>,
    },
    /// Runs statements: SQLite's `BEGIN .. END`. The first scope has the sources `NEW` and `OLD`; it gives no columns.
    Statements(Query),
}
