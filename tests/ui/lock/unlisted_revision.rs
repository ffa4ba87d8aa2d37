use migrate_runtime::{Graph, embed_migrations};

static MIGRATIONS: Graph = embed_migrations!("./unlisted_revision", sqlite);

fn main() {
    let _ = &MIGRATIONS;
}
