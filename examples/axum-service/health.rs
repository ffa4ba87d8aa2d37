use axum::{Json, extract::State, http::StatusCode};
use serde::Serialize;

use crate::database::Database;

#[derive(Serialize)]
pub(crate) struct Health {
    status: &'static str,
}

/// `GET /health`: whether the database answers, and has what this binary needs.
pub(crate) async fn show(State(database): State<Database>) -> (StatusCode, Json<Health>) {
    match database.status().await {
        Ok(status) if status.up_to_date => (StatusCode::OK, Json(Health { status: "ok" })),
        Ok(_) => (StatusCode::SERVICE_UNAVAILABLE, Json(Health { status: "the database is not up to date" })),
        Err(error) => {
            tracing::error!("{error}");
            (StatusCode::SERVICE_UNAVAILABLE, Json(Health { status: "the database does not answer" }))
        }
    }
}
