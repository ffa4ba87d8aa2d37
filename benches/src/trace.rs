//! The statements that SQLite runs, whichever crate asks it to.

use std::sync::{
    Once,
    atomic::{AtomicUsize, Ordering},
};

use anyhow::Result;
use rusqlite::{
    Connection,
    auto_extension::{RawAutoExtension, init_auto_extension, register_auto_extension},
    ffi,
    trace::{TraceEvent, TraceEventCodes},
};

static STATEMENTS: AtomicUsize = AtomicUsize::new(0);

/// Counts the statements of every connection that is opened from now on: all crates of this program share one SQLite.
pub(crate) fn statements() -> Result<()> {
    static REGISTERED: Once = Once::new();
    let mut registered = Ok(());
    REGISTERED.call_once(|| {
        let extension: RawAutoExtension = trace_connection;
        #[expect(unsafe_code, reason = "no other way sees the connections of all crates")]
        // SAFETY: the extension opens no database, closes none, and leaves the list of extensions alone.
        let result = unsafe { register_auto_extension(extension) };
        registered = result;
    });
    Ok(registered?)
}

/// How many statements began since the program did.
pub(crate) fn count() -> usize {
    STATEMENTS.load(Ordering::SeqCst)
}

#[expect(unsafe_code, reason = "SQLite calls it with pointers of its own")]
unsafe extern "C" fn trace_connection(
    database: *mut ffi::sqlite3,
    message: *mut *mut std::ffi::c_char,
    _: *const ffi::sqlite3_api_routines,
) -> std::ffi::c_int {
    // SAFETY: SQLite hands over a connection that is open and of this thread.
    unsafe {
        init_auto_extension(database, message, |connection: Connection| {
            connection.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(count_statement));
            Ok(())
        })
    }
}

fn count_statement(event: TraceEvent<'_>) {
    // A comment stands for a trigger that a statement sets off.
    if let TraceEvent::Stmt(_, text) = event
        && !text.starts_with("--")
    {
        STATEMENTS.fetch_add(1, Ordering::SeqCst);
    }
}
