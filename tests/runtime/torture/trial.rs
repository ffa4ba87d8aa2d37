use std::{fmt, time::Duration};

use migrate_runtime::{Dialect, Direction, ErrorKind, Graph, Standing};

use super::{
    ground::Ground,
    moment::Moment,
    row::Row,
    snapshot::Snapshot,
    victim::{End, kill, travel},
};
use crate::{
    bookkeeping::{applied, running},
    lock::is_free_soon,
    site::Site,
};

/// A database that is upgraded and downgraded by processes that are killed.
pub(super) struct Trial<'g> {
    ground: &'g Ground,
    site: Site,
    direction: Direction,
    /// How many rows of the history are there from ways that were gone before.
    written: usize,
}

/// What the next start found.
enum Outcome {
    Clean,
    Asked(String),
    Wrong(String),
}

impl<'g> Trial<'g> {
    pub(super) fn new(ground: &'g Ground, site: Site) -> Self {
        Self { ground, site, direction: Direction::Up, written: 0 }
    }

    pub(super) fn direction(&self) -> Direction {
        self.direction
    }

    pub(super) fn site(&self) -> &Site {
        &self.site
    }

    pub(super) fn graph(&self) -> &'g Graph {
        &self.ground.graph
    }

    /// Kills a process at this moment, now and then the next one as well, and lets the next start do the rest. Whether
    /// the database can be used again.
    pub(super) async fn take(&mut self, moment: Moment, random: &mut fastrand::Rng, row: &mut Row) -> bool {
        let mut kills = 0;
        let mut moments = vec![moment];
        let mut trouble = None;
        loop {
            match kill(&self.site, self.direction, moments[moments.len() - 1]).await {
                End::Killed => kills += 1,
                End::Missed => row.missed += 1,
                // What cannot be done without a hand is not failed for the kill.
                End::Failed(said) if moments.len() > 1 && said.contains("interrupted") => {}
                End::Failed(said) => trouble = Some(said),
            }
            if trouble.is_some() || random.u8(..4) > 0 {
                break;
            }
            // Right at its beginning, where it recovers.
            let time = self.ground.way(self.direction).extent.time;
            moments.push(Moment::After(time.mul_f64(random.f64() / 8.0)));
        }
        row.kills += kills;
        self.settle(format!("{moments:?}"), kills, trouble, row).await
    }

    /// Lets the next start do the rest, unless there was trouble before it, and writes down what became of these kills.
    /// Whether the database can be used again.
    pub(super) async fn settle(
        &mut self,
        when: String,
        kills: usize,
        trouble: Option<impl fmt::Display>,
        row: &mut Row,
    ) -> bool {
        let outcome = match trouble {
            Some(trouble) => Outcome::Wrong(trouble.to_string()),
            None => self.finish().await,
        };
        let told = |what: String| format!("{} at {when}: {what}", self.direction);
        match outcome {
            Outcome::Clean => {
                row.clean += kills;
                self.written += self.ground.way(self.direction).steps.len();
                self.direction = opposite(self.direction);
                return true;
            }
            Outcome::Asked(what) => {
                let what = told(what);
                row.asked.extend(std::iter::repeat_n(what, kills));
            }
            Outcome::Wrong(what) => row.wrong.push(told(what)),
        }
        false
    }

    /// The next start, and all that has to be right behind it.
    async fn finish(&self) -> Outcome {
        let Self { ground, site, direction, .. } = self;
        let pool = site.pool_of(2);
        let arrived = travel(pool.on(&ground.graph), *direction).await;
        pool.close().await;
        match arrived {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::Interrupted => return Outcome::Asked(error.to_string()),
            Err(error) => return Outcome::Wrong(format!("the next start fails: {error:?}")),
        }
        let wrong = self.what_is_wrong().await;
        if wrong.is_empty() { Outcome::Clean } else { Outcome::Wrong(wrong.join("\n")) }
    }

    async fn what_is_wrong(&self) -> Vec<String> {
        let Self { ground, site, direction, written } = self;
        let way = ground.way(*direction);
        let mut wrong = Vec::new();
        wrong.extend(Snapshot::of(site).await.difference(&way.snapshot));
        let done = "SELECT direction, revision FROM migrate_history WHERE outcome = 'done' ORDER BY id";
        let done: Vec<String> = site.rows(done).await.iter().map(|row| row.replace('|', " ")).collect();
        if done.get(*written..) != Some(&way.steps) {
            wrong.push(format!("the history is {done:?}"));
        }
        let status = site.on(&ground.graph).status().await.unwrap();
        let expected = if *direction == Direction::Up { Standing::Current } else { Standing::Empty };
        if status.standing != expected {
            wrong.push(format!("it stands {:?}", status.standing));
        }
        let rows = applied(site).await.split_whitespace().count();
        let expected = if *direction == Direction::Up { way.steps.len() } else { 0 };
        if rows != expected {
            wrong.push(format!("{rows} revisions are written down"));
        }
        let running = running(site).await;
        if running != "NULL|NULL|NULL" {
            wrong.push(format!("it says that {running} is running"));
        }
        if site.dialect() != Dialect::Sqlite && !is_free_soon(site, Duration::from_secs(5)).await {
            wrong.push("the lock is still held".to_owned());
        }
        wrong
    }
}

pub(super) fn opposite(direction: Direction) -> Direction {
    match direction {
        Direction::Up => Direction::Down,
        Direction::Down => Direction::Up,
    }
}
