use migrate_runtime::{Graph, embed_migrations, revision};

static MIGRATIONS: Graph = embed_migrations!("./unknown_id", sqlite);

fn main() {
    let _ = revision!(MIGRATIONS, "abc123def456");
    let _ = revision!(MIGRATIONS, "def456abc789");
}
