//! A service that migrates by sqlx's own migrator, to be killed: `victim FOLDER URL up|down`. It says on its standard error
//! when it begins, and when it is done. `cargo xtask torture --peers` runs it.

use std::{env, ops::Deref, path::Path};

use anyhow::{Context as _, Result};
use sqlx::{
    Database, MySqlPool, PgPool, Pool, SqlitePool,
    migrate::{Migrate, Migrator},
    pool::PoolConnection,
    sqlite::SqliteConnectOptions,
};

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run())
}

async fn run() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let mut next = || arguments.next().context("usage: victim FOLDER URL up|down");
    let (folder, url, direction) = (next()?, next()?, next()?);
    let migrator = Migrator::new(Path::new(&folder)).await?;
    if url.starts_with("postgres") {
        travel(&migrator, PgPool::connect(&url).await?, &direction).await
    } else if url.starts_with("mysql") {
        travel(&migrator, MySqlPool::connect(&url).await?, &direction).await
    } else {
        // With them, a table that is made anew would lose the rows that refer to it.
        let options: SqliteConnectOptions = url.parse()?;
        travel(&migrator, SqlitePool::connect_with(options.foreign_keys(false)).await?, &direction).await
    }
}

async fn travel<DB: Database>(migrator: &Migrator, pool: Pool<DB>, direction: &str) -> Result<()>
where
    DB::Connection: Migrate,
    PoolConnection<DB>: Deref<Target = DB::Connection>,
{
    eprintln!("victim: begun");
    if direction == "up" {
        migrator.run(&pool).await?;
    } else {
        migrator.undo(&pool, 0).await?;
    }
    eprintln!("victim: done");
    Ok(())
}
