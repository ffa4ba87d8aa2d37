//! The promises of migrate-runtime, kept or broken on real databases.

#[path = "../support/bookkeeping.rs"]
mod bookkeeping;
#[path = "../support/database.rs"]
mod database;
#[path = "../support/history.rs"]
mod history;
#[path = "../support/server.rs"]
mod server;
#[path = "../support/site.rs"]
mod site;
#[path = "../support/walk.rs"]
mod walk;
#[path = "../support/wire.rs"]
mod wire;

mod address;
mod adopt;
mod backup;
mod boot;
mod cancel;
mod claim;
mod concurrency;
mod connection;
mod crash;
mod disk;
mod doctor;
mod downgrade;
mod dropped;
mod failure;
mod foreign_keys;
mod hostile;
mod hygiene;
mod kept;
mod lent;
mod lock;
mod messages;
mod online;
mod options;
mod pooler;
mod processes;
mod restore;
mod stamp;
mod standing;
mod stored;
mod tables;
mod torture;
mod traces;
mod transaction;
mod upgrade;
