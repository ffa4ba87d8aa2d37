//! The commands that work on a database.

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

mod care;
mod credentials;
mod daily;
mod machines;
mod package;
mod refusals;
mod run;
mod signals;
