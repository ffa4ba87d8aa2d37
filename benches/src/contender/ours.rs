use std::sync::Arc;

use anyhow::{Result, bail};
use migrate_analysis::{check, config::Config, source::Sources};
use migrate_core::Dialect;
use migrate_runtime::{Connectable, Edition, Graph, Settings, Transaction};
use sqlx::{Database, MySql, Pool, Postgres, Sqlite};

use super::{Contender, Open, Run, warm_pool};
use crate::{history::History, layout::Layout, place::Place, runtime::block_on, table::Column};

pub(super) const STEPS: Contender =
    Contender { column: Column::Ours, cannot: |_| None, load: |history| load(history, Transaction::Step) };

pub(super) const WHOLE: Contender = Contender {
    column: Column::Ours,
    cannot: |dialect| {
        (!dialect.capabilities().transactional_ddl).then_some("its schema changes commit by themselves")
    },
    load: |history| load(history, Transaction::Upgrade),
};

fn load(history: &History, transaction: Transaction) -> Result<Open> {
    let graph = Arc::new(graph(history, transaction)?);
    Ok(Box::new(move |place| match place.dialect {
        Dialect::Sqlite => open::<Sqlite>(&graph, place),
        Dialect::Postgres => open::<Postgres>(&graph, place),
        Dialect::Mysql => open::<MySql>(&graph, place),
    }))
}

/// The graph that the compiler would have embedded.
fn graph(history: &History, transaction: Transaction) -> Result<Graph> {
    let files: Vec<_> =
        history.revisions.iter().flat_map(|revision| Layout::Native.files(revision)).collect();
    let files = files.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let config = Config { databases: vec![history.dialect], ..Config::default() };
    let report = check(&Sources::new("migrations", files), &config);
    if let Some(error) = report.errors().next() {
        bail!("the generated history is refused: {error:?}");
    }
    let editions = report.editions.into_iter();
    let editions =
        editions.map(|edition| Edition { dialect: edition.dialect, graph: edition.graph }).collect();
    Ok(Graph::new(editions, Settings { transaction, ..Settings::DEFAULT }))
}

fn open<DB: Database>(graph: &Arc<Graph>, place: &Place) -> Result<Run>
where
    for<'p> &'p Pool<DB>: Connectable<'p>,
{
    let graph = Arc::clone(graph);
    let pool = block_on(warm_pool::<DB>(place))?;
    Ok(Box::new(move || {
        block_on(async { graph.on(&pool).upgrade("head").await })?;
        Ok(())
    }))
}
