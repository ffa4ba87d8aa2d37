//! What the bookkeeping tables say, read without the crate that writes them.

use crate::database::Pool;

/// The ids of the rows with `is_head`, sorted, with blanks between them.
pub(crate) async fn heads(pool: &Pool) -> String {
    let text = "SELECT revision FROM migrate_version WHERE is_head = 1 ORDER BY revision";
    pool.rows(text).await.join(" ")
}

/// The ids of all rows, likewise.
pub(crate) async fn applied(pool: &Pool) -> String {
    pool.rows("SELECT revision FROM migrate_version ORDER BY revision").await.join(" ")
}

/// The history: `up a done, down a failed`.
pub(crate) async fn log(pool: &Pool) -> String {
    let rows = pool.rows("SELECT direction, revision, outcome FROM migrate_history ORDER BY id").await;
    rows.join(", ").replace('|', " ")
}

/// The errors that the history keeps.
pub(crate) async fn errors(pool: &Pool) -> Vec<String> {
    pool.rows("SELECT error FROM migrate_history WHERE error IS NOT NULL ORDER BY id").await
}

/// The step that is marked as running: revision, direction, and the first statement (from 0) not known to be done.
pub(crate) async fn running(pool: &Pool) -> String {
    let text = "SELECT running_revision, running_direction, running_statement FROM migrate_state";
    pool.rows(text).await.join(" ")
}

/// Leaves the state as a process that was killed in a step outside a transaction leaves it.
pub(crate) async fn interrupt(pool: &Pool, revision: &str, direction: &str, statement: usize) {
    let text = format!(
        "UPDATE migrate_state SET generation = generation + 1, running_revision = '{revision}', \
         running_direction = '{direction}', running_statement = {statement}, running_script = 'another', \
         running_by = 'service [7]', running_since = '2025-11-10 12:30:00'"
    );
    pool.rows(&text).await;
}

/// The tables whose names begin with `t_`, sorted, without that beginning.
pub(crate) async fn tables(pool: &Pool) -> String {
    use migrate_runtime::Dialect::{Mysql, Postgres, Sqlite};
    let text = match pool.dialect() {
        Sqlite => {
            "SELECT substr(name, 3) FROM sqlite_master WHERE type = 'table' AND name LIKE 't\\_%' ESCAPE '\\' ORDER BY 1"
        }
        Postgres => "SELECT substr(tablename, 3) FROM pg_tables WHERE tablename LIKE 't\\_%' ORDER BY 1",
        Mysql => {
            "SELECT substr(table_name, 3) FROM information_schema.tables \
             WHERE table_schema = database() AND table_name LIKE 't\\_%' ORDER BY 1"
        }
    };
    pool.rows(text).await.join(" ")
}
