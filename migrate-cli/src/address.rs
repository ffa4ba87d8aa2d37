//! Which database a command works on.

use std::{env, path::Path};

use migrate_runtime::{Database, Error, ErrorKind};

use crate::{failure::Failure, package::Package};

/// The variable that other tools read as well.
const VARIABLE: &str = "DATABASE_URL";

/// The database of the command line, else that of `url` in migrate.toml, else that of `DATABASE_URL`.
///
/// Variables are those of the environment, else those of the file `.env` in the package.
pub(crate) fn database(given: Option<&str>, package: &Package) -> Result<Database, Failure> {
    let url = match (given, package.config.url.as_deref()) {
        (Some(url), _) => url.to_owned(),
        (None, Some(url)) => match url.strip_prefix("env:") {
            None => url.to_owned(),
            Some(name) => variable(name, &package.root).ok_or_else(|| {
                Failure::usage(
                    format!("`url` in migrate.toml names the variable `{name}`, which is not set"),
                    format!("set it, in the environment or in `.env`, or give the URL by `--database-url`: `{name}=postgres://..`"),
                )
            })?,
        },
        (None, None) => variable(VARIABLE, &package.root).ok_or_else(|| {
            Failure::usage(
                "no database is named",
                format!("give its URL by `-D`, by `url` in migrate.toml, or by the variable `{VARIABLE}`"),
            )
        })?,
    };
    Ok(Database::at(&url)?)
}

/// What went wrong on a database; where it cannot be reached, which one it is.
pub(crate) fn failure(database: &Database, error: Error) -> Failure {
    match error.kind() {
        ErrorKind::Connection | ErrorKind::Authentication if error.revision().is_none() => Failure::refused(
            format!("{database}: {error}"),
            "check the URL: user, password, host and database; a file of SQLite has to be there, or is made by \
             `sqlite:app.db?mode=rwc`",
        ),
        _ => error.into(),
    }
}

/// A variable of the environment, or of `.env`. An empty one is none.
fn variable(name: &str, root: &Path) -> Option<String> {
    let of_file = || {
        let mut variables = dotenvy::from_path_iter(root.join(".env")).ok()?.filter_map(Result::ok);
        variables.find(|(key, _)| key == name).map(|(_, value)| value)
    };
    env::var(name).ok().or_else(of_file).filter(|value| !value.is_empty())
}
