#![deny(deprecated)]

use migrate_runtime::{Graph, embed_migrations, revision};

static MIGRATIONS: Graph = embed_migrations!("./warning_as_error", sqlite);

fn main() {
    let _ = revision!(MIGRATIONS, "def456abc789");
}
