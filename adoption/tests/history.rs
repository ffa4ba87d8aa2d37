//! One history, in the words of all databases.

use migrate_runtime::Dialect;

/// A migration of the other tool.
pub(crate) struct Migration {
    pub(crate) slug: &'static str,
    pub(crate) up: &'static str,
    pub(crate) down: &'static str,
}

/// Three of them.
pub(crate) fn history(dialect: Dialect) -> [Migration; 3] {
    let drop_index = match dialect {
        Dialect::Mysql => "DROP INDEX tasks_priority ON tasks;\n",
        Dialect::Sqlite | Dialect::Postgres => "DROP INDEX tasks_priority;\n",
    };
    [
        Migration {
            slug: "create_tasks",
            up: "-- the tasks\nCREATE TABLE tasks (id INTEGER PRIMARY KEY, title VARCHAR(100) NOT NULL);\n",
            down: "DROP TABLE tasks;\n",
        },
        Migration {
            slug: "add_priority",
            up: "ALTER TABLE tasks ADD COLUMN priority INTEGER NOT NULL DEFAULT 5;\r\n",
            down: "ALTER TABLE tasks DROP COLUMN priority;\r\n",
        },
        Migration {
            slug: "index_priority",
            up: "CREATE INDEX tasks_priority ON tasks (priority);\n",
            down: drop_index,
        },
    ]
}
