use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use migrate_runtime::{Dialect, Direction, Graph};

use super::{moment::Extent, snapshot::Snapshot, victim::travel};
use crate::{database::Pool, history::history, site::Site, wire::Wire};

/// The history that is interrupted.
pub(super) fn history_of(dialect: Dialect) -> Graph {
    let text = match dialect {
        Dialect::Sqlite => include_str!("histories/sqlite.txt"),
        Dialect::Postgres => include_str!("histories/postgres.txt"),
        Dialect::Mysql => include_str!("histories/mysql.txt"),
    };
    history(dialect, text)
}

/// What is known of undisturbed runs, all the way up and all the way down.
pub(super) struct Ground {
    pub(super) dialect: Dialect,
    pub(super) graph: Graph,
    pub(super) up: Way,
    pub(super) down: Way,
}

/// One direction.
pub(super) struct Way {
    pub(super) extent: Extent,
    /// What the database is behind it.
    pub(super) snapshot: Snapshot,
    /// `up accounts`, `up rows` ..
    pub(super) steps: Vec<String>,
}

impl Ground {
    pub(super) async fn survey(site: &Site) -> Self {
        let graph = history_of(site.dialect());
        let up = Way::survey(site, &graph, Direction::Up).await;
        let down = Way::survey(site, &graph, Direction::Down).await;
        Self { dialect: site.dialect(), graph, up, down }
    }

    pub(super) fn way(&self, direction: Direction) -> &Way {
        match direction {
            Direction::Up => &self.up,
            Direction::Down => &self.down,
        }
    }
}

impl Way {
    async fn survey(site: &Site, graph: &Graph, direction: Direction) -> Self {
        let wire = match site.dialect() {
            Dialect::Sqlite => None,
            dialect => Some(Wire::to(dialect, site.url()).await),
        };
        let url = wire.as_ref().map_or(site.url(), Wire::url);
        let pool = Pool::to(site.dialect(), url, 2);
        let events = Arc::new(AtomicUsize::new(0));
        let heard = events.clone();
        let on = pool.on(graph).observer(move |_| _ = heard.fetch_add(1, Ordering::Relaxed));
        let start = Instant::now();
        let report = travel(on, direction).await.unwrap();
        let time = start.elapsed();
        pool.close().await;
        Self {
            extent: Extent {
                events: events.load(Ordering::Relaxed),
                messages: wire.map_or(0, |wire| wire.take().len()),
                time,
            },
            snapshot: Snapshot::of(site).await,
            steps: report.steps.iter().map(|step| format!("{} {}", step.direction, step.revision)).collect(),
        }
    }
}
