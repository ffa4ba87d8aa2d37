//! Tables that SQLite makes anew: what is written for it runs there, and the rows are kept.

use migrate_analysis::{
    replay::{Origins, Script, run},
    source::SourceFile,
};
use migrate_core::{Dialect, Schema, compare::compare, diff::diff, emit::emit, schema::Origin};
use sqlx::{Connection, Executor, Row, SqliteConnection};

const EXPECTED: &str = "
CREATE TABLE owners (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES owners (id));
CREATE TABLE tasks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL DEFAULT 'a',
    \"order\" INTEGER,
    owner INTEGER REFERENCES owners (id) ON DELETE CASCADE,
    UNIQUE (title, owner)
);
CREATE INDEX tasks_owner ON tasks (owner);
CREATE TRIGGER t AFTER INSERT ON tasks BEGIN UPDATE tasks SET title = 'b' WHERE id = NEW.id; END;
CREATE VIEW titles AS SELECT title FROM tasks;
";

const ACTUAL: &str = "
CREATE TABLE owners (id INTEGER PRIMARY KEY, boss INTEGER);
CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT, owner INTEGER REFERENCES owners (id), late INTEGER);
CREATE INDEX tasks_owner ON tasks (owner);
CREATE TRIGGER t AFTER INSERT ON tasks BEGIN UPDATE tasks SET title = 'b' WHERE id = NEW.id; END;
CREATE VIEW titles AS SELECT title FROM tasks;
";

fn made(text: &str) -> Schema {
    let file = SourceFile::new("", "script.sql", text);
    let script = Script::of_text(&file, Dialect::Sqlite, &mut Origins::default());
    let outcome = run(&script, Schema::new(Dialect::Sqlite));
    assert!(outcome.events.is_empty(), "{:?}", outcome.events);
    outcome.schema
}

#[tokio::test]
async fn a_table_that_is_made_anew_keeps_its_rows() {
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    let mut run = async |text: &str| connection.execute(sqlx::AssertSqlSafe(text)).await.unwrap();
    run("PRAGMA foreign_keys = OFF").await;
    run(ACTUAL).await;
    run("INSERT INTO owners VALUES (1, NULL), (2, 1)").await;
    run("INSERT INTO tasks VALUES (1, 'x', 1, 0), (7, 'y', 2, 1)").await;
    let (expected, mut schema) = (made(EXPECTED), made(ACTUAL));
    for operation in diff(&schema, &expected) {
        for statement in emit(&operation, &schema) {
            run(&statement).await;
        }
        schema.apply(&operation, Origin::NONE).unwrap();
    }
    run("PRAGMA foreign_key_check").await;
    let rows = connection.fetch_all("SELECT title || owner FROM tasks ORDER BY id").await.unwrap();
    let rows: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(rows, ["b1", "b2"], "the trigger has set the titles");
    let definitions = connection
        .fetch_all("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
        .await;
    let definitions: Vec<String> = definitions.unwrap().iter().map(|row| row.get(0)).collect();
    assert_eq!(compare(&expected, &made(&(definitions.join(";\n") + ";"))), []);
}
