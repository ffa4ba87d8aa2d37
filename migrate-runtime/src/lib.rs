//! Database migrations that are proved at compile time: the crate that a service links.
//!
//! ```ignore
//! use migrate_runtime::{Graph, embed_migrations};
//!
//! static MIGRATIONS: Graph = embed_migrations!();
//!
//! let report = MIGRATIONS.upgrade(&pool, "head").await?;
//! ```
//!
//! The macro reads the directory `migrations` while the service compiles. A broken history does not compile; a sound one
//! becomes a `static` [`Graph`], and this crate applies it to SQLite, PostgreSQL, MySQL and MariaDB.
//!
//! # Targets
//!
//! | target | meaning |
//! |---|---|
//! | `head` | the only head |
//! | `heads` | all heads, where there are several branches |
//! | `base` | nothing applied (in a downgrade) |
//! | an id, a label | exactly that revision |
//! | a prefix of an id | the only revision whose id begins so; four characters in a downgrade |
//! | `+2`, `-1` | that many steps up, or down, from what is applied |
//! | `label@head`, `label@base` | the same within the lineage of a branch label |
//! | `id+1`, `head-2` | that many steps from there |
//! | `a,b` | several targets (upgrade, stamp) |
//! | `a:b` | a range (history) |
//!
//! # Features
//!
//! None is on by default.
//!
//! - **`sqlite`**, **`postgres`**, **`mysql`** add the database to this crate, to its macro and to `sqlx`. They decide
//!   nothing: the database of a graph is named in `migrate.toml` or in `embed_migrations!`.
//!
//! TLS is sqlx's own: switch it on with a feature of sqlx in your own `Cargo.toml`.
//!
//! # What is kept in the database
//!
//! Three tables, whose prefix can be set: `migrate_state` (one row a namespace: the generation of the state, and what is
//! running), `migrate_version` (one row an applied revision), `migrate_history` (a log of every step, which nothing
//! depends on).

#![cfg_attr(
    not(any(feature = "sqlite", feature = "postgres", feature = "mysql")),
    expect(dead_code, reason = "without a database there is nothing to run on")
)]

#[doc(hidden)]
pub mod __private;
mod backup;
mod boot;
mod cancel;
mod connectable;
mod database;
mod doctor;
mod error;
mod event;
mod executor;
mod graph;
mod journal;
mod on;
mod report;
mod revision_macro;
#[cfg(all(test, feature = "sqlite", feature = "postgres", feature = "mysql"))]
#[path = "../../tests/support/server.rs"]
mod server;
mod session;
mod settings;
mod status;
mod stored;

pub use backup::{Backup, Restored};
pub use connectable::Connectable;
pub use database::{Catalog, Database, ForeignTable, ForeignTables};
pub use doctor::{Diagnosis, Symptom};
pub use error::{DatabaseError, Error, ErrorKind, Result, StatementPlace};
pub use event::Event;
pub use graph::{Edition, Graph};
pub use migrate_core::{
    Dialect, Online,
    graph::{Direction, Down, Fingerprint, Revision, Script},
};
pub use migrate_macros::embed_migrations;
pub use on::On;
pub use report::{HistoryEntry, PlannedStep, Report, Resolution, StepReport};
pub use settings::{Settings, Transaction};
/// The sqlx that pools and connections have to come from.
pub use sqlx;
pub use status::{Pending, Standing, Status};
