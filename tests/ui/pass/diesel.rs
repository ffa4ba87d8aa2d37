use migrate_runtime::{Graph, embed_migrations};

static MIGRATIONS: Graph = embed_migrations!("./diesel_folders", sqlite);

fn main() {
    let tasks = MIGRATIONS.find("2025-01-01-120000").unwrap();
    assert_eq!(tasks.message(), "create tasks");
    assert!(!tasks.up().unwrap().transaction);
    let script = MIGRATIONS.sources().get_file("2025-01-01-120000_create_tasks/up.sql").unwrap();
    assert_eq!(script.contents_utf8(), Some("CREATE TABLE tasks (id INTEGER PRIMARY KEY);\n"));
    assert_eq!(MIGRATIONS.sources().dirs().count(), 2);
}
