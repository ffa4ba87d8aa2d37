//! The few verbs that the executor needs of a database.
//!
//! All of this is private to the crate; it is `pub` because sealed traits speak of it.

use std::{error::Error, fmt};

use futures_core::future::BoxFuture;

/// One conversation with a database: what holds the lock, runs the statements and writes the journal.
///
/// The executor sees a database only through this trait, so that a test can put a session in its place that fails
/// whenever it is told to.
pub trait Session: Send {
    /// Sends one text of one or more statements and collects what became of each. Rows are not kept.
    fn send<'a>(&'a mut self, text: &'a str) -> BoxFuture<'a, Sent>;

    /// The same, keeping the rows, every value as text.
    fn query<'a>(&'a mut self, text: &'a str) -> BoxFuture<'a, Sent>;

    /// Whether the session is ours alone and ends with us; one that was lent goes back to its owner, who must not
    /// find a lock on it.
    fn is_own(&self) -> bool;

    /// What has to be sent before the session goes back, should the run be dropped before it can give it back itself.
    fn remember(&mut self, give_back: &str);

    /// Ends an own session, politely; gives a lent one back.
    fn close<'a>(self: Box<Self>) -> BoxFuture<'a, ()>
    where
        Self: 'a;
}

/// What became of a text: one outcome for each statement that finished, and the failure that stopped the rest.
#[derive(Debug, Default)]
pub struct Sent {
    pub outcomes: Vec<Outcome>,
    pub failure: Option<Failure>,
}

/// What one statement did.
#[derive(Debug, Default)]
pub struct Outcome {
    pub rows: Vec<Vec<Option<String>>>,
    pub affected: u64,
}

impl Sent {
    /// The outcomes, where nothing failed.
    pub fn complete(self) -> Result<Vec<Outcome>, Failure> {
        match self.failure {
            None => Ok(self.outcomes),
            Some(failure) => Err(failure),
        }
    }

    /// The rows of all statements, where nothing failed.
    pub fn rows(self) -> Result<Vec<Vec<Option<String>>>, Failure> {
        Ok(self.complete()?.into_iter().flat_map(|outcome| outcome.rows).collect())
    }
}

/// Why a text failed, in terms that the executor can act on. The room of the database translates.
#[derive(Debug)]
pub struct Failure {
    pub class: Class,
    /// The database's own words, without the place in its source code.
    pub message: String,
    /// SQLSTATE, or the result code of SQLite.
    pub code: Option<String>,
    /// What the database adds in a second sentence; may quote values of rows.
    pub detail: Option<String>,
    /// Where, within the text that was sent or the statement that failed.
    pub place: Place,
    pub source: Option<Box<dyn Error + Send + Sync>>,
}

/// Where a failure says that it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Unknown,
    /// The character (from 1) within the whole text that was sent.
    Character(usize),
    /// The line (from 1) within the statement that failed.
    Line(usize),
}

/// What kind of failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// The connection could not be made, or was lost; whether the statement was carried out is not known.
    Connection,
    /// The pool had no connection to give in time.
    PoolExhausted,
    /// The server refused who we are.
    Authentication,
    /// A table, or its schema, is not there.
    UnknownTable,
    /// A column is not there.
    UnknownColumn,
    /// Somebody else has what we need; it may be free later.
    Busy,
    /// The database cannot be written to.
    ReadOnly,
    /// There is no room left for what is to be written.
    DiskFull,
    /// The user may not do that.
    Permission,
    /// A transaction is open already.
    InTransaction,
    /// The state was changed by somebody else since it was read.
    ClaimLost,
    /// Somebody else holds the migration lock.
    Locked,
    /// The statement would cost more than it was told that it may.
    TooCostly,
    /// The statement could not be parsed.
    Syntax,
    /// Rows violate a foreign key.
    ForeignKey,
    /// Rows violate another constraint.
    Constraint,
    /// Anything else.
    Other,
}

impl Failure {
    pub fn new(class: Class, message: impl Into<String>) -> Self {
        Self { class, message: message.into(), code: None, detail: None, place: Place::Unknown, source: None }
    }

    pub fn in_transaction() -> Self {
        Self::new(Class::InTransaction, "the connection is inside a transaction")
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.detail {
            Some(detail) => write!(f, " ({detail})"),
            None => Ok(()),
        }
    }
}
