use std::{error, fmt, io, path::Path};

use migrate_core::Span;
use migrate_core::graph::Script;
use serde::{Serialize, Serializer};

use crate::session::{Class, Failure};

/// A `Result` with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why migrating failed: what, where, and what to do.
///
/// `Display` says what and where in one line; [`hint`](Self::hint) says what to do; [`kind`](Self::kind) is for
/// programs. No message holds a password.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    revision: Option<String>,
    statement: Option<StatementPlace>,
    hint: Option<String>,
    source: Option<DatabaseError>,
}

/// What kind of failure an [`Error`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ErrorKind {
    /// The target names no revision, or several, or cannot be reached from here.
    Target,
    /// The graph was not embedded for this database.
    WrongDatabase,
    /// An applied revision has another fingerprint than the one in this binary: history was edited.
    Diverged,
    /// The database has revisions that this binary does not know, beside revisions of this binary that it lacks.
    Forked,
    /// The database has a revision that this binary does not know, and it stands in the way.
    UnknownRevision,
    /// A state is written down already, other than the one that is to be adopted.
    InUse,
    /// A step outside a transaction was begun and not finished, and cannot go on by itself: the message asks what became
    /// of a statement, or says what is missing.
    Interrupted,
    /// No statement is in doubt, or another one is.
    NothingInDoubt,
    /// The revision has no way back.
    Irreversible,
    /// A statement of a script failed.
    Statement,
    /// Rows violate a foreign key after a step; the step was rolled back.
    ForeignKey,
    /// The script begins or ends a transaction itself.
    TransactionControl,
    /// Another runner changed the state while this one worked.
    ClaimLost,
    /// Another runner holds the migration lock, and went on holding it for longer than we may wait.
    Locked,
    /// The run was [asked to end](crate::On::cancel_when), and did: the message says where it stands.
    Cancelled,
    /// A lock on a table was not to be had within the lock timeout.
    LockTimeout,
    /// The bookkeeping tables are not ours, or of a newer format.
    Bookkeeping,
    /// The database cannot be written to.
    ReadOnly,
    /// There is no room left on the disk of the database.
    DiskFull,
    /// The database user lacks a right.
    Permission,
    /// The caller's connection is inside a transaction.
    InTransaction,
    /// The server cannot be reached, or the connection was lost.
    Connection,
    /// The pool gave no connection in time.
    PoolExhausted,
    /// The server refused the user or the password.
    Authentication,
    /// An option that this database does not have, or a namespace or prefix that it cannot keep.
    Unsupported,
    /// A backup could not be made, or read.
    Backup,
    /// The database refused a statement of ours for another reason.
    Database,
}

/// Where in which file a statement stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StatementPlace {
    /// The file, relative to the migration directory.
    pub file: String,
    /// The line, from 1: that of the error where the database tells, else that of the statement.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// Which statement of the script it is, from 1.
    pub number: usize,
    /// How many statements the script has.
    pub of: usize,
    /// Its text, as it was sent.
    pub text: String,
}

impl StatementPlace {
    /// The place of statement `index` (from 0) of a script, at the byte `offset` of its file or at its beginning.
    pub(crate) fn of(script: &Script<'_>, index: usize, offset: Option<u32>) -> Option<Self> {
        let span = script.statements.get(index)?.span;
        let at = offset.unwrap_or(span.start);
        let before = Span::new(0, at).of(script.source).trim_start_matches('\u{feff}');
        let line_start = before.rfind(['\n', '\r']).map_or(0, |newline| newline + 1);
        let lines = before.bytes().filter(|&byte| byte == b'\n').count()
            + before
                .match_indices('\r')
                .filter(|(i, _)| before.as_bytes().get(i + 1) != Some(&b'\n'))
                .count();
        Some(Self {
            file: script.file.to_owned(),
            line: lines as u32 + 1,
            column: before.get(line_start..)?.chars().count() as u32 + 1,
            number: index + 1,
            of: script.statements.len(),
            text: span.of(script.source).to_owned(),
        })
    }
}

impl fmt::Display for StatementPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, number, of, .. } = self;
        write!(f, "{file}:{line}:{column} (statement {number} of {of})")
    }
}

/// What the database or its driver said, without what would mislead.
#[derive(Debug)]
pub struct DatabaseError {
    message: String,
    code: Option<String>,
    source: Option<Box<dyn error::Error + Send + Sync>>,
}

impl DatabaseError {
    /// The database's own words.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// SQLSTATE, or the result code of SQLite.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The driver's own error, where there is one.
    #[must_use]
    pub fn driver(&self) -> Option<&sqlx::Error> {
        self.source.as_ref()?.downcast_ref()
    }
}

impl fmt::Display for DatabaseError {
    /// The code alone where there is one: the message stands in the error that this is the source of.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.code {
            Some(code) => write!(f, "the database answered with the code {code}"),
            None => f.write_str(&self.message),
        }
    }
}

