//! The migration lock: tried, never waited for inside the database, and given back on every path.

use std::time::{Duration, Instant};

use super::Run;
use crate::{Error, ErrorKind, Event, Result};

/// Waits that grow, with jitter, so that fifty replicas do not knock at the same moment.
pub(super) struct Pause(Duration);

impl Default for Pause {
    fn default() -> Self {
        Self(Duration::from_millis(10))
    }
}

impl Pause {
    const LONGEST: Duration = Duration::from_secs(1);

    pub(super) async fn take(&mut self) {
        tokio::time::sleep(self.0.mul_f64(0.5 + fastrand::f64())).await;
        self.0 = (self.0 * 2).min(Self::LONGEST);
    }
}

impl Run<'_> {
    /// Takes the lock of an own session. On a lent one, which must not keep it, waits until nobody has it: there, the
    /// lock is taken by each step's transaction.
    pub(super) async fn take_lock(&mut self) -> Result<()> {
        let mut pause = Pause::default();
        let mut told: Option<Option<String>> = None;
        loop {
            let free = if self.session.is_own() {
                let taken = self.room.try_lock(&mut *self.session, &self.key).await;
                taken.map_err(|failure| Error::of_failure("cannot take the migration lock", failure))?
            } else {
                self.holder().await?.is_none()
            };
            if free {
                return Ok(());
            }
            let holder = self.holder().await?;
            if Instant::now() >= self.deadline {
                return Err(self.held_too_long(holder));
            }
            if told.as_ref() != Some(&holder) {
                self.options.tell(&Event::Waiting { holder: holder.clone() });
                told = Some(holder);
            }
            pause.take().await;
        }
    }

    fn held_too_long(&self, holder: Option<String>) -> Error {
        let holder = holder.unwrap_or_else(|| "another runner".to_owned());
        let waited = self.options.lock_wait;
        Error::new(
            ErrorKind::Locked,
            format!("{holder} has held the migration lock for more than {waited:?}"),
        )
        .with_hint("wait for it, or end it; `lock_wait` sets how long to wait")
    }

    async fn holder(&mut self) -> Result<Option<String>> {
        let Some(query) = self.room.holder(&self.key) else {
            return Ok(None);
        };
        let rows = self.session.query(&query).await.rows();
        let rows =
            rows.map_err(|failure| Error::of_failure("cannot see who holds the migration lock", failure))?;
        Ok(rows.into_iter().flatten().flatten().next())
    }

    /// A session that is ours ends with us, and its lock with it: what goes wrong here does no harm.
    pub(super) async fn release_lock(&mut self) {
        if self.session.is_own()
            && let Some(unlock) = self.room.unlock(&self.key)
        {
            let _ = self.session.send(&unlock).await;
        }
    }
}
