use std::{fmt, io, path::Path};

use migrate_analysis::source::LockRefusal;
use migrate_core::graph::TargetError;

/// Why a command could not be run.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    help: Option<String>,
    /// The exit code.
    pub(crate) code: u8,
}

impl Failure {
    /// The command asks for something that is not there.
    pub(crate) fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: Some(help.into()), code: 2 }
    }

    /// What the command asks for is there, but cannot be done as things are.
    pub(crate) fn refused(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: Some(help.into()), code: 1 }
    }

    /// The system refuses to do something (`read`, `write`) with a file.
    pub(crate) fn file(what: &str, path: &Path, error: &io::Error) -> Self {
        let path = path.to_string_lossy().replace('\\', "/");
        Self { message: format!("cannot {what} `{path}`: {error}"), help: None, code: 1 }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.message)?;
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
        Self { message: error.to_string(), help: error.hint().map(str::to_owned), code: 1 }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self { message: error.to_string(), help: None, code: 1 }
    }
}
