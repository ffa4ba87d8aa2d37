use migrate_analysis::replay::of_catalog;
use migrate_core::Schema;
use migrate_runtime::Catalog;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection, raw_sql};

use crate::server;

/// A session of a real database.
pub(crate) enum Live {
    Postgres(PgConnection, #[expect(dead_code, reason = "the database is dropped with it")] server::Database),
    Sqlite(SqliteConnection),
}

impl Live {
    /// An empty one on the server of the tests, if there is one.
    pub(crate) async fn postgres() -> Option<Self> {
        let database = server::postgres()?;
        let session = PgConnection::connect(database.url()).await.expect("the server answers");
        Some(Self::Postgres(session, database))
    }

    /// An empty one in memory.
    pub(crate) async fn sqlite() -> Self {
        Self::Sqlite(SqliteConnection::connect("sqlite::memory:").await.expect("there is memory"))
    }

    /// Runs a script.
    pub(crate) async fn run(&mut self, script: &str) {
        let sql = raw_sql(AssertSqlSafe(script));
        let ran = match self {
            Self::Postgres(session, _) => sql.execute(session).await.map(drop),
            Self::Sqlite(session) => sql.execute(session).await.map(drop),
        };
        ran.unwrap_or_else(|error| panic!("{error}: {script}"));
    }

    /// What the catalog says, as the replay would say it.
    pub(crate) async fn schema(&mut self) -> Schema {
        let catalog = match self {
            Self::Postgres(session, _) => Catalog::read(session).await,
            Self::Sqlite(session) => Catalog::read(session).await,
        };
        let catalog = catalog.expect("the catalog can be read");
        of_catalog(catalog.schema, &catalog.statements)
    }
}
