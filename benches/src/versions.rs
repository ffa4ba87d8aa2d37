//! What was measured.

use anyhow::Result;
use migrate_core::Dialect;

use crate::place::Server;

const CRATES: [&str; 5] = ["sqlx", "refinery", "diesel_migrations", "sea-orm-migration", "libsqlite3-sys"];

/// The versions of peers and servers, in one line.
pub(crate) fn line() -> Result<String> {
    let mut parts: Vec<String> = CRATES.iter().filter_map(|name| locked(name)).collect();
    for dialect in Dialect::ALL {
        if let Some(server) = Server::find(dialect)? {
            parts.push(server.version()?);
        }
    }
    parts.push(format!("SQLite {}", rusqlite::version()));
    Ok(parts.join(", "))
}

/// A crate and its version, as the lock file of this package has it.
fn locked(name: &str) -> Option<String> {
    let lock = include_str!("../Cargo.lock");
    let entry = lock.split("[[package]]").find(|entry| entry.contains(&format!("\nname = \"{name}\"\n")))?;
    let version = entry.lines().find_map(|line| line.strip_prefix("version = "))?;
    Some(format!("{name} {}", version.trim_matches('"')))
}
