//! MySQL and MariaDB are written by `mariadb-dump` or `mysqldump`, as SQL.

use std::{
    fs::File,
    io::{self, Read as _, Seek as _, SeekFrom},
    path::Path,
    process::{Command, Stdio},
};

use futures_core::future::BoxFuture;

use super::{Archive, Order, known, program};
use crate::{
    Error, ErrorKind, Result,
    backup::{Part, program::run},
    database::Access,
    session::Session,
};

/// Files of `mariadb-dump`.
pub(crate) struct Mysql;

const DUMP: &[&str] = &["mariadb-dump", "mysqldump"];
const PACKAGE: &str = "the client programs of the server (`mariadb-client`, `mysql-client`)";

impl Archive for Mysql {
    fn extension(&self) -> &'static str {
        "sql"
    }

    fn prepare(&self, access: Option<&Access>, programs: Option<&Path>) -> Result<()> {
        known(access)?;
        program(DUMP, programs, PACKAGE).map(|_| ())
    }

    fn write<'a>(&'a self, _: &'a mut dyn Session, order: Order<'a>) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let access = known(order.access)?;
            let database = order.schema.or(access.database.as_deref()).unwrap_or_default();
            let file = File::options().write(true).open(order.file);
            let file = file.map_err(|error| Error::of_file("write", order.file, &error))?;
            let options = options(access)?;
            let mut command = Command::new(program(DUMP, order.programs, PACKAGE)?);
            command.arg(only(&options));
            command.args(["--single-transaction", "--routines", "--triggers", "--events", "--hex-blob"]);
            command.args(["--no-tablespaces", "--default-character-set=utf8mb4", "--comments", "--"]);
            command.arg(database).stdin(Stdio::null()).stdout(Stdio::from(file));
            run(command).await
        })
    }

    fn verify<'a>(&'a self, file: &'a Path, _: Option<&'a Path>) -> BoxFuture<'a, Result<()>> {
        let end = last_line(file).map_err(|error| Error::of_file("read", file, &error));
        let end = end.and_then(|line| {
            if line.starts_with("-- Dump completed") {
                return Ok(());
            }
            let message =
                format!("`{}` breaks off: it has no line `-- Dump completed` at its end", file.display());
            Err(Error::new(ErrorKind::Backup, message))
        });
        Box::pin(std::future::ready(end))
    }
}

/// The last line that is not empty.
fn last_line(file: &Path) -> io::Result<String> {
    const LONGEST: u64 = 1024;
    let mut file = File::open(file)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(LONGEST)))?;
    let mut end = Vec::new();
    file.read_to_end(&mut end)?;
    let end = String::from_utf8_lossy(&end);
    Ok(end.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default().to_owned())
}

/// The argument that lets a program read this file of options and no other. It has to come first.
fn only(options: &Part) -> String {
    format!("--defaults-file={}", options.path().display())
}

/// A file of options that only we may read, for as long as a program needs it: arguments are seen by everybody.
fn options(access: &Access) -> Result<Part> {
    let folder = std::env::temp_dir();
    let name = format!("migrate-{}-{:016x}", std::process::id(), fastrand::u64(..));
    let cannot = |error: io::Error| Error::of_file("write into", &folder, &error);
    let part = Part::begin(&folder, &name, "cnf").map_err(cannot)?;
    std::fs::write(part.path(), options_text(access)).map_err(cannot)?;
    Ok(part)
}

/// What is written with `loose-` is passed over by programs that do not know it: those of MySQL and of MariaDB differ.
fn options_text(access: &Access) -> String {
    let mut text = "[client]\n".to_owned();
    let mut set = |name: &str, value: &str| text.push_str(&format!("{name}={}\n", quoted(value)));
    match &access.socket {
        Some(socket) => set("socket", &socket.to_string_lossy()),
        None => {
            set("host", &access.host);
            set("port", &access.port.to_string());
            set("protocol", "tcp");
        }
    }
    set("user", &access.user);
    if let Some(password) = &access.password {
        set("password", password);
    }
    let encryption = &access.encryption;
    set("loose-ssl-mode", &encryption.mode);
    for (name, file) in [
        ("ssl-ca", &encryption.authority),
        ("ssl-cert", &encryption.certificate),
        ("ssl-key", &encryption.key),
    ] {
        if let Some(file) = file {
            set(name, file);
        }
    }
    match encryption.mode.as_str() {
        "DISABLED" => text.push_str("loose-skip-ssl\n"),
        "REQUIRED" => text.push_str("loose-ssl\n"),
        "VERIFY_CA" | "VERIFY_IDENTITY" => text.push_str("loose-ssl\nloose-ssl-verify-server-cert\n"),
        _ => {}
    }
    // What a client of MySQL asks for and MariaDB does not have; and positions that a restore must not set.
    text.push_str("[mysqldump]\nloose-column-statistics=0\nloose-set-gtid-purged=OFF\n");
    text
}

/// A value as option files take it: in quotes, so that `#` begins no comment.
fn quoted(value: &str) -> String {
    let mut text = String::from("\"");
    for c in value.chars() {
        match c {
            '\\' => text.push_str("\\\\"),
            '"' => text.push_str("\\\""),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            c => text.push(c),
        }
    }
    text.push('"');
    text
}
