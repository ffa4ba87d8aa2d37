//! Databases that other tools have really migrated: taken over, migrated one revision further, and still readable by
//! their tools. `cargo xtask adoption` runs it.

#[path = "../../tests/support/database.rs"]
#[expect(dead_code, reason = "each test program uses its own part of this module")]
mod database;
#[path = "../../tests/support/server.rs"]
mod server;
#[path = "../../tests/support/site.rs"]
#[expect(dead_code, reason = "each test program uses its own part of this module")]
mod site;

mod alembic;
mod dbmate;
mod diesel;
mod history;
mod package;
mod refinery;
mod sqlx;
