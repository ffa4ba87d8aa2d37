//! A private PostgreSQL server.

use std::path::Path;
use std::process::Command;

use anyhow::Result;
use nix::sys::signal::Signal;

use super::Kind;
use super::program::PostgresPrograms;
use super::room::Room;
use super::server::{Recipe, USER};

/// A database cluster that is ready to be served.
pub(crate) struct Postgres {
    programs: PostgresPrograms,
    room: Room,
    password: String,
}

impl Postgres {
    /// Makes a new cluster in which every connection needs a password.
    pub(crate) fn prepare(programs: PostgresPrograms, password: String) -> Result<Self> {
        let room = Room::new("postgres", &["postgres", "nobody"])?;
        let password_file = room.write("password", &password)?;
        room.prepare(
            room.command(&programs.initdb)?
                .args(["--username", USER, "--auth", "scram-sha-256", "--pwfile"])
                .arg(password_file)
                .args(["--encoding", "UTF8", "--locale", "C", "--no-instructions"])
                // Making the cluster need not survive a power cut; the server on it writes as in production.
                .arg("--no-sync")
                .arg(room.path("data")),
        )?;
        Ok(Self { programs, room, password })
    }
}

impl Recipe for Postgres {
    const KIND: Kind = Kind::Postgres;
    /// A fast shutdown: clients are disconnected, not waited for.
    const STOP: Signal = Signal::SIGINT;

    fn room(&self) -> &Room {
        &self.room
    }

    fn server(&self, port: u16) -> Result<Command> {
        let mut command = self.room.server(&self.programs.postgres, Self::STOP)?;
        command.arg("-D").arg(self.room.path("data")).arg("-p").arg(port.to_string());
        for setting in [
            "listen_addresses=127.0.0.1",
            // No socket file: the path of a temporary folder can exceed the limit for its name.
            "unix_socket_directories=",
            "max_connections=400",
        ] {
            command.args(["-c", setting]);
        }
        Ok(command)
    }

    fn client(&self, port: u16) -> Command {
        psql(&self.programs.psql, port, &self.password)
    }

    fn url(&self, port: u16) -> String {
        url(port, &self.password)
    }
}

/// A command that succeeds if a query on `port` does.
pub(super) fn psql(program: &Path, port: u16, password: &str) -> Command {
    let mut command = Command::new(program);
    command
        .env("PGPASSWORD", password)
        .args(["--no-psqlrc", "--no-password", "--host", "127.0.0.1", "--port", &port.to_string()])
        .args(["--username", USER, "--dbname", "postgres", "--command", "SELECT 1"]);
    command
}

/// The URL of what answers on `port`.
pub(super) fn url(port: u16, password: &str) -> String {
    format!("postgres://{USER}:{password}@127.0.0.1:{port}/postgres")
}
