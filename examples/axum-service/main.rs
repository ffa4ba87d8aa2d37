//! A service that carries its migrations: it brings its database up to date when it starts, or refuses to serve on a
//! database that is behind.
//!
//! ```text
//! AUTO_MIGRATE=true cargo run --example axum-service
//! curl http://127.0.0.1:3000/admin/migrations
//! ```
//!
//! | variable | meaning | without it |
//! |---|---|---|
//! | `DATABASE_URL` | `sqlite:..` or `postgres://..` | `sqlite:axum-service.db`, made where it is missing |
//! | `AUTO_MIGRATE` | `true`: apply what is not applied; `false`: never | `false` |
//! | `LISTEN` | the address to serve on | `127.0.0.1:3000` |

mod admin;
mod database;
mod health;
mod not_ready;
mod settings;
mod shutdown;

use std::{error::Error, process::ExitCode};

use axum::{Router, routing::get};
use tokio::net::TcpListener;

use crate::{database::Database, settings::Settings};

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt().with_ansi(false).init();
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let settings = Settings::from_environment()?;
    let database = Database::open(&settings.database_url)?;
    database.make_ready(settings.auto_migrate).await?;

    let service = Router::new()
        .route("/health", get(health::show))
        .route("/admin/migrations", get(admin::show_migrations))
        .with_state(database.clone());
    let listener = TcpListener::bind(&settings.listen).await?;
    let shutdown = shutdown::listen()?;
    tracing::info!("serving on http://{}", listener.local_addr()?);
    axum::serve(listener, service).with_graceful_shutdown(shutdown).await?;
    database.close().await;
    tracing::info!("stopped");
    Ok(())
}
