//! `cargo migrate adopt`: what it takes over, and what it refuses.
//!
//! The tables are as the tools document them; `cargo xtask adoption` lets the tools themselves make them.

#[path = "../../../tests/support/database.rs"]
#[expect(dead_code, reason = "each test program uses its own part of this module")]
mod database;
#[path = "../../../tests/support/server.rs"]
mod server;
#[path = "../../../tests/support/site.rs"]
#[expect(dead_code, reason = "each test program uses its own part of this module")]
mod site;
#[path = "../support/terminal.rs"]
mod terminal;
#[path = "../../../migrate-analysis/tests/support/text.rs"]
mod text;

mod address;
mod books;
mod refusals;
mod tools;
