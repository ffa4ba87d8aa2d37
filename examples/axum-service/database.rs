use std::error::Error;

use migrate_runtime::{
    Direction, Graph, PlannedStep, Report, Result, Status, embed_migrations,
    sqlx::{PgPool, SqlitePool},
};

use crate::not_ready::NotReady;

/// The migrations of this service for both databases, checked by the compiler.
static MIGRATIONS: Graph = embed_migrations!("migrations", sqlite, postgres);

/// The pool that the service works with.
#[derive(Clone)]
pub(crate) enum Database {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Database {
    /// Reads the URL; the first query connects.
    pub(crate) fn open(url: &str) -> Result<Self, Box<dyn Error>> {
        match url.split_once(':') {
            Some(("sqlite", _)) => Ok(Self::Sqlite(SqlitePool::connect_lazy(url)?)),
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres(PgPool::connect_lazy(url)?)),
            _ => Err("`DATABASE_URL` begins with neither `sqlite:` nor `postgres:`".into()),
        }
    }

    /// Sees that the service may work on the database, and upgrades it if it may and has to.
    ///
    /// Several replicas may start at once: one of them migrates, the others wait for it. A database that a newer
    /// release has upgraded is ready as well, so that a rolling deployment can go back.
    pub(crate) async fn make_ready(&self, auto_migrate: bool) -> Result<(), NotReady> {
        if auto_migrate {
            let report = self.upgrade().await?;
            tracing::info!(steps = report.steps.len(), "the database is up to date");
            return Ok(());
        }
        let pending = self.pending().await?;
        if pending.is_empty() { Ok(()) } else { Err(NotReady::Behind(pending)) }
    }

    async fn upgrade(&self) -> Result<Report> {
        match self {
            Self::Sqlite(pool) => MIGRATIONS.upgrade(pool, "head").await,
            Self::Postgres(pool) => MIGRATIONS.upgrade(pool, "head").await,
        }
    }

    /// What an upgrade would do. It fails where an upgrade would refuse to begin.
    async fn pending(&self) -> Result<Vec<PlannedStep>> {
        match self {
            Self::Sqlite(pool) => MIGRATIONS.plan(pool, Direction::Up, "head").await,
            Self::Postgres(pool) => MIGRATIONS.plan(pool, Direction::Up, "head").await,
        }
    }

    pub(crate) async fn status(&self) -> Result<Status> {
        match self {
            Self::Sqlite(pool) => MIGRATIONS.status(pool).await,
            Self::Postgres(pool) => MIGRATIONS.status(pool).await,
        }
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }
}
