//! A password is in nothing that is written, whatever goes wrong.

use std::{fs, path::Path, process::Command};

use crate::{
    site::{Site, on},
    terminal::Terminal,
};

const SECRET: &str = "s3cr3tpw";

on!([postgres, mysql]: a_wrong_password_is_not_written);

/// The commands that work on a database, by their own help, with what they need to get to it.
fn commands() -> Vec<String> {
    let help = told(Path::new("."), "--help", &[]);
    let names = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = names.map_while(|line| line.split_whitespace().next());
    let mut commands = Vec::new();
    for name in
        names.filter(|name| told(Path::new("."), &format!("{name} --help"), &[]).contains("--database-url"))
    {
        let more = match name {
            "downgrade" => "base",
            "resolve" => "a 1 applied",
            "restore" => "Cargo.toml",
            "stamp" => "head",
            _ => "",
        };
        commands.push(format!("{name} {more}"));
    }
    commands.push("upgrade --dry-run".to_owned());
    commands.push("upgrade --format json".to_owned());
    assert!(commands.len() > 8, "{commands:?}");
    commands
}

/// All that a command writes.
fn told(folder: &Path, command: &str, variables: &[(&str, &str)]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-migrate"))
        .args(command.split_whitespace())
        .current_dir(folder)
        .env_remove("DATABASE_URL")
        .envs([("RUST_LOG", "trace"), ("RUST_BACKTRACE", "full")])
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Gives each command the URL in each way that there is.
fn assert_kept(url: &str, secret: &str) {
    let terminal = Terminal::new(
        "== Cargo.toml ==\n[package]\nname = 'service'\n== migrate.toml ==\n== migrations/a.sql ==\n-- begin\n\
         -- revision: a\n-- migrate:up\nCREATE TABLE t_a (n integer);\n-- migrate:down\nDROP TABLE t_a;\n",
    );
    let folder = terminal.folder();
    let assert_hides = |command: &str, variables: &[(&str, &str)]| {
        let told = told(folder, command, variables);
        assert!(!told.is_empty(), "`{command}` says nothing");
        assert!(!told.contains(secret), "`{command}` with {url}:\n{told}");
    };
    for command in commands() {
        assert_hides(&format!("{command} -D {url}"), &[]);
        assert_hides(&command, &[("DATABASE_URL", url)]);
        assert_hides(&format!("{command} --help"), &[("DATABASE_URL", url)]);
    }
    fs::write(folder.join(".env"), format!("DATABASE_URL='{url}'\n")).unwrap();
    assert_hides("upgrade", &[]);
    fs::write(folder.join("migrate.toml"), format!("url = '{url}'\n")).unwrap();
    assert_hides("upgrade", &[]);
    assert_hides("check", &[]);
    // In the wrong place.
    assert_hides(url, &[]);
    assert_hides(&format!("upgrade {url}"), &[]);
    assert_hides(&format!("upgrade --lock-wait {url}"), &[]);
    assert_hides(&format!("upgrade --database-ur {url}"), &[]);
    assert_hides(&format!("upgrade --database-ur={url}"), &[]);
}

#[test]
fn a_server_that_is_not_there_is_not_told_the_world() {
    for scheme in ["postgres", "mysql", "mariadb"] {
        assert_kept(&format!("{scheme}://me:{SECRET}@127.0.0.1:1/tasks"), SECRET);
    }
    assert_kept(&format!("postgres://127.0.0.1:1/tasks?user=me&password={SECRET}"), SECRET);
}

#[test]
fn a_url_that_is_none_is_not_written() {
    for url in [
        "postgres://me:s3cr3tpw@ss@host:port/x",
        "postgres://me:s3cr3tpw",
        "postgres:me:s3cr3tpw@host/x",
        "postgres://me:12/s3cr3tpw@127.0.0.1:1/x",
        "postgres://me:12?s3cr3tpw@127.0.0.1:1/x",
        "postgres://me:12#s3cr3tpw@127.0.0.1:1/x",
        "postgres://me:s3cr3tpw@127.0.0.1:1/x?sslmode=none",
        "mysql://me:s3cr3tpw@127.0.0.1:99999/x",
        "mysql://me:s3cr3tpw%zz@127.0.0.1:1/x",
        "oracle://me:s3cr3tpw@127.0.0.1:1/x",
        "me:s3cr3tpw@127.0.0.1/x",
    ] {
        assert_kept(url, SECRET);
    }
}

async fn a_wrong_password_is_not_written(site: Site) {
    assert_kept(&site.url_with_wrong_password(), "-wrong");
}
