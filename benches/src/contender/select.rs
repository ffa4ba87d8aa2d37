use anyhow::Result;
use migrate_core::Dialect;
use sqlx::{Database, Executor, MySql, Pool, Postgres, Sqlite};

use super::{Contender, Open, Run, warm_pool};
use crate::{history::History, place::Place, runtime::block_on, table::Column};

pub(super) const CONTENDER: Contender = Contender { column: Column::Reference, cannot: |_| None, load };

fn load(_: &History) -> Result<Open> {
    Ok(Box::new(|place| match place.dialect {
        Dialect::Sqlite => open::<Sqlite>(place),
        Dialect::Postgres => open::<Postgres>(place),
        Dialect::Mysql => open::<MySql>(place),
    }))
}

/// One query on an idle connection, without the ping by which a pool hands one out.
fn open<DB: Database>(place: &Place) -> Result<Run>
where
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
{
    let pool: Pool<DB> = block_on(warm_pool(place))?;
    Ok(Box::new(move || {
        block_on(async {
            let mut connection = match pool.try_acquire() {
                Some(connection) => connection,
                None => pool.acquire().await?,
            };
            connection.execute(sqlx::raw_sql("SELECT 1")).await?;
            Ok(())
        })
    }))
}
