//! A private MariaDB server.

use std::process::Command;

use anyhow::Result;
use nix::sys::signal::Signal;

use super::program::MariaDbPrograms;
use super::room::Room;
use super::server::{Recipe, USER};
use super::{Kind, password};

/// The database that the URL names; tests make their own.
const DATABASE: &str = "migrate";

/// A data directory that is ready to be served.
pub(crate) struct MariaDb {
    programs: MariaDbPrograms,
    room: Room,
    password: String,
}

impl MariaDb {
    /// Makes a new data directory with one account that can be reached over the network, by password.
    pub(crate) fn prepare(programs: MariaDbPrograms) -> Result<Self> {
        let room = Room::new("mariadb", &["mysql", "nobody"])?;
        let password = password::random()?;
        // The server runs this file at its start, one statement a line.
        room.write(
            "start.sql",
            &format!(
                "CREATE DATABASE IF NOT EXISTS {DATABASE};\n\
                 CREATE USER IF NOT EXISTS {USER}@'%' IDENTIFIED BY '{password}';\n\
                 GRANT ALL ON *.* TO {USER}@'%' WITH GRANT OPTION;\n"
            ),
        )?;
        room.prepare(
            room.command(&programs.install)?
                .arg("--no-defaults")
                .arg(format!("--datadir={}", room.path("data").display()))
                .args(["--auth-root-authentication-method=socket", "--skip-test-db", "--skip-name-resolve"]),
        )?;
        Ok(Self { programs, room, password })
    }
}

impl Recipe for MariaDb {
    const KIND: Kind = Kind::Mysql;
    const STOP: Signal = Signal::SIGTERM;

    fn room(&self) -> &Room {
        &self.room
    }

    fn server(&self, port: u16) -> Result<Command> {
        let mut command = self.room.server(&self.programs.server, Self::STOP)?;
        command
            .arg("--no-defaults")
            .arg(format!("--datadir={}", self.room.path("data").display()))
            .arg(format!("--init-file={}", self.room.path("start.sql").display()))
            .arg(format!("--tmpdir={}", self.room.path("").display()))
            .arg(format!("--pid-file={}", self.room.path("server.pid").display()))
            .arg(format!("--port={port}"))
            .args(["--bind-address=127.0.0.1", "--skip-name-resolve", "--skip-log-bin"])
            // No socket file: the path of a temporary folder can exceed the limit for its name.
            .arg("--socket=")
            .args(["--character-set-server=utf8mb4", "--max-connections=400"])
            .args(["--innodb-buffer-pool-size=64M", "--innodb-log-file-size=32M"]);
        Ok(command)
    }

    fn client(&self, port: u16) -> Command {
        let mut command = Command::new(&self.programs.client);
        command
            .env("MYSQL_PWD", &self.password)
            .args(["--no-defaults", "--protocol=tcp", "--host=127.0.0.1"])
            .arg(format!("--port={port}"))
            .arg(format!("--user={USER}"))
            .args(["--execute=SELECT 1", DATABASE]);
        command
    }

    fn url(&self, port: u16) -> String {
        format!("mysql://{USER}:{}@127.0.0.1:{port}/{DATABASE}", self.password)
    }
}
