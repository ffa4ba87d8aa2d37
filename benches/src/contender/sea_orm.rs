use std::sync::Arc;

use anyhow::Result;
use sea_orm_migration::{
    MigrationName, MigrationTrait, MigratorTraitSelf, SchemaManager,
    sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DbErr},
};

use super::{Contender, Open};
use crate::{history::History, runtime::block_on, table::Column};

pub(super) const CONTENDER: Contender = Contender { column: Column::SeaOrm, cannot: |_| None, load };

fn load(history: &History) -> Result<Open> {
    let scripts = history.revisions.iter().map(|revision| {
        Arc::new(Script {
            name: format!("m{}_{}", revision.version(), revision.slug),
            up: revision.up.clone(),
        })
    });
    let migrator = Arc::new(Scripts(scripts.collect()));
    Ok(Box::new(move |place| {
        let migrator = Arc::clone(&migrator);
        let mut options = ConnectOptions::new(place.url.as_str());
        options.sqlx_logging(false);
        let connection = block_on(async {
            let connection = Database::connect(options).await?;
            connection.ping().await.map(|()| connection)
        })?;
        Ok(Box::new(move || Ok(block_on(migrator.up(&connection, None))?)))
    }))
}

struct Scripts(Vec<Arc<Script>>);

struct Script {
    name: String,
    up: String,
}

impl MigratorTraitSelf for Scripts {
    fn migrations(&self) -> Vec<Box<dyn MigrationTrait>> {
        self.0
            .iter()
            .map(|script| Box::new(Migration(Arc::clone(script))) as Box<dyn MigrationTrait>)
            .collect()
    }
}

struct Migration(Arc<Script>);

impl MigrationName for Migration {
    fn name(&self) -> &str {
        &self.0.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(&self.0.up).await?;
        Ok(())
    }
}
