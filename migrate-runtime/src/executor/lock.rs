//! The migration lock: tried, never waited for inside the database, and given back on every path.

use std::time::{Duration, Instant};

use migrate_core::Dialect;

use super::{Order, Run, holder::Holder};
use crate::{
    Error, ErrorKind, Event, Result,
    boot::{self, Boot, wanted},
    session::{Failure, Session},
    settings::Options,
};

/// Waits that grow, with jitter, so that fifty replicas do not knock at the same moment.
pub(crate) struct Pause {
    next: Duration,
    longest: Duration,
}

impl Default for Pause {
    fn default() -> Self {
        Self { next: Duration::from_millis(10), longest: Duration::from_secs(1) }
    }
}

impl Pause {
    /// Waits in proportion to a timeout that has run out.
    pub(super) fn after(timeout: Duration) -> Self {
        let first = (timeout / 10).max(Duration::from_millis(10));
        Self { next: first, longest: timeout.max(first) }
    }

    /// How long to wait this time.
    pub(super) fn next(&mut self) -> Duration {
        let pause = self.next.mul_f64(0.5 + fastrand::f64());
        self.next = (self.next * 2).min(self.longest);
        pause
    }

    pub(crate) async fn take(&mut self) {
        tokio::time::sleep(self.next()).await;
    }
}

/// What keeps two runners from the same work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// The session has the lock for as long as the work lasts.
    Session,
    /// The transaction of each step takes the lock: others may work between two steps.
    Step,
    /// There is no lock. The claim of each step still makes sure that none is done twice.
    Claim,
}

impl Hold {
    /// What it is for a session: one that was lent must not keep a lock, and behind a transaction pooler there is no
    /// session that could.
    pub(super) fn of(session: &dyn Session, dialect: Dialect, options: &Options) -> Self {
        let can = dialect.capabilities();
        if !can.session_lock {
            Self::Step
        } else if !options.lock {
            Self::Claim
        } else if session.is_own() && !options.pooled {
            Self::Session
        } else if can.transaction_lock {
            Self::Step
        } else {
            Self::Claim
        }
    }
}

impl Run<'_> {
    /// Takes the lock of the session. Where each step's transaction takes it, waits until nobody has it.
    ///
    /// Where others do meanwhile what was asked for, there is nothing to lock for: then it returns the heads in the
    /// database that the graph does not know.
    pub(super) async fn take_lock(&mut self, order: &Order) -> Result<Option<Vec<String>>> {
        let mut pause = Pause::default();
        loop {
            let free = match self.hold {
                Hold::Claim => true,
                Hold::Session => {
                    let taken = self.room.try_lock(&mut *self.session, &self.key).await;
                    taken.map_err(|failure| Error::of_failure("cannot take the migration lock", failure))?
                }
                Hold::Step => self.holder().await.map_err(cannot_see)?.is_none(),
            };
            if free {
                return Ok(None);
            }
            if let Some(unknown) = self.done_by_others(order).await? {
                return Ok(Some(unknown));
            }
            self.wait_for_the_holder(&mut pause).await?;
        }
    }

    async fn done_by_others(&mut self, order: &Order) -> Result<Option<Vec<String>>> {
        let Order::Upgrade(target) = order else { return Ok(None) };
        let Some(wanted) = wanted(self.graph, target) else { return Ok(None) };
        let query = boot::query(self.room, &self.names, self.options, &wanted);
        let sent = self.session.query(&query).await;
        match boot::answer(sent, self.graph, &wanted, &self.names)? {
            Boot::Done { unknown } => {
                boot::tell_ahead(self.options, &unknown);
                Ok(Some(unknown))
            }
            Boot::Work => Ok(None),
        }
    }

    /// Waits a little for whoever has the lock, and tells who that is where it was not told yet.
    pub(super) async fn wait_for_the_holder(&mut self, pause: &mut Pause) -> Result<()> {
        let holder = self.holder().await.map_err(cannot_see)?;
        if Instant::now() >= self.deadline {
            return Err(self.held_too_long(holder));
        }
        let who = holder.as_ref().map(|holder| holder.who.clone());
        if self.waits_for.as_ref() != Some(&who) {
            self.options.tell(&Event::Waiting { holder: holder.map(|holder| holder.to_string()) });
            self.waits_for = Some(who);
        }
        pause.take().await;
        Ok(())
    }

    fn held_too_long(&self, holder: Option<Holder>) -> Error {
        let holder = holder.map_or_else(|| "another runner".to_owned(), |holder| format!("{holder},"));
        let waited = self.options.lock_wait;
        Error::new(
            ErrorKind::Locked,
            format!("{holder} has held the migration lock for more than {waited:?}"),
        )
        .with_hint("wait for it, or end it; `lock_wait` sets how long to wait")
    }

    /// A session that is ours ends with us, and its lock with it: what goes wrong here does no harm.
    pub(super) async fn release_lock(&mut self) {
        if self.hold == Hold::Session
            && let Some(unlock) = self.room.unlock(&self.key)
        {
            let _ = self.session.send(&unlock).await;
        }
    }
}

fn cannot_see(failure: Failure) -> Error {
    Error::of_failure("cannot see who holds the migration lock", failure)
}
