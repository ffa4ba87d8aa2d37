//! Ctrl-C and SIGTERM: the first one ends a run in good order, the second one at once.

use std::{
    io::{self, Write as _},
    process,
};

use tokio::sync::oneshot;

use crate::failure::INTERRUPTED;

/// What is done when the first signal came. A second one ends the process.
pub(super) fn first() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut signals = Signals::listen()?;
    let (stop, stopped) = oneshot::channel::<()>();
    tokio::spawn(async move {
        signals.next().await;
        let _ = writeln!(io::stderr(), "ending behind what is running; the same once more ends at once");
        drop(stop);
        signals.next().await;
        let _ = writeln!(io::stderr(), "ended at once: the server may still be at work on what is running");
        process::exit(INTERRUPTED.into());
    });
    Ok(async { drop(stopped.await) })
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    termination: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            termination: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.termination.recv() => {}
        }
    }
}

#[cfg(windows)]
struct Signals(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Signals {
    fn listen() -> io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    async fn next(&mut self) {
        self.0.recv().await;
    }
}
