//! A session that fails where it is told to.

use futures_core::future::BoxFuture;

use crate::session::{Class, Failure, Sent, Session};

/// What goes wrong, and at which call.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fault {
    /// The call, from 1.
    pub(super) call: usize,
    pub(super) harm: Harm,
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Harm {
    /// The connection is lost before the database hears of the call.
    LostBefore,
    /// The connection is lost after the database has done what it was asked.
    LostAfter,
    /// The database refuses the call, once.
    Refused,
    /// The database refuses this call and all that follow.
    RefusedForEver,
}

impl Harm {
    pub(super) const ALL: [Self; 4] =
        [Self::LostBefore, Self::LostAfter, Self::Refused, Self::RefusedForEver];
}

impl Fault {
    /// No fault at all.
    pub(super) const NEVER: Self = Self { call: usize::MAX, harm: Harm::LostBefore };
}

/// A session with a fault.
pub(super) struct Mortal<'s> {
    session: Option<Box<dyn Session + 's>>,
    fault: Fault,
    calls: &'s mut usize,
}

impl<'s> Mortal<'s> {
    /// `calls` counts the calls that are made.
    pub(super) fn new(session: Box<dyn Session + 's>, fault: Fault, calls: &'s mut usize) -> Self {
        Self { session: Some(session), fault, calls }
    }

    async fn call(&mut self, text: &str, rows: bool) -> Sent {
        *self.calls += 1;
        let Fault { call, harm } = self.fault;
        let is_now = *self.calls == call;
        let Some(session) = &mut self.session else { return failed(Class::Connection) };
        match harm {
            Harm::LostBefore if is_now => {
                self.session = None;
                return failed(Class::Connection);
            }
            Harm::Refused if is_now => return failed(Class::Other),
            Harm::RefusedForEver if *self.calls >= call => return failed(Class::Other),
            _ => {}
        }
        let sent = if rows { session.query(text).await } else { session.send(text).await };
        if is_now && harm == Harm::LostAfter {
            self.session = None;
            return failed(Class::Connection);
        }
        sent
    }
}

fn failed(class: Class) -> Sent {
    Sent { failure: Some(Failure::new(class, "the database or its connection failed")), ..Sent::default() }
}

impl Session for Mortal<'_> {
    fn send<'a>(&'a mut self, text: &'a str) -> BoxFuture<'a, Sent> {
        Box::pin(self.call(text, false))
    }

    fn query<'a>(&'a mut self, text: &'a str) -> BoxFuture<'a, Sent> {
        Box::pin(self.call(text, true))
    }

    fn is_own(&self) -> bool {
        true
    }

    fn remember(&mut self, _: &str) {}

    fn close<'a>(self: Box<Self>) -> BoxFuture<'a, ()>
    where
        Self: 'a,
    {
        Box::pin(async move {
            if let Some(session) = self.session {
                session.close().await;
            }
        })
    }
}
