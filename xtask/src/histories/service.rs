use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use serde_json::Value;

use super::list::History;

/// The package of a service whose migrations are a history, as it is.
pub(super) struct Service {
    /// The name of its package. Cargo takes packages of one name in one target directory for one.
    name: String,
    folder: PathBuf,
    /// Where all of these services are built, so that their dependencies are built once.
    target: PathBuf,
}

/// What became of a build.
pub(super) struct Built {
    pub(super) succeeded: bool,
    /// How long the compiler took for the service itself.
    pub(super) took: Duration,
    /// What it said: the first line of each message.
    pub(super) said: Vec<String>,
}

impl Service {
    pub(super) fn write(root: &Path, history: &History, files: &Path) -> Result<Self> {
        let target = root.join("target/histories-build");
        let folder = target.join("packages").join(&history.name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(folder.join("src"))?;
        let name = format!("service-{}", history.name.replace('.', "-"));
        let (feature, pool) = (&history.database, pool(&history.database));
        let runtime = root.join("migrate-runtime");
        let manifest = format!(
            "[package]\nname = {name:?}\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
             migrate-runtime = {{ path = {runtime:?}, features = [{feature:?}] }}\n\
             tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n"
        );
        let main = format!(
            "use migrate_runtime::{{Graph, embed_migrations, sqlx::{pool}}};\n\n\
             static MIGRATIONS: Graph = embed_migrations!(\"migrations\", {feature});\n\n\
             #[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    \
             let pool = {pool}::connect(&std::env::var(\"DATABASE_URL\")?).await?;\n    \
             let report = MIGRATIONS.upgrade(&pool, \"head\").await?;\n    \
             println!(\"{{}}\", report.steps.len());\n    Ok(())\n}}\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::write(folder.join("src/main.rs"), main)?;
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        copy(files, &folder.join("migrations"))
            .with_context(|| format!("cannot copy {}", files.display()))?;
        Ok(Self { name, folder, target })
    }

    /// Compiles it; its dependencies first, without the clock.
    pub(super) fn build(&self) -> Result<Built> {
        let main = self.folder.join("src/main.rs");
        let service = fs::read_to_string(&main)?;
        fs::write(&main, "use migrate_runtime as _;\nfn main() {}\n")?;
        self.cargo()?;
        fs::write(&main, service)?;
        let start = Instant::now();
        let (succeeded, messages) = self.cargo()?;
        Ok(Built { succeeded, took: start.elapsed(), said: self.said(&messages) })
    }

    fn cargo(&self) -> Result<(bool, String)> {
        let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["build", "--quiet", "--message-format=json"])
            .env("CARGO_TARGET_DIR", &self.target)
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .output()
            .context("cannot run `cargo build`")?;
        Ok((output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned()))
    }

    /// The first line of each error and warning about the service.
    fn said(&self, messages: &str) -> Vec<String> {
        let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let of_service = messages.filter(|message| {
            message["reason"] == "compiler-message" && message["target"]["name"] == *self.name
        });
        let texts =
            of_service.filter_map(|message| message["message"]["message"].as_str().map(ToOwned::to_owned));
        texts.filter_map(|text| text.lines().next().map(ToOwned::to_owned)).collect()
    }

    /// The program, once it is built.
    pub(super) fn program(&self) -> PathBuf {
        self.target.join("debug").join(&self.name).with_extension(env::consts::EXE_EXTENSION)
    }
}

fn pool(database: &str) -> &'static str {
    match database {
        "postgres" => "PgPool",
        "mysql" => "MySqlPool",
        _ => "SqlitePool",
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
