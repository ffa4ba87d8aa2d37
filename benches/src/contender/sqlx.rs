use std::{borrow::Cow, ops::Deref, sync::Arc};

use anyhow::Result;
use migrate_core::Dialect;
use sqlx::{
    AssertSqlSafe, Database, MySql, Pool, Postgres, SqlSafeStr as _, Sqlite,
    migrate::{Migrate, Migration, MigrationType, Migrator},
    pool::PoolConnection,
};

use super::{Contender, Open, Run, warm_pool};
use crate::{history::History, place::Place, runtime::block_on, table::Column};

pub(super) const CONTENDER: Contender = Contender { column: Column::Sqlx, cannot: |_| None, load };

fn load(history: &History) -> Result<Open> {
    let migrations = history.revisions.iter().map(|revision| {
        Migration::new(
            revision.version(),
            Cow::Owned(revision.slug.clone()),
            MigrationType::ReversibleUp,
            AssertSqlSafe(revision.up.clone()).into_sql_str(),
            false,
        )
    });
    let migrator = Arc::new(Migrator::with_migrations(migrations.collect()));
    Ok(Box::new(move |place| match place.dialect {
        Dialect::Sqlite => open::<Sqlite>(&migrator, place),
        Dialect::Postgres => open::<Postgres>(&migrator, place),
        Dialect::Mysql => open::<MySql>(&migrator, place),
    }))
}

fn open<DB: Database>(migrator: &Arc<Migrator>, place: &Place) -> Result<Run>
where
    DB::Connection: Migrate,
    PoolConnection<DB>: Deref<Target = DB::Connection>,
{
    let migrator = Arc::clone(migrator);
    let pool: Pool<DB> = block_on(warm_pool(place))?;
    Ok(Box::new(move || Ok(block_on(migrator.run(&pool))?)))
}
