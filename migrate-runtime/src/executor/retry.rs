//! Trying again what others were in the way of, when nothing was changed.

use std::time::Instant;

use super::{
    Run,
    lock::{Hold, Pause},
    step::Work,
};
use crate::{
    Event, Result,
    session::{Class, Failure},
    settings::Options,
};

/// The tries of one step or statement.
pub(super) struct Tries {
    made: usize,
    wait: Pause,
    retry: Pause,
}

impl Tries {
    pub(super) fn new(options: &Options) -> Self {
        Self { made: 0, wait: Pause::default(), retry: Pause::after(options.lock_timeout) }
    }
}

impl Run<'_> {
    /// Whether to try again, after a pause that this takes. `statement` is what could not go on; where it is given up,
    /// the failure names who was in the way.
    ///
    /// Waiting for the migration lock is bounded by time: the work of others takes as long as it takes. Waiting for a
    /// lock on a table is bounded in number, since queries on the table queue up behind each try.
    pub(super) async fn tries_again(
        &mut self,
        tries: &mut Tries,
        work: &Work<'_>,
        statement: &str,
        failure: &mut Failure,
    ) -> Result<bool> {
        if failure.class == Class::Locked {
            self.wait_for_the_holder(&mut tries.wait).await?;
            return Ok(true);
        }
        // Where the transaction is the lock, being busy is waiting for the lock.
        if self.hold == Hold::Step && !self.room.dialect().capabilities().session_lock {
            let in_time = Instant::now() < self.deadline;
            if in_time {
                tries.wait.take().await;
            }
            return Ok(in_time);
        }
        let blockers: Vec<String> = self.blockers(statement).await.iter().map(ToString::to_string).collect();
        tries.made += 1;
        let of = self.options.lock_retries + 1;
        if tries.made >= of {
            if !blockers.is_empty() {
                failure.detail = Some(format!("locks are held by {}", blockers.join("; and by ")));
            }
            return Ok(false);
        }
        let pause = tries.retry.next();
        self.options.tell(&Event::Retrying {
            revision: work.revision.id().to_owned(),
            message: failure.message.clone(),
            number: tries.made,
            of,
            pause,
            blockers,
        });
        tokio::time::sleep(pause).await;
        Ok(true)
    }
}
