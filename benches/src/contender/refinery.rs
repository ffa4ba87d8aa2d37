use std::rc::Rc;

use anyhow::{Context as _, Result};
use migrate_core::Dialect;
use refinery::{Migration, Runner};
use tokio_postgres::NoTls;

use super::{Contender, Open, Run};
use crate::{
    history::History,
    place::Place,
    runtime::{block_on, runtime},
    table::Column,
};

pub(super) const CONTENDER: Contender = Contender { column: Column::Refinery, cannot: |_| None, load };

fn load(history: &History) -> Result<Open> {
    let migrations = history.revisions.iter().map(|revision| {
        // Its versions are numbers of 32 bits.
        Migration::unapplied(&format!("V{}__{}", revision.number, revision.slug), &revision.up)
    });
    let migrations: Vec<Migration> = migrations.collect::<Result<_, _>>()?;
    let runner = Rc::new(Runner::new(&migrations));
    Ok(Box::new(move |place| {
        let runner = Rc::clone(&runner);
        match place.dialect {
            Dialect::Sqlite => sqlite(runner, place),
            Dialect::Postgres => postgres(runner, place),
            Dialect::Mysql => mysql(runner, place),
        }
    }))
}

fn sqlite(runner: Rc<Runner>, place: &Place) -> Result<Run> {
    let mut connection = rusqlite::Connection::open(place.file())?;
    connection.execute_batch("SELECT 1")?;
    Ok(Box::new(move || {
        runner.run(&mut connection)?;
        Ok(())
    }))
}

fn postgres(runner: Rc<Runner>, place: &Place) -> Result<Run> {
    let url = place.url.as_str();
    let (mut client, connection) = block_on(tokio_postgres::connect(url, NoTls))?;
    runtime().spawn(connection);
    Ok(Box::new(move || {
        block_on(runner.run_async(&mut client))?;
        Ok(())
    }))
}

fn mysql(runner: Rc<Runner>, place: &Place) -> Result<Run> {
    let mut pool = mysql_async::Pool::from_url(place.url.as_str()).context("the URL does not suit")?;
    block_on(async { pool.get_conn().await.map(drop) })?;
    Ok(Box::new(move || {
        block_on(runner.run_async(&mut pool))?;
        Ok(())
    }))
}
