//! Ctrl-C and SIGTERM: the first one ends a run in good order, the second one at once.

use std::io::{self, Write as _};

use tokio::sync::oneshot;

use crate::failure::Failure;

/// The signals that end a run.
pub(super) struct Ends {
    signals: Signals,
    stop: Option<oneshot::Sender<()>>,
}

impl Ends {
    /// Begins to listen; what is given beside is done when the first one came.
    pub(super) fn listen() -> io::Result<(Self, impl Future<Output = ()> + Send + 'static)> {
        let signals = Signals::listen()?;
        let (stop, stopped) = oneshot::channel();
        Ok((Self { signals, stop: Some(stop) }, async { drop(stopped.await) }))
    }

    /// The outcome of a run that ends by the first signal; a second one drops it.
    pub(super) async fn heeded<T>(mut self, run: impl Future<Output = T>) -> Result<T, Failure> {
        tokio::select! {
            biased;
            outcome = run => Ok(outcome),
            () = self.two() => Err(Failure::interrupted(
                "ended at once, and not in good order",
                "the server may still be at work on what was running: the next run waits for it, and goes on from there",
            )),
        }
    }

    async fn two(&mut self) {
        self.signals.next().await;
        let _ = writeln!(io::stderr(), "ending behind what is running; the same once more ends at once");
        self.stop.take();
        self.signals.next().await;
    }
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
