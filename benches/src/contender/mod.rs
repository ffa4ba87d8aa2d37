//! Those that are measured: each takes a history, opens a database, and brings it up to date.

mod diesel;
mod native;
mod ours;
mod refinery;
mod sea_orm;
mod select;
mod sqlx;

use ::sqlx::{Database, Pool};
use anyhow::Result;
use migrate_core::Dialect;

use crate::{history::History, place::Place, table::Column};

/// One of those that are measured.
pub(crate) struct Contender {
    /// Where its figures stand.
    pub(crate) column: Column,
    /// Why it cannot be measured on a database, if it cannot.
    pub(crate) cannot: fn(Dialect) -> Option<&'static str>,
    /// Takes a history in, which a service has done by its compiler.
    pub(crate) load: fn(&History) -> Result<Open>,
}

/// Opens a database, as far as a service has it open before it migrates.
pub(crate) type Open = Box<dyn Fn(&Place) -> Result<Run>>;

/// Brings the database up to date.
pub(crate) type Run = Box<dyn FnMut() -> Result<()>>;

/// This project, a transaction a step.
pub(crate) const OURS: Contender = ours::STEPS;

/// This project, one transaction for all steps.
pub(crate) const OURS_WHOLE: Contender = ours::WHOLE;

/// The peers.
pub(crate) const PEERS: [Contender; 4] =
    [sqlx::CONTENDER, refinery::CONTENDER, diesel::CONTENDER, sea_orm::CONTENDER];

/// The client that comes with the database, a transaction a revision.
pub(crate) const NATIVE: Contender = native::STEPS;

/// The same, one transaction for all revisions.
pub(crate) const NATIVE_WHOLE: Contender = native::WHOLE;

/// A query that does nothing.
pub(crate) const SELECT: Contender = select::CONTENDER;

/// A default pool with an idle connection in it.
async fn warm_pool<DB: Database>(place: &Place) -> Result<Pool<DB>> {
    let pool = Pool::<DB>::connect(place.url.as_str()).await?;
    // The first connection goes back into the pool by a task of its own.
    while pool.num_idle() == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    Ok(pool)
}
