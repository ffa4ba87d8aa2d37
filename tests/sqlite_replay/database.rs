use std::collections::BTreeSet;

use migrate_analysis::sql::lower;
use migrate_core::{Dialect, Schema, schema::Origin};
use sqlx::{
    AssertSqlSafe, Connection, Executor, Row, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteRow},
};

/// A real database, in memory.
pub(crate) struct Database {
    connection: SqliteConnection,
}

/// What is there, by name.
#[derive(Default)]
pub(crate) struct Objects {
    pub(crate) tables: Vec<(String, Vec<String>)>,
    pub(crate) views: Vec<String>,
    pub(crate) indexes: Vec<String>,
    pub(crate) triggers: Vec<String>,
}

impl Database {
    pub(crate) async fn open() -> Self {
        let options = SqliteConnectOptions::new().in_memory(true).foreign_keys(false);
        let connection = SqliteConnection::connect_with(&options).await.expect("a database in memory");
        Self { connection }
    }

    /// Executes a statement; answers with what SQLite says against it.
    pub(crate) async fn execute(&mut self, statement: &str) -> Result<(), String> {
        let result = self.connection.execute(AssertSqlSafe(statement)).await;
        result.map(|_| ()).map_err(|error| match error.as_database_error() {
            Some(error) => error.message().to_owned(),
            None => error.to_string(),
        })
    }

    pub(crate) async fn rows(&mut self, query: &str) -> Vec<SqliteRow> {
        self.connection
            .fetch_all(AssertSqlSafe(query))
            .await
            .unwrap_or_else(|error| panic!("{query}: {error}"))
    }

    /// The schema that the catalog tells of: the statements in it are those that would make it again.
    pub(crate) async fn schema(&mut self) -> Result<Schema, String> {
        let mut schema = Schema::new(Dialect::Sqlite);
        let query =
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
            ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'view' THEN 1 WHEN 'index' THEN 2 ELSE 3 END, rowid";
        for row in self.rows(query).await {
            let sql: String = row.get(0);
            for operation in lower(&sql, Dialect::Sqlite).operations {
                schema.apply(&operation, Origin::NONE).map_err(|refusal| format!("{sql}: {refusal}"))?;
            }
        }
        Ok(schema)
    }

    pub(crate) async fn objects(&mut self) -> Objects {
        let mut objects = Objects::default();
        let mut seen = BTreeSet::new();
        for row in self.rows("SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite%'").await {
            let (kind, name): (String, String) = (row.get(0), row.get(1));
            match kind.as_str() {
                "table" if seen.insert(name.clone()) => {
                    let columns = self.rows(&format!("PRAGMA table_xinfo(\"{name}\")")).await;
                    objects.tables.push((name, columns.iter().map(|column| column.get(1)).collect()));
                }
                "view" => objects.views.push(name),
                "index" => objects.indexes.push(name),
                "trigger" => objects.triggers.push(name),
                _ => {}
            }
        }
        objects
    }
}