impl error::Error for DatabaseError {}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            revision: None,
            statement: None,
            hint: None,
            source: None,
        }))
    }

    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    pub(crate) fn with_revision(mut self, id: &str) -> Self {
        self.0.revision = Some(id.to_owned());
        self
    }

    pub(crate) fn with_statement(mut self, place: Option<StatementPlace>) -> Self {
        self.0.statement = place;
        self
    }

    pub(crate) fn with_kind(mut self, kind: ErrorKind) -> Self {
        self.0.kind = kind;
        self
    }

    /// A failure of a statement of ours, or of the connection.
    pub(crate) fn of_failure(doing: &str, failure: Failure) -> Self {
        let (kind, hint) = explain(failure.class);
        let mut error = Self::new(kind, format!("{doing}: {failure}"));
        error.0.hint = hint.map(str::to_owned);
        error.0.source = Some(failure.into());
        error
    }

    /// The system refuses to do something (`read`, `write`) with a file.
    pub(crate) fn of_file(what: &str, path: &Path, error: &io::Error) -> Self {
        Self::new(ErrorKind::Backup, format!("cannot {what} `{}`: {error}", path.display()))
    }

    /// The same, whose hint ends in how to go back to a backup.
    pub(crate) fn with_backup(mut self, file: &Path) -> Self {
        let restore = format!("`cargo migrate restore {}` brings back what was there before", shell(file));
        self.0.hint = Some(match self.0.hint.take() {
            Some(hint) => format!("{hint}; {restore}"),
            None => restore,
        });
        self
    }

    /// What kind of failure it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The revision that was being worked on.
    #[must_use]
    pub fn revision(&self) -> Option<&str> {
        self.0.revision.as_deref()
    }

    /// The statement that failed.
    #[must_use]
    pub fn statement(&self) -> Option<&StatementPlace> {
        self.0.statement.as_ref()
    }

    /// What to do.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// What the database said, where it was the database that refused.
    #[must_use]
    pub fn database(&self) -> Option<&DatabaseError> {
        self.0.source.as_ref()
    }
}

/// A path as one word of a shell.
fn shell(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._+-=:,@%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

/// The kind of error that a failure is, and what can be done.
fn explain(class: Class) -> (ErrorKind, Option<&'static str>) {
    match class {
        Class::Connection => (
            ErrorKind::Connection,
            Some(
                "see that the database can be reached and start again: what is applied stays applied, and nothing is applied twice",
            ),
        ),
        Class::PoolExhausted => (
            ErrorKind::PoolExhausted,
            Some(
                "migrating needs one connection of the pool: raise `max_connections`, or migrate before other work begins",
            ),
        ),
        Class::Authentication => {
            (ErrorKind::Authentication, Some("check user, password and database of the URL"))
        }
        Class::Busy => (
            ErrorKind::LockTimeout,
            Some("another session holds a lock that this needs: end it, or start again later"),
        ),
        Class::ReadOnly => {
            (ErrorKind::ReadOnly, Some("connect to the primary, or make the file and its directory writable"))
        }
        Class::DiskFull => (
            ErrorKind::DiskFull,
            Some("make room, and start again: what is applied stays applied, and nothing is applied twice"),
        ),
        Class::Permission => {
            (ErrorKind::Permission, Some("grant the right, or migrate as the user who owns the schema"))
        }
        Class::InTransaction => (
            ErrorKind::InTransaction,
            Some(
                "end the transaction first: a migration opens its own, and must not be undone by somebody else's rollback",
            ),
        ),
        Class::ClaimLost => (
            ErrorKind::ClaimLost,
            Some("another runner is at work on the same database: start again when it is done"),
        ),
        Class::Locked => (
            ErrorKind::Locked,
            Some("another runner is at work on the same database: wait for it, or end it"),
        ),
        Class::ForeignKey => (
            ErrorKind::ForeignKey,
            Some("rows refer to rows that are not there: mend them in the same script"),
        ),
        Class::TooCostly => (
            ErrorKind::Statement,
            Some(
                "the server cannot do it at so low a cost, which the statement or `online` in migrate.toml states: split it \
                 into steps that it can do, or state in the statement what it may cost, as with `ALGORITHM=COPY`, while \
                 which writers wait",
            ),
        ),
        Class::Constraint | Class::Syntax => (ErrorKind::Statement, None),
        Class::UnknownTable | Class::UnknownColumn | Class::Other => (ErrorKind::Database, None),
    }
}

impl From<Failure> for DatabaseError {
    fn from(failure: Failure) -> Self {
        Self { message: failure.to_string(), code: failure.code, source: failure.source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        match &self.0.statement {
            Some(place) => write!(f, ", at {place}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    /// Everything that there is to say, in the form that `main` prints when it returns the error.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        if let Some(place) = &self.0.statement {
            write!(f, "\n  --> {place}")?;
            for line in place.text.lines() {
                write!(f, "\n   | {line}")?;
            }
        }
        match &self.0.hint {
            Some(hint) => write!(f, "\n  = help: {hint}"),
            None => Ok(()),
        }
    }
}

impl Serialize for Error {
    /// Kind, message, revision, statement, hint, and the database's code.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct View<'e> {
            kind: ErrorKind,
            message: &'e str,
            revision: Option<&'e str>,
            statement: Option<&'e StatementPlace>,
            hint: Option<&'e str>,
            code: Option<&'e str>,
        }
        let code = self.database().and_then(DatabaseError::code);
        let Inner { kind, message, revision, statement, hint, .. } = &*self.0;
        View {
            kind: *kind,
            message,
            revision: revision.as_deref(),
            statement: statement.as_ref(),
            hint: hint.as_deref(),
            code,
        }
        .serialize(serializer)
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.0.source.as_ref().map(|source| source as _)
    }
}
