use std::{fs, path::PathBuf};

use migrate_analysis::replay::of_catalog;
use migrate_core::Schema;
use migrate_runtime::{Catalog, Database};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, SqliteConnection, raw_sql};
use tempfile::TempDir;

use crate::live::Live;

/// A database in a file.
pub(crate) struct Sqlite {
    folder: TempDir,
}

impl Sqlite {
    /// An empty one.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder can be made") }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("truth.db")
    }

    fn url(&self) -> String {
        format!("sqlite:{}?mode=rwc", self.file().display())
    }
}

impl Live for Sqlite {
    async fn run(&mut self, statements: &[String], transaction: bool) -> Result<(), (usize, String)> {
        let mut session = SqliteConnection::connect(&self.url()).await.expect("the file can be opened");
        session.execute("PRAGMA foreign_keys = OFF").await.expect("foreign keys are not checked");
        if transaction {
            session.execute("BEGIN").await.expect("a transaction begins");
        }
        for (place, statement) in statements.iter().enumerate() {
            if let Err(error) = raw_sql(AssertSqlSafe(statement.as_str())).execute(&mut session).await {
                session.close().await.expect("the session ends");
                return Err((place, error.to_string()));
            }
        }
        let done = if transaction { session.execute("COMMIT").await.map(drop) } else { Ok(()) };
        session.close().await.expect("the session ends");
        done.map_err(|error| (statements.len(), error.to_string()))
    }

    async fn catalog(&mut self) -> Schema {
        let database = Database::at(&self.url()).expect("the URL is right");
        let catalog = Catalog::read(&database).await.expect("the catalog can be read");
        of_catalog(catalog.schema, &catalog.statements)
    }

    async fn catalog_after(&mut self, statements: &[String], transaction: bool) -> Result<Schema, String> {
        let mut copy = Self::new();
        if self.file().exists() {
            fs::copy(self.file(), copy.file()).expect("the file can be copied");
        }
        copy.run(statements, transaction).await.map_err(|(_, message)| message)?;
        Ok(copy.catalog().await)
    }
}
