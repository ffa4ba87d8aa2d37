//! The commands that work on a database.

#[path = "../support/terminal.rs"]
mod terminal;
#[path = "../../../migrate-analysis/tests/support/text.rs"]
mod text;

mod daily;
mod machines;
mod package;
mod refusals;
