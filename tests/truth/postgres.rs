use migrate_analysis::replay::of_catalog;
use migrate_core::Schema;
use migrate_runtime::Database;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, raw_sql};

use crate::{live::Live, server};

/// A database on the server of the tests.
pub(crate) struct Postgres {
    database: server::Database,
}

impl Postgres {
    /// An empty one; `None` without a server.
    pub(crate) fn new() -> Option<Self> {
        Some(Self { database: server::postgres()? })
    }

    async fn session(&self) -> PgConnection {
        PgConnection::connect(self.database.url()).await.expect("the server answers")
    }
}

impl Live for Postgres {
    async fn run(&mut self, statements: &[String], transaction: bool) -> Result<(), (usize, String)> {
        let mut session = self.session().await;
        if transaction {
            session.execute("BEGIN").await.expect("a transaction begins");
        }
        for (place, statement) in statements.iter().enumerate() {
            let sent = raw_sql(AssertSqlSafe(statement.as_str())).execute(&mut session).await;
            if let Err(error) = sent {
                // The transaction ends with the session.
                session.close().await.expect("the session ends");
                return Err((place, error.to_string()));
            }
        }
        let done = if transaction { session.execute("COMMIT").await.map(drop) } else { Ok(()) };
        session.close().await.expect("the session ends");
        done.map_err(|error| (statements.len(), error.to_string()))
    }

    async fn catalog(&mut self) -> Schema {
        let database = Database::at(self.database.url()).expect("the URL is right");
        of_catalog(database.catalog().await.expect("the catalog can be read").schema, &[])
    }

    async fn copy(&mut self) -> Self {
        Self { database: self.database.copy() }
    }
}
