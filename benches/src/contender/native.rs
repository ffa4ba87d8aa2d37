use std::{
    fs::File,
    process::{Command, Stdio},
    rc::Rc,
};

use anyhow::{Context as _, Result, bail};
use migrate_core::Dialect;
use tempfile::NamedTempFile;

use super::{Contender, Open};
use crate::{history::History, place::Place, table::Column};

pub(super) const STEPS: Contender =
    Contender { column: Column::Reference, cannot: |_| None, load: |history| load(history, false) };

pub(super) const WHOLE: Contender =
    Contender { column: Column::Reference, cannot: |_| None, load: |history| load(history, true) };

/// Writes the up scripts into one file, in a transaction each or in one for all.
fn load(history: &History, whole: bool) -> Result<Open> {
    let begin = match history.dialect {
        Dialect::Sqlite => "BEGIN IMMEDIATE;\n",
        Dialect::Postgres => "BEGIN;\n",
        Dialect::Mysql => "START TRANSACTION;\n",
    };
    let ups = history.revisions.iter().map(|revision| revision.up.as_str());
    let text = if whole {
        format!("{begin}{}COMMIT;\n", ups.collect::<String>())
    } else {
        ups.map(|up| format!("{begin}{up}COMMIT;\n")).collect()
    };
    let file = NamedTempFile::new()?;
    std::fs::write(&file, text)?;
    let file = Rc::new(file);
    Ok(Box::new(move |place| {
        let file = Rc::clone(&file);
        let place = place.by(place.url.clone());
        Ok(Box::new(move || {
            let mut command = client(&place);
            let program = command.get_program().to_string_lossy().into_owned();
            let output = command.stdin(File::open(&*file)?).stdout(Stdio::null()).output();
            let output = output.with_context(|| format!("cannot run `{program}`"))?;
            if !output.status.success() {
                bail!("`{program}` failed: {}", String::from_utf8_lossy(&output.stderr));
            }
            Ok(())
        }))
    }))
}

/// The client that comes with the database, which reads a script and stops at the first error.
fn client(place: &Place) -> Command {
    let url = &place.url;
    match place.dialect {
        Dialect::Sqlite => {
            let mut command = Command::new("sqlite3");
            command.arg("-bail").arg(place.file());
            command
        }
        Dialect::Postgres => {
            let mut command = Command::new("psql");
            command.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", url.as_str()]);
            command
        }
        Dialect::Mysql => {
            let mut command = Command::new("mariadb");
            command
                .arg(format!("--host={}", url.host_str().unwrap_or_default()))
                .arg(format!("--port={}", url.port().unwrap_or(3306)))
                .arg(format!("--user={}", url.username()))
                .arg(url.path().trim_start_matches('/'))
                .env("MYSQL_PWD", url.password().unwrap_or_default());
            command
        }
    }
}
