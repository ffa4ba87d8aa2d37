use std::{fmt, io, path::Path};

use migrate_analysis::source::LockRefusal;
use migrate_core::graph::TargetError;
use migrate_runtime::ErrorKind;

/// The exit code where the command itself means nothing.
pub(crate) const USAGE: u8 = 2;

/// The exit code of a run that a signal ended.
const INTERRUPTED: u8 = 3;

/// The exit code where people have to answer a question.
const OPEN: u8 = 4;

/// Why a command could not be run.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    help: Option<String>,
    /// What is shown before.
    before: String,
    /// The exit code.
    pub(crate) code: u8,
}

impl Failure {
    /// The command asks for something that is not there.
    pub(crate) fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::new(message.into(), Some(help.into()), USAGE)
    }

    /// What the command asks for is there, but cannot be done as things are.
    pub(crate) fn refused(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::new(message.into(), Some(help.into()), 1)
    }

    /// People have to answer a question before the command can go on.
    pub(crate) fn asked(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::new(message.into(), Some(help.into()), OPEN)
    }

    /// A signal ended the command.
    pub(crate) fn interrupted(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::new(message.into(), Some(help.into()), INTERRUPTED)
    }

    fn new(message: String, help: Option<String>, code: u8) -> Self {
        Self { message, help, before: String::new(), code }
    }

    /// The same, behind what was found.
    pub(crate) fn after(mut self, findings: String) -> Self {
        self.before = findings;
        self
    }

    /// The system refuses to do something (`read`, `write`) with a file.
    pub(crate) fn file(what: &str, path: &Path, error: &io::Error) -> Self {
        let path = path.to_string_lossy().replace('\\', "/");
        Self::new(format!("cannot {what} `{path}`: {error}"), None, 1)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}error: {}", self.before, self.message)?;
        self.help.iter().try_for_each(|help| write!(f, "\n  help: {help}"))
    }
}

impl From<TargetError> for Failure {
    fn from(error: TargetError) -> Self {
        Self::usage(error.to_string(), error.help())
    }
}

impl From<LockRefusal> for Failure {
    fn from(refusal: LockRefusal) -> Self {
        Self::refused(refusal.to_string(), "`cargo migrate check` shows what is wrong")
    }
}

impl From<migrate_runtime::Error> for Failure {
    fn from(error: migrate_runtime::Error) -> Self {
        let mut message = error.to_string();
        for line in error.statement().iter().flat_map(|place| place.text.lines()) {
            message += "\n   | ";
            message += line;
        }
        Self::new(message, error.hint().map(str::to_owned), code(error.kind()))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::new(error.to_string(), None, 1)
    }
}

/// The exit code for what went wrong in a run.
fn code(kind: ErrorKind) -> u8 {
    match kind {
        ErrorKind::Target => USAGE,
        ErrorKind::Cancelled => INTERRUPTED,
        ErrorKind::Interrupted => OPEN,
        _ => 1,
    }
}
