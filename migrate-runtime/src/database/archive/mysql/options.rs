//! What a program of the server is told, in a file that nobody else may read.

use std::io;

use crate::{Error, Result, backup::Part, database::Access};

/// The argument that lets a program read this file of options and no other. It has to come first.
pub(super) fn only(options: &Part) -> String {
    format!("--defaults-file={}", options.path().display())
}

/// A file of options that only we may read, for as long as a program needs it: arguments are seen by everybody.
pub(super) fn options(access: &Access) -> Result<Part> {
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
