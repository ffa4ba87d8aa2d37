use axum::{Json, extract::State, http::StatusCode};
use migrate_runtime::Pending;
use serde::Serialize;

use crate::database::Database;

/// How the database stands to the migrations in this binary.
#[derive(Serialize)]
pub(crate) struct Migrations {
    /// What is applied: one id, or several in the middle of branches that were developed at once.
    current: Vec<String>,
    /// The newest revision that this binary knows.
    head: Option<String>,
    up_to_date: bool,
    /// What would be applied, in that order.
    pending: Vec<Pending>,
}

/// `GET /admin/migrations`. It tells how the service is built: keep it away from the public.
pub(crate) async fn show_migrations(
    State(database): State<Database>,
) -> Result<Json<Migrations>, StatusCode> {
    let status = database.status().await.map_err(|error| {
        tracing::error!("{error}");
        StatusCode::SERVICE_UNAVAILABLE
    })?;
    Ok(Json(Migrations {
        current: status.current,
        head: status.heads.into_iter().next(),
        up_to_date: status.up_to_date,
        pending: status.pending,
    }))
}
