//! A lock of the operating system, for steps outside a transaction on a database whose sessions have none: it ends with
//! the process, and so tells a runner at work from one that died.

use std::fs::{File, TryLockError};

use super::Run;
use crate::session::{Class, Failure};

impl Run<'_> {
    /// Takes the lock. `None`: there is nothing to take, or no way to take it.
    ///
    /// The file stands beside the database and is never the database itself: closing any handle of that would end
    /// SQLite's own locks in this process (<https://www.sqlite.org/howtocorrupt.html>, section 2.2).
    pub(super) fn fence(&self) -> Result<Option<File>, Failure> {
        let Some(path) = &self.opened.fence else { return Ok(None) };
        let Ok(file) = File::options().create(true).truncate(false).write(true).open(path) else {
            return Ok(None);
        };
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => {
                Err(Failure::new(Class::Locked, "another process is at a step outside a transaction"))
            }
            Err(TryLockError::Error(_)) => Ok(None),
        }
    }
}
