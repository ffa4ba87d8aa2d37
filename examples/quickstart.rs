//! Upgrades a SQLite database by the sample history in `migrations/`, and shows what can be seen and done.
//!
//! ```text
//! cargo run --example quickstart              # a temporary database, which is removed at the end
//! cargo run --example quickstart -- app.db    # a file of your own
//! ```

use std::{env, error::Error, iter, path::PathBuf};

use migrate_runtime::{
    Graph, Report, embed_migrations,
    sqlx::{SqlitePool, sqlite::SqliteConnectOptions},
};

// The directory is read and checked while this program compiles. With a mistake in it there is no program.
static MIGRATIONS: Graph = embed_migrations!("migrations", sqlite);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let (file, fate) = match env::args_os().nth(1) {
        Some(file) => (PathBuf::from(file), "yours, and kept"),
        None => (folder.path().join("quickstart.db"), "new, and removed at the end"),
    };
    let count = MIGRATIONS.revisions().count();
    println!("This program carries {count} migrations, which were checked when it was compiled.");
    println!("The database is {} ({fate}).", file.display());
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
    let pool = SqlitePool::connect_lazy_with(options);

    say("1. Apply all that is not applied yet", r#"MIGRATIONS.upgrade(&pool, "head")"#);
    show_report(&MIGRATIONS.upgrade(&pool, "head").await?);
    println!("\n  Each step is one transaction, with the row that says that it is applied.");

    say("2. The history, the newest first", r#"MIGRATIONS.on(&pool).history("")"#);
    show_history(&pool).await?;
    println!("\n  The arrow is where the database stands. Two features grew side by side, and were merged.");

    say("3. How the database stands to this program", "MIGRATIONS.status(&pool)");
    show_status(&pool).await?;

    say("4. One step back", r#"MIGRATIONS.downgrade(&pool, "-1")"#);
    show_report(&MIGRATIONS.downgrade(&pool, "-1").await?);
    println!();
    show_status(&pool).await?;

    say("5. And forth again", r#"MIGRATIONS.upgrade(&pool, "+1")"#);
    show_report(&MIGRATIONS.upgrade(&pool, "+1").await?);
    println!();
    show_status(&pool).await?;

    pool.close().await;
    println!("\nNow make a mistake: delete the `-- migrate:down` part of");
    println!("migrations/20251113_0930_create_webhooks.sql, and run this again: it does not compile.");
    Ok(())
}

fn say(what: &str, call: &str) {
    println!("\n{what}: {call}\n");
}

fn show_report(report: &Report) {
    if report.is_empty() {
        println!("  There was nothing to do.");
        return;
    }
    let row = |step: &migrate_runtime::StepReport| {
        let took = format!("{:.1} ms", step.elapsed.as_secs_f64() * 1000.0);
        [
            step.direction.to_string(),
            step.revision.clone(),
            step.statements.to_string(),
            took,
            step.message.clone(),
        ]
    };
    show_table(["step", "revision", "statements", "took", "message"], report.steps.iter().map(row));
}

async fn show_history(pool: &SqlitePool) -> migrate_runtime::Result<()> {
    let history = MIGRATIONS.on(pool).history("").await?;
    let row = |entry: &migrate_runtime::HistoryEntry| {
        let here = if entry.is_current { "-> " } else { "   " };
        let labels: String = entry.labels.iter().map(|label| format!(" [{label}]")).collect();
        [
            format!("{here}{}", entry.revision),
            entry.parents.join(", "),
            entry.applied_at.clone().unwrap_or_default(),
            format!("{}{labels}", entry.message),
        ]
    };
    show_table(["   revision", "revises", "applied", "message"], history.iter().map(row));
    Ok(())
}

async fn show_status(pool: &SqlitePool) -> migrate_runtime::Result<()> {
    let status = MIGRATIONS.status(pool).await?;
    let pending: Vec<_> = status.pending.iter().map(|pending| pending.message.as_str()).collect();
    let row = [
        status.current.join(", "),
        status.heads.join(", "),
        if status.up_to_date { "yes" } else { "no" }.to_owned(),
        if pending.is_empty() { "none".to_owned() } else { pending.join(", ") },
    ];
    show_table(["current", "head", "up to date", "pending"], [row]);
    Ok(())
}

/// Prints rows under their headings, each column as wide as its widest cell.
fn show_table<const N: usize>(headings: [&str; N], rows: impl IntoIterator<Item = [String; N]>) {
    let table: Vec<_> = iter::once(headings.map(str::to_owned)).chain(rows).collect();
    let widths: [usize; N] =
        std::array::from_fn(|column| table.iter().map(|row| row[column].len()).max().unwrap_or_default());
    for row in table {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        println!("  {}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}
