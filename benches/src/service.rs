//! Generated services: packages in a folder of build products, built by Cargo like anybody's.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail};

use crate::{
    history::History,
    layout::Layout,
    processor::{self, Ran},
    table::Column,
};

/// Which crate a service embeds its migrations with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Embeds {
    /// This project's macro.
    Ours,
    /// sqlx's macro.
    Sqlx,
    /// Diesel's macro.
    Diesel,
    /// Nothing: the service only connects, by sqlx.
    Nothing,
}

/// A package of a service.
pub(crate) struct Service {
    embeds: Embeds,
    dir: PathBuf,
    target: PathBuf,
}

impl Embeds {
    /// Where its figures stand.
    pub(crate) fn column(self) -> Column {
        match self {
            Self::Ours => Column::Ours,
            Self::Sqlx => Column::Sqlx,
            Self::Diesel => Column::Diesel,
            Self::Nothing => Column::Reference,
        }
    }

    /// How its migrations are laid out.
    pub(crate) fn layout(self) -> Layout {
        match self {
            Self::Ours | Self::Nothing => Layout::Native,
            Self::Sqlx => Layout::Sqlx,
            Self::Diesel => Layout::Diesel,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Ours => "service-ours",
            Self::Sqlx => "service-sqlx",
            Self::Diesel => "service-diesel",
            Self::Nothing => "service-bare",
        }
    }

    fn dependencies(self, databases: &[&str]) -> String {
        let features = databases.iter().map(|database| format!("\"{database}\", ")).collect::<String>();
        let tokio = "tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\n";
        let sqlx = format!(
            "{tokio}sqlx = {{ version = \"0.9\", default-features = false, features = [{features}\"runtime-tokio\""
        );
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        match self {
            Self::Ours => format!(
                "{sqlx}] }}\nmigrate-runtime = {{ path = {:?}, features = [{features}] }}\n",
                workspace.join("migrate-runtime")
            ),
            Self::Sqlx => format!("{sqlx}, \"macros\", \"migrate\"] }}\n"),
            Self::Nothing => format!("{sqlx}] }}\n"),
            Self::Diesel => {
                "diesel = { version = \"2.3\", default-features = false, features = [\"sqlite\"] }\n\
                             diesel_migrations = \"2.3\"\n\
                             libsqlite3-sys = { version = \"*\", features = [\"bundled\"] }\n"
                    .into()
            }
        }
    }

    fn main(self, database: &str) -> String {
        let text = match self {
            Self::Ours => {
                "static MIGRATIONS: migrate_runtime::Graph = migrate_runtime::embed_migrations!(\"migrations\", DATABASE);\n\n\
                 #[tokio::main]\nasync fn main() {\n    let pool = sqlx::POOL::connect(URL).await.unwrap();\n    \
                 let report = MIGRATIONS.upgrade(&pool, \"head\").await.unwrap();\n    \
                 println!(\"{}\", report.steps.len());\n}\n"
            }
            Self::Sqlx => {
                "static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();\n\n\
                 #[tokio::main]\nasync fn main() {\n    let pool = sqlx::POOL::connect(URL).await.unwrap();\n    \
                 MIGRATOR.run(&pool).await.unwrap();\n    println!(\"{}\", MIGRATOR.iter().count());\n}\n"
            }
            Self::Diesel => {
                "use diesel::Connection as _;\nuse diesel_migrations::{EmbeddedMigrations, MigrationHarness as _};\n\n\
                 const MIGRATIONS: EmbeddedMigrations = diesel_migrations::embed_migrations!();\n\n\
                 fn main() {\n    let mut connection = diesel::SqliteConnection::establish(\":memory:\").unwrap();\n    \
                 let applied = connection.run_pending_migrations(MIGRATIONS).unwrap();\n    \
                 println!(\"{}\", applied.len());\n}\n"
            }
            Self::Nothing => {
                "#[tokio::main]\nasync fn main() {\n    let pool = sqlx::POOL::connect(URL).await.unwrap();\n    \
                 sqlx::raw_sql(\"SELECT 1\").execute(&pool).await.unwrap();\n    println!(\"0\");\n}\n"
            }
        };
        // Only services on SQLite are run.
        let (pool, url) = match database {
            "postgres" => ("PgPool", "\"postgres://localhost\""),
            "mysql" => ("MySqlPool", "\"mysql://localhost\""),
            _ => ("SqlitePool", "\"sqlite::memory:\""),
        };
        text.replace("DATABASE", database).replace("POOL", pool).replace("URL", url)
    }
}

