use migrate_runtime::{Graph, embed_migrations};

static MISSPELT: Graph = embed_migrations!("./database_not_named", sqlit);
static QUOTED: Graph = embed_migrations!("./database_not_named", "sqlite");

fn main() {
    let _ = (&MISSPELT, &QUOTED);
}
