//! Real kills: a process that upgrades or downgrades a history is killed, the next start has to finish the job by itself,
//! and nothing may be lost or done twice.
//!
//! A few kills are part of every test run. `cargo xtask torture` asks for many, and prints what became of them.

mod falls;
mod ground;
mod kills;
mod moment;
mod mortal;
mod peer;
mod peers;
mod report;
mod row;
mod snapshot;
mod trial;
mod victim;
