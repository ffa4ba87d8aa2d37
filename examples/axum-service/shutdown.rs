use std::io;

/// Listens for Ctrl-C, and for the SIGTERM by which a supervisor ends a service. What it gives is done when one came.
#[cfg(unix)]
pub(crate) fn listen() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut termination = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => tracing::info!("interrupted, stopping"),
            _ = termination.recv() => tracing::info!("terminated, stopping"),
        }
    })
}

/// Listens for Ctrl-C. What it gives is done when it came.
#[cfg(windows)]
pub(crate) fn listen() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
        tracing::info!("interrupted, stopping");
    })
}
