use migrate_runtime::{Graph, embed_migrations};

static MIGRATIONS: Graph = embed_migrations!("./sealed_revision_edited", sqlite);

fn main() {
    let _ = &MIGRATIONS;
}
