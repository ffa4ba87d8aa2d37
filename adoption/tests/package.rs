//! A package whose migrations another tool has run.

use std::{env, ffi::OsStr, fs, path::PathBuf, process::Command, time::Instant};

use migrate_analysis::{check, config::Config, source::Sources};
use migrate_runtime::{Edition, Graph, Settings};
use tempfile::TempDir;

use crate::site::Site;

/// A program of another tool; `None` without it: then the test should return.
pub(crate) fn tool(name: &str) -> Option<PathBuf> {
    let folder = env::var_os("MIGRATE_TEST_TOOLS").map(PathBuf::from);
    if folder.is_none() {
        eprintln!(
            "skipped: no folder with {name} in `MIGRATE_TEST_TOOLS`; `cargo xtask adoption` installs it"
        );
    }
    folder.map(|folder| folder.join(name))
}

/// The folder of a package, and its database.
pub(crate) struct Package<'s> {
    folder: TempDir,
    site: &'s Site,
    program: PathBuf,
}

impl<'s> Package<'s> {
    /// A package of these migration files; `None` without the program: then the test should return.
    pub(crate) fn of(site: &'s Site, files: &[(String, String)]) -> Option<Self> {
        let Some(program) = env::var_os("MIGRATE_TEST_PROGRAM") else {
            eprintln!("skipped: no program in `MIGRATE_TEST_PROGRAM`; `cargo xtask adoption` builds it");
            return None;
        };
        let package = Self { folder: tempfile::tempdir().expect("a folder"), site, program: program.into() };
        package.write("Cargo.toml", "[package]\nname = 'service'\n");
        for (name, text) in files {
            package.write(&format!("migrations/{name}"), text);
        }
        Some(package)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// The migration directory.
    pub(crate) fn directory(&self) -> PathBuf {
        self.folder.path().join("migrations")
    }

    /// Runs a program in the package; what it says, and whether it was content.
    pub(crate) fn run(&self, program: impl AsRef<OsStr>, arguments: &[&str]) -> (String, bool) {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.folder).env_remove("DATABASE_URL");
        let output = command.output().expect("the program runs");
        let said = [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
        (said.concat(), output.status.success())
    }

    fn adopt(&self, more: &[&str]) -> (String, bool) {
        let arguments = [&["migrate", "adopt", "-D", self.site.url()], more].concat();
        self.run(&self.program, &arguments)
    }

    /// Takes the database over from `tool`, at its third migration `last`; migrates it by one revision more, and sees
    /// that the tool's table is as it was.
    pub(crate) async fn take_over(&self, tool: &str, table: &str, last: &str) {
        let books = format!("SELECT count(*) FROM {table}");
        let before = self.site.rows(&books).await;
        let (said, content) = self.adopt(&["--dry-run"]);
        assert!(content && said.contains("3 revisions would be taken over"), "{said}");
        assert!(self.site.ask("SELECT 1 FROM migrate_version").await.is_err(), "a dry run made tables");

        let start = Instant::now();
        let (said, content) = self.adopt(&[]);
        let (elapsed, dialect) = (start.elapsed(), self.site.dialect());
        println!("{tool} on {dialect}: adopted in {} ms", elapsed.as_millis());
        assert!(content && said.contains("3 revisions taken over"), "{said}");
        assert!(said.starts_with(&format!("{tool}: `{table}` in ")), "{said}");
        let toml = fs::read_to_string(self.folder.path().join("migrate.toml")).expect("it was written");
        let layout = if tool == "alembic" { String::new() } else { format!("layout = \"{tool}\"\n") };
        assert_eq!(toml, format!("databases = [\"{dialect}\"]\n{layout}baseline = \"{last}\"\n"));

        let (said, content) = self.adopt(&[]);
        assert!(content && said.contains("nothing to do: 3 revisions taken over already"), "{said}");
        self.upgrade(last).await;
        assert_eq!(self.site.rows(&books).await, before);
        let (said, content) = self.adopt(&[]);
        assert!(content && said.contains("nothing to do"), "{said}");
    }

    /// Adds a revision and applies it as a service does.
    async fn upgrade(&self, last: &str) {
        let text = format!(
            "-- add notes\n--\n-- revision: abc123def456\n-- revises: {last}\n\n-- migrate:up\n\
             ALTER TABLE tasks ADD COLUMN notes VARCHAR(100);\n\n-- migrate:down\nALTER TABLE tasks DROP COLUMN notes;\n"
        );
        self.write("migrations/add_notes.sql", &text);
        let config = Config::read(self.folder.path());
        let report = check(&Sources::read(&self.directory()), &config);
        assert!(!report.is_refused(), "{:?}", report.diagnostics);
        let editions = report.editions.into_iter();
        let editions =
            editions.map(|edition| Edition { dialect: edition.dialect, graph: edition.graph }).collect();
        let graph = Graph::new(editions, Settings::default());
        let done = self.site.on(&graph).upgrade("head").await.expect("an upgrade");
        let steps: Vec<&str> = done.steps.iter().map(|step| step.revision.as_str()).collect();
        assert_eq!(steps, ["abc123def456"]);
        self.site.rows("SELECT id, title, priority, notes FROM tasks").await;
        // The old tool would take it for one of its own.
        fs::remove_file(self.directory().join("add_notes.sql")).expect("the file is there");
    }
}
