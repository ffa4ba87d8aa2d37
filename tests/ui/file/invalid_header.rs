use migrate_runtime::{Graph, embed_migrations, revision};

static MIGRATIONS: Graph = embed_migrations!("./invalid_header", sqlite);

fn main() {
    // A refused graph answers any id, so that this is no second error.
    let _ = revision!(MIGRATIONS, "def456abc789");
}