/// The folder of the services, which stays, so that their dependencies are built once.
pub(crate) fn folder() -> Result<PathBuf> {
    let program = env::current_exe()?;
    let products = program.ancestors().nth(2).context("the program is not among build products")?;
    Ok(products.join("services"))
}

impl Service {
    /// Writes a package into `folder`; its products go into `target`.
    pub(crate) fn new(
        embeds: Embeds,
        databases: &[&str],
        history: &History,
        folder: &Path,
        target: &Path,
    ) -> Result<Self> {
        let dir = folder.join(embeds.name());
        if dir.exists() {
            fs::remove_dir_all(&dir)?;
        }
        fs::create_dir_all(dir.join("src"))?;
        let manifest = format!(
            "[package]\nname = {:?}\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{}\n\
             [profile.release]\nstrip = true\n",
            embeds.name(),
            embeds.dependencies(databases)
        );
        fs::write(dir.join("Cargo.toml"), manifest)?;
        fs::write(dir.join("src/main.rs"), embeds.main(databases.first().unwrap_or(&"sqlite")))?;
        // The versions that this program was built with.
        fs::write(dir.join("Cargo.lock"), include_str!("../Cargo.lock"))?;
        embeds.layout().write(history, &dir.join("migrations"))?;
        Ok(Self { embeds, dir, target: target.to_owned() })
    }

    /// Builds it; `arguments` are for `cargo build`.
    pub(crate) fn build(&self, arguments: &[&str]) -> Result<Ran> {
        processor::run(self.cargo("build").args(arguments))
    }

    fn cargo(&self, subcommand: &str) -> Command {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.arg(subcommand).current_dir(&self.dir).env("CARGO_TARGET_DIR", &self.target);
        // What a user has not set: this program may itself run under a Cargo that has.
        for variable in ["CARGO_INCREMENTAL", "CARGO_ENCODED_RUSTFLAGS", "RUSTFLAGS"] {
            command.env_remove(variable);
        }
        command
    }

    /// Makes Cargo forget what it built of the service itself.
    pub(crate) fn forget(&self) -> Result<()> {
        processor::run(self.cargo("clean").args(["--package", self.embeds.name()]))?;
        Ok(())
    }

    /// Builds it, and fails where Cargo had nothing to compile.
    pub(crate) fn rebuild(&self) -> Result<f64> {
        let ran = self.build(&[])?;
        if !ran.said.contains(&format!("Compiling {}", self.embeds.name())) {
            bail!("{} was not built again", self.embeds.name());
        }
        Ok(ran.seconds)
    }

    /// Adds a line to the file with the up script of a revision.
    pub(crate) fn edit(&self, history: &History, index: usize) -> Result<()> {
        let files = self.embeds.layout().files(&history.revisions[index]);
        let Some((name, _)) = files.first() else { bail!("a revision has no file") };
        let path = self.dir.join("migrations").join(name);
        let text = fs::read_to_string(&path)?;
        let edited = text.replacen(";\n", " ;\n", 1);
        if edited == text {
            bail!("there is nothing to edit in `{name}`");
        }
        Ok(fs::write(path, edited)?)
    }

    /// Runs what was built, and answers how many migrations it applied to an empty database.
    pub(crate) fn run(&self, profile: &str) -> Result<usize> {
        let output = Command::new(self.binary(profile)).output()?;
        if !output.status.success() {
            bail!("{} failed: {}", self.embeds.name(), String::from_utf8_lossy(&output.stderr));
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().parse()?)
    }

    /// The size of the binary, in bytes.
    pub(crate) fn size(&self, profile: &str) -> Result<u64> {
        Ok(fs::metadata(self.binary(profile))?.len())
    }

    fn binary(&self, profile: &str) -> PathBuf {
        self.target.join(profile).join(self.embeds.name())
    }
}
