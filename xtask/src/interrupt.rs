//! Ctrl-C, and the other polite requests to end.
//!
//! The handler only notes the request. Whoever waits asks [`requested`] while waiting and returns an error,
//! so that servers and folders are taken down by their guards on this path like on every other.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result, bail};

static REQUESTED: AtomicBool = AtomicBool::new(false);

/// Notes Ctrl-C, SIGTERM and SIGHUP from now on, in place of dying of them.
pub(crate) fn listen() -> Result<()> {
    ctrlc::set_handler(|| REQUESTED.store(true, Ordering::SeqCst)).context("cannot listen for Ctrl-C")
}

/// Whether the user asked to end.
pub(crate) fn requested() -> bool {
    REQUESTED.load(Ordering::SeqCst)
}

/// An error if the user asked to end.
pub(crate) fn check() -> Result<()> {
    if requested() {
        bail!("interrupted");
    }
    Ok(())
}
