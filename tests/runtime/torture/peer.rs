//! Other programs that migrate, on the same history.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use migrate_runtime::{Dialect, Direction, Graph};

use super::victim::{BEGUN, DONE};

/// A program that migrates by files in a folder of its own.
pub(super) struct Peer {
    pub(super) name: String,
    program: PathBuf,
    folder: tempfile::TempDir,
}

/// What a peer runs for one revision, or for one statement of it that has to stand alone.
struct Migration {
    name: String,
    transaction: bool,
    up: Vec<String>,
    down: Vec<String>,
}

impl Peer {
    /// A peer of this name, with the history in its own layout.
    pub(super) fn new(name: &str, program: &Path, dialect: Dialect, graph: &Graph) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let peer = Self { name: name.to_owned(), program: program.to_owned(), folder };
        match name {
            "alembic" => peer.write_for_alembic(&migrations(dialect, graph)),
            _ => peer.write_for_sqlx(migrations(dialect, graph)),
        }
        peer
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    /// What brings a database all the way in a direction.
    pub(super) fn command(&self, url: &str, direction: Direction) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(self.folder.path());
        if self.name == "alembic" {
            let url = url.replace("sqlite://", "sqlite:///").replace("?mode=rwc", "");
            let url =
                url.replace("postgres://", "postgresql+psycopg2://").replace("mysql://", "mysql+pymysql://");
            command.env("PEER_URL", url);
            match direction {
                Direction::Up => command.args(["upgrade", "head"]),
                Direction::Down => command.args(["downgrade", "base"]),
            };
        } else {
            command.arg("migrations").arg(url).arg(direction.to_string());
        }
        command
    }

    /// A statement outside a transaction is a migration by itself: sqlx sends a file as one text, of which PostgreSQL
    /// makes a transaction.
    fn write_for_sqlx(&self, migrations: Vec<Migration>) {
        let mut number = 0;
        for Migration { name, transaction, up, down } in migrations {
            let pieces = if transaction { 1 } else { up.len().max(down.len()) };
            for piece in 0..pieces {
                number += 1;
                let text = |statements: &[String], piece: usize| match (transaction, statements.get(piece)) {
                    (true, _) => statements.join(";\n"),
                    (false, Some(statement)) => format!("-- no-transaction\n{statement}"),
                    (false, None) => "SELECT 1".to_owned(),
                };
                self.write(&format!("migrations/{number:04}_{name}.up.sql"), &text(&up, piece));
                self.write(
                    &format!("migrations/{number:04}_{name}.down.sql"),
                    &text(&down, pieces - 1 - piece),
                );
            }
        }
    }

    fn write_for_alembic(&self, migrations: &[Migration]) {
        self.write("alembic.ini", "[alembic]\nscript_location = alembic\n");
        self.write("alembic/env.py", &ENV.replace("BEGUN", BEGUN).replace("DONE", DONE));
        let mut parent = "None".to_owned();
        for Migration { name, transaction, up, down } in migrations {
            let body = |statements: &[String]| {
                let mut text = String::new();
                let indent = if *transaction { "    " } else { "        " };
                if !transaction {
                    text += "    with op.get_context().autocommit_block():\n";
                }
                for statement in statements {
                    let _ = writeln!(text, "{indent}run({statement:?})");
                }
                text
            };
            let text = format!(
                "from alembic import op\nrevision = '{name}'\ndown_revision = {parent}\n{RUN}\
                 def upgrade():\n{}\ndef downgrade():\n{}",
                body(up),
                body(down)
            );
            self.write(&format!("alembic/versions/{name}.py"), &text);
            parent = format!("'{name}'");
        }
    }
}

/// Its environment at its simplest, saying when the migrations begin and end.
const ENV: &str = "
import os, sys, sqlalchemy
from alembic import context

engine = sqlalchemy.create_engine(os.environ['PEER_URL'])
with engine.connect() as connection:
    context.configure(connection=connection)
    print('BEGUN', file=sys.stderr, flush=True)
    with context.begin_transaction():
        context.run_migrations()
print('DONE', file=sys.stderr, flush=True)
";

/// A statement as it is: no `:name` or `%s` in it is a parameter.
const RUN: &str = "def run(text):
    op.get_bind().execution_options(no_parameters=True).exec_driver_sql(text)
";

fn migrations(dialect: Dialect, graph: &Graph) -> Vec<Migration> {
    let graph = graph.edition(dialect).expect("a graph for this database");
    let statements = |script: Option<migrate_core::graph::Script<'_>>| {
        script.map_or(Vec::new(), |script| script.statement_texts().map(str::to_owned).collect())
    };
    let migration = |revision: migrate_core::graph::Revision<'_>| Migration {
        name: revision.id().to_owned(),
        transaction: revision.script_for(Direction::Up).is_none_or(|script| script.transaction),
        up: statements(revision.script_for(Direction::Up)),
        down: statements(revision.script_for(Direction::Down)),
    };
    graph.revisions().map(migration).collect()
}
