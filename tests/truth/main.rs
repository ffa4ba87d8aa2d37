//! The replay beside the truth: public histories are carried out on real servers, revision by revision, and what the
//! catalog says after each is compared with what the replay says; likewise every way back, on a copy.
//!
//! It takes minutes, and is asked for by `MIGRATE_TRUTH`: names of histories in `tests/histories.toml`, as far as they are
//! told apart, or `all`. `cargo xtask truth` does so, and prints the table that the test writes to
//! `target/truth.md`.

mod history;
mod live;
mod postgres;
mod sqlite;
mod table;
mod walk;

#[path = "../support/server.rs"]
mod server;

use std::{env, fs, path::Path};

use history::History;
use table::Row;

#[tokio::test]
async fn the_replay_of_public_histories_is_what_the_catalog_says() {
    let Ok(wanted) = env::var("MIGRATE_TRUTH") else {
        return server::skip("it takes minutes; `cargo xtask truth` runs it");
    };
    let mut rows = Vec::new();
    for history in history::read() {
        let is_wanted = wanted == "all" || wanted.split(',').any(|name| history.name.starts_with(name));
        if is_wanted && let Some(row) = take(&history).await {
            println!("{row}");
            rows.push(row);
        }
    }
    let lines: Vec<String> = rows.iter().map(ToString::to_string).collect();
    let text = format!("{}\n{}\n", Row::HEAD, lines.join("\n"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target");
    fs::create_dir_all(&folder).expect("the folder of the table can be made");
    fs::write(folder.join("truth.md"), text).expect("the table can be written");
    let wrong: Vec<&str> = rows.iter().filter(|row| !row.is_right()).map(|row| row.name.as_str()).collect();
    assert!(wrong.is_empty(), "the replay errs on {}", wrong.join(", "));
}

/// Walks over a history; `None` where it is not here, or there is no server for it.
async fn take(history: &History) -> Option<Row> {
    let files = history.files()?;
    match history.database.as_str() {
        "postgres" => Some(walk::walk(history, &files, postgres::Postgres::new()?).await),
        "sqlite" => Some(walk::walk(history, &files, sqlite::Sqlite::new()).await),
        _ => None,
    }
}
