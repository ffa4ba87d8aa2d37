//! How a run ends before it is done: at once where it waits, else behind what it is doing.

use std::{
    future::poll_fn,
    pin::{Pin, pin},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::Poll,
};

use futures_core::future::BoxFuture;
use futures_util::{FutureExt as _, future::Shared};

use crate::{
    Error, ErrorKind,
    session::{Sent, Session},
};

/// The wish that a run ends; by default, nobody's.
#[derive(Clone, Default)]
pub(crate) struct Cancel {
    signal: Option<Shared<BoxFuture<'static, ()>>>,
    /// Whether a session waits for an answer, or ends. Else a run that is at work is at a pause.
    talks: Arc<AtomicBool>,
}

impl Cancel {
    pub(crate) fn when(signal: impl Future<Output = ()> + Send + 'static) -> Self {
        Self { signal: Some(signal.boxed().shared()), ..Self::default() }
    }

    /// Whether the run is to end.
    pub(crate) fn has_come(&self) -> bool {
        self.signal.clone().is_some_and(|signal| signal.now_or_never().is_some())
    }

    /// The outcome of `work`, or `None` where it was dropped at a pause because the run is to end.
    ///
    /// It is dropped only while no session that is [watched](Self::watch) waits for an answer.
    pub(crate) async fn or_pause<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let Some(mut signal) = self.signal.clone() else { return Some(work.await) };
        let mut has_come = false;
        let mut work = pin!(work);
        poll_fn(|context| {
            if let Poll::Ready(done) = work.as_mut().poll(context) {
                return Poll::Ready(Some(done));
            }
            has_come = has_come || Pin::new(&mut signal).poll(context).is_ready();
            if has_come && !self.talks.load(Ordering::Relaxed) { Poll::Ready(None) } else { Poll::Pending }
        })
        .await
    }

    /// The session; whoever wants the run to end knows when it is at work.
    pub(crate) fn watch<'s>(&self, session: Box<dyn Session + 's>) -> Box<dyn Session + 's> {
        match self.signal {
            Some(_) => Box::new(Watched { session, talks: Arc::clone(&self.talks) }),
            None => session,
        }
    }
}

/// The error of a run that was ended: where it stands.
pub(crate) fn cancelled(standing: impl Into<String>) -> Error {
    let hint = "what is applied stays applied, and the next run goes on from there";
    Error::new(ErrorKind::Cancelled, standing).with_hint(hint)
}

struct Watched<'s> {
    session: Box<dyn Session + 's>,
    talks: Arc<AtomicBool>,
}

impl Watched<'_> {
    fn talk<'a>(
        &'a mut self,
        ask: impl FnOnce(&'a mut (dyn Session + 'a)) -> BoxFuture<'a, Sent> + Send + 'a,
    ) -> BoxFuture<'a, Sent> {
        let Self { session, talks } = self;
        Box::pin(async move {
            talks.store(true, Ordering::Relaxed);
            let sent = ask(&mut **session).await;
            talks.store(false, Ordering::Relaxed);
            sent
        })
    }
}

impl Session for Watched<'_> {
    fn send<'a>(&'a mut self, text: &'a str) -> BoxFuture<'a, Sent> {
        self.talk(move |session| session.send(text))
    }

    fn query<'a>(&'a mut self, text: &'a str) -> BoxFuture<'a, Sent> {
        self.talk(move |session| session.query(text))
    }

    fn is_own(&self) -> bool {
        self.session.is_own()
    }

    fn remember(&mut self, give_back: &str) {
        self.session.remember(give_back);
    }

    fn close<'a>(self: Box<Self>) -> BoxFuture<'a, ()>
    where
        Self: 'a,
    {
        // To be dropped here would leave an outcome unsaid.
        self.talks.store(true, Ordering::Relaxed);
        Box::pin(async move {
            self.session.close().await;
            self.talks.store(false, Ordering::Relaxed);
        })
    }
}
