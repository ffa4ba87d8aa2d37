use migrate_analysis::replay::of_catalog;
use migrate_core::Schema;
use migrate_runtime::Catalog;
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
        let ran = run(&mut session, statements, transaction).await;
        let done = match ran {
            Ok(()) if transaction => session.execute("COMMIT").await.map(drop),
            Ok(()) => Ok(()),
            // The transaction ends with the session.
            Err(failed) => {
                session.close().await.expect("the session ends");
                return Err(failed);
            }
        };
        session.close().await.expect("the session ends");
        done.map_err(|error| (statements.len(), error.to_string()))
    }

    async fn catalog(&mut self) -> Schema {
        let mut session = self.session().await;
        let schema = schema(&mut session).await;
        session.close().await.expect("the session ends");
        schema
    }

    async fn catalog_after(&mut self, statements: &[String], transaction: bool) -> Result<Schema, String> {
        let copy = (!transaction).then(|| Self { database: self.database.copy() });
        let mut session = copy.as_ref().unwrap_or(self).session().await;
        let after = match run(&mut session, statements, transaction).await {
            Ok(()) => Ok(schema(&mut session).await),
            Err((_, message)) => Err(message),
        };
        session.close().await.expect("the session ends");
        after
    }
}

/// Runs statements, in a transaction that stays open.
async fn run(
    session: &mut PgConnection,
    statements: &[String],
    transaction: bool,
) -> Result<(), (usize, String)> {
    if transaction {
        session.execute("BEGIN").await.expect("a transaction begins");
    }
    for (place, statement) in statements.iter().enumerate() {
        let sent = raw_sql(AssertSqlSafe(statement.as_str())).execute(&mut *session).await;
        sent.map_err(|error| (place, error.to_string()))?;
    }
    Ok(())
}

async fn schema(session: &mut PgConnection) -> Schema {
    of_catalog(Catalog::read(session).await.expect("the catalog can be read").schema, &[])
}
