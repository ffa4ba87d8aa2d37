//! The asynchronous runtime, one for the whole program as in a service.

use std::{future::Future, sync::OnceLock};

use tokio::runtime::{Builder, Runtime};

/// The runtime.
pub(crate) fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        Builder::new_multi_thread().enable_all().build().expect("the system gives the runtime its threads")
    })
}

/// Waits for a future.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    runtime().block_on(future)
}
