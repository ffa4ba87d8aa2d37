use migrate_analysis::replay::of_catalog;
use migrate_core::Schema;
use migrate_runtime::Catalog;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, raw_sql};

/// A real database, in one transaction that is rolled back.
pub(crate) struct Database {
    connection: PgConnection,
}

impl Database {
    pub(crate) async fn open(url: &str) -> Self {
        let mut connection = PgConnection::connect(url).await.expect("the server answers");
        connection.execute("SET client_min_messages = error").await.expect("notices are not sent");
        Self { connection }
    }

    pub(crate) async fn begin(&mut self) {
        self.connection.execute("BEGIN").await.expect("a transaction begins");
    }

    pub(crate) async fn roll_back(&mut self) {
        self.connection.execute("ROLLBACK").await.expect("the transaction ends");
    }

    /// Executes a statement; answers with what PostgreSQL says against it. Then nothing of it is left.
    pub(crate) async fn execute(&mut self, statement: &str) -> Result<(), String> {
        self.connection.execute("SAVEPOINT before").await.expect("a savepoint is made");
        let ran = raw_sql(AssertSqlSafe(statement)).execute(&mut self.connection).await;
        let end = if ran.is_ok() { "RELEASE before" } else { "ROLLBACK TO before" };
        self.connection.execute(end).await.expect("the savepoint is there");
        ran.map(drop).map_err(|error| match error.as_database_error() {
            Some(error) => error.message().to_owned(),
            None => error.to_string(),
        })
    }

    /// What the catalog says, as the replay would say it.
    pub(crate) async fn schema(&mut self) -> Schema {
        let catalog = Catalog::read(&mut self.connection).await.expect("the catalog can be read");
        of_catalog(catalog.schema, &[])
    }
}
