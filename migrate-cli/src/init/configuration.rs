use migrate_analysis::{config::Config, source::Layout};
use migrate_core::Dialect;
use toml_edit::{Array, DocumentMut, value};

use crate::failure::Failure;

/// What migrate.toml has to say.
pub(super) struct Settings {
    pub(super) databases: Vec<Dialect>,
    /// The migration directory, seen from migrate.toml.
    pub(super) dir: String,
    /// Whose rules the files follow that are there and have no header.
    pub(super) layout: Option<Layout>,
}

impl Settings {
    /// What it says already, and what the command asks for.
    pub(super) fn new(config: &Config, databases: &[Dialect], dir: Option<&str>) -> Result<Self, Failure> {
        let databases = match (&*config.databases, databases) {
            ([], []) => {
                return Err(Failure::usage(
                    "no database is named",
                    "say which: `cargo migrate init --database postgres`, or `sqlite`, `mysql`, or several: \
                     `sqlite,postgres`",
                ));
            }
            (known, []) => known,
            ([], asked) => asked,
            (known, asked) if known == asked => known,
            (known, _) => {
                let message = format!("`migrate.toml` says `databases = [{}]` already", quoted(known));
                return Err(Failure::usage(message, "change it there, or leave out `--database`"));
            }
        };
        let known = config.dir.as_ref().map(|dir| dir.value.trim_end_matches('/'));
        let dir = match (known, dir) {
            (Some(known), Some(dir)) if known != dir => {
                let message = format!("`migrate.toml` says `dir = \"{known}\"` already");
                return Err(Failure::usage(message, "change it there, or leave out `--dir`"));
            }
            (known, dir) => known.or(dir).unwrap_or(config.dir()),
        };
        Ok(Self { databases: databases.to_vec(), dir: dir.to_owned(), layout: None })
    }

    /// The text that migrate.toml gets; `None` where it says all of it already.
    pub(super) fn document(&self, config: &Config) -> Result<Option<String>, Failure> {
        let names_databases = !config.databases.is_empty();
        let names_dir = config.dir() == self.dir;
        let Some(file) = &config.file else { return Ok(Some(self.new_document(names_dir))) };
        let layout = self.layout.filter(|_| config.layout.is_none());
        if names_databases && names_dir && layout.is_none() {
            return Ok(None);
        }
        let broken = |error: toml_edit::TomlError| {
            Failure::usage(
                format!("`migrate.toml` cannot be changed: {}", error.message()),
                "mend it by hand",
            )
        };
        let mut document: DocumentMut = file.text().parse().map_err(broken)?;
        if !names_databases {
            let names: Array = self.databases.iter().map(|dialect| dialect.name()).collect();
            document.insert("databases", value(names));
        }
        if !names_dir {
            document.insert("dir", value(&self.dir));
        }
        if let Some(layout) = layout {
            document.insert("layout", value(layout.name()));
        }
        Ok(Some(document.to_string()))
    }

    fn new_document(&self, has_usual_dir: bool) -> String {
        let mut text = String::from(
            "# What `embed_migrations!` and `cargo migrate` go by.\n\n\
             # The databases that the migrations are for: \"sqlite\", \"postgres\", \"mysql\" (MariaDB as well).\n",
        );
        text += &format!("databases = [{}]\n", quoted(&self.databases));
        if !has_usual_dir {
            text += &format!("\n# Where they are.\ndir = {}\n", value(&self.dir).to_string().trim());
        }
        if let Some(layout) = self.layout {
            text += &format!(
                "\n# Whose rules the files without a header follow.\nlayout = \"{}\"\n",
                layout.name()
            );
        }
        text
    }
}

/// Their names as migrate.toml has them: `"sqlite", "postgres"`.
fn quoted(databases: &[Dialect]) -> String {
    let names: Vec<String> = databases.iter().map(|dialect| format!("\"{dialect}\"")).collect();
    names.join(", ")
}
