//! Histories to measure with: as many small, realistic revisions as wanted, the same on every run.

use migrate_core::Dialect;

/// One revision, in no layout yet.
pub(crate) struct Revision {
    /// Counts from 1; each revises the one before.
    pub(crate) number: usize,
    /// A few words for the name of the file.
    pub(crate) slug: String,
    /// The script that applies it.
    pub(crate) up: String,
    /// The script that takes it back.
    pub(crate) down: String,
}

/// A chain of revisions for one database.
pub(crate) struct History {
    /// Whose SQL it is.
    pub(crate) dialect: Dialect,
    /// The revisions, the oldest first.
    pub(crate) revisions: Vec<Revision>,
}

impl History {
    /// A chain of `count` revisions.
    ///
    /// Ten of them make a feature of a service, as its developers would add it: a table, columns, indexes, rows, a
    /// second table that refers to the first.
    pub(crate) fn new(dialect: Dialect, count: usize) -> Self {
        let revisions = (1..=count).map(|number| revision(dialect, number)).collect();
        Self { dialect, revisions }
    }
}

fn revision(dialect: Dialect, number: usize) -> Revision {
    let feature = (number - 1) / 10;
    let (slug, up, down) = match (number - 1) % 10 {
        0 => (
            "create_jobs",
            format!(
                "CREATE TABLE jobs_{feature} (\n    id INTEGER PRIMARY KEY,\n    project_id INTEGER NOT NULL,\n    \
                 name VARCHAR(200) NOT NULL,\n    status VARCHAR(20) NOT NULL DEFAULT 'open',\n    \
                 attempts INTEGER NOT NULL DEFAULT 0,\n    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP\n);"
            ),
            format!("DROP TABLE jobs_{feature};"),
        ),
        1 => (
            "add_priority_to_jobs",
            format!("ALTER TABLE jobs_{feature} ADD COLUMN priority INTEGER NOT NULL DEFAULT 5;"),
            format!("ALTER TABLE jobs_{feature} DROP COLUMN priority;"),
        ),
        2 => (
            "index_jobs_by_project",
            format!("CREATE INDEX idx_jobs_{feature}_project ON jobs_{feature} (project_id, status);"),
            drop_index(dialect, &format!("idx_jobs_{feature}_project"), &format!("jobs_{feature}")),
        ),
        3 => (
            "seed_jobs",
            format!(
                "INSERT INTO jobs_{feature} (id, project_id, name, status) VALUES\n    (1, 1, 'import', 'open'),\n    \
                 (2, 1, 'export', 'open'),\n    (3, 2, 'nightly report', 'done');"
            ),
            format!("DELETE FROM jobs_{feature} WHERE id IN (1, 2, 3);"),
        ),
        4 => (
            "add_complexity_to_jobs",
            format!("ALTER TABLE jobs_{feature} ADD COLUMN complexity DOUBLE PRECISION;"),
            format!("ALTER TABLE jobs_{feature} DROP COLUMN complexity;"),
        ),
        5 => (
            "fill_complexity_of_jobs",
            format!("UPDATE jobs_{feature} SET complexity = priority * 1.5 WHERE complexity IS NULL;"),
            format!("UPDATE jobs_{feature} SET complexity = NULL;"),
        ),
        6 => (
            "create_runs",
            format!(
                "CREATE TABLE runs_{feature} (\n    id INTEGER PRIMARY KEY,\n    job_id INTEGER NOT NULL,\n    \
                 number INTEGER NOT NULL,\n    outcome VARCHAR(20),\n    \
                 FOREIGN KEY (job_id) REFERENCES jobs_{feature} (id)\n);"
            ),
            format!("DROP TABLE runs_{feature};"),
        ),
        7 => (
            "number_runs_of_a_job",
            format!("CREATE UNIQUE INDEX uq_runs_{feature}_number ON runs_{feature} (job_id, number);"),
            // MariaDB keeps an index for the foreign key, which may be this one.
            match dialect {
                Dialect::Mysql => format!(
                    "CREATE INDEX idx_runs_{feature}_job ON runs_{feature} (job_id);\n\
                     DROP INDEX uq_runs_{feature}_number ON runs_{feature};"
                ),
                Dialect::Sqlite | Dialect::Postgres => format!("DROP INDEX uq_runs_{feature}_number;"),
            },
        ),
        8 => (
            "add_duration_to_runs",
            format!(
                "ALTER TABLE runs_{feature} ADD COLUMN duration_ms INTEGER NOT NULL DEFAULT 0;\n\n\
                 CREATE INDEX idx_runs_{feature}_duration ON runs_{feature} (duration_ms);"
            ),
            format!(
                "{}\n\nALTER TABLE runs_{feature} DROP COLUMN duration_ms;",
                drop_index(dialect, &format!("idx_runs_{feature}_duration"), &format!("runs_{feature}"))
            ),
        ),
        _ => (
            "first_runs_of_jobs",
            format!("INSERT INTO runs_{feature} (id, job_id, number) SELECT id, id, 1 FROM jobs_{feature};"),
            format!("DELETE FROM runs_{feature};"),
        ),
    };
    Revision { number, slug: format!("{slug}_{feature}"), up: up + "\n", down: down + "\n" }
}

fn drop_index(dialect: Dialect, index: &str, table: &str) -> String {
    match dialect {
        Dialect::Mysql => format!("DROP INDEX {index} ON {table};"),
        Dialect::Sqlite | Dialect::Postgres => format!("DROP INDEX {index};"),
    }
}
