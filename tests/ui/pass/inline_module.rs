mod storage {
    pub mod history {
        use migrate_runtime::{Graph, embed_migrations};

        pub static MIGRATIONS: Graph = embed_migrations!("./migrations", sqlite, postgres);
    }
}

use migrate_runtime::{Dialect, revision};
use storage::history::MIGRATIONS;

const PRIORITY: &str = revision!(MIGRATIONS, "def456abc789");

fn main() {
    let priority = MIGRATIONS.find(PRIORITY).unwrap();
    assert_eq!(priority.message(), "add priority");
    assert_eq!(priority.parents().map(|parent| parent.id()).collect::<Vec<_>>(), ["abc123def456"]);
    assert!(MIGRATIONS.find("0123456789ab").is_none());

    let up = |dialect| {
        let graph = MIGRATIONS.edition(dialect).unwrap();
        graph.find(PRIORITY).unwrap().up().unwrap().statement_texts().collect::<Vec<_>>()
    };
    assert_eq!(up(Dialect::Sqlite), ["ALTER TABLE tasks ADD COLUMN priority INTEGER"]);
    assert_eq!(up(Dialect::Postgres), ["ALTER TABLE tasks ADD COLUMN priority SMALLINT"]);

    let names: Vec<_> = MIGRATIONS.sources().files().map(|file| file.path().display().to_string()).collect();
    assert_eq!(
        names,
        [
            "20251110_1230_create_tasks.sql",
            "20251111_0900_add_priority.postgres.sql",
            "20251111_0900_add_priority.sql"
        ]
    );
}
