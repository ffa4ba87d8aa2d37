//! A private `PgBouncer` before the private PostgreSQL server.

use std::process::Command;

use anyhow::Result;
use nix::sys::signal::Signal;

use super::Kind;
use super::postgres::{psql, url};
use super::program::PgbouncerPrograms;
use super::room::Room;
use super::server::{Recipe, USER};

/// A pooler that lends its connections for a transaction each, to accounts of the server behind it.
pub(crate) struct Pgbouncer {
    programs: PgbouncerPrograms,
    room: Room,
    password: String,
    /// The port of the server behind it.
    upstream: u16,
}

impl Pgbouncer {
    /// Makes a pooler before the server on the port `upstream`, whose password it shares.
    pub(crate) fn prepare(programs: PgbouncerPrograms, upstream: u16, password: String) -> Result<Self> {
        let room = Room::new("pgbouncer", &["postgres", "nobody"])?;
        room.write("users.txt", &format!("\"{USER}\" \"{password}\"\n"))?;
        Ok(Self { programs, room, password, upstream })
    }

    fn configuration(&self, port: u16) -> String {
        let users = self.room.path("users.txt");
        format!(
            "[databases]\n\
             * = host=127.0.0.1 port={}\n\
             [pgbouncer]\n\
             listen_addr = 127.0.0.1\n\
             listen_port = {port}\n\
             unix_socket_dir =\n\
             auth_type = scram-sha-256\n\
             auth_file = {}\n\
             pool_mode = transaction\n\
             max_client_conn = 400\n\
             default_pool_size = 10\n\
             server_idle_timeout = 5\n\
             ; The driver of the tests sends it when it connects; PgBouncer refuses what it does not know.\n\
             ignore_startup_parameters = extra_float_digits\n",
            self.upstream,
            users.display()
        )
    }
}

impl Recipe for Pgbouncer {
    const KIND: Kind = Kind::Pgbouncer;
    /// An immediate shutdown: clients are disconnected, not waited for.
    const STOP: Signal = Signal::SIGTERM;

    fn room(&self) -> &Room {
        &self.room
    }

    fn server(&self, port: u16) -> Result<Command> {
        let configuration = self.room.write("pgbouncer.ini", &self.configuration(port))?;
        let mut command = self.room.server(&self.programs.server, Self::STOP)?;
        command.arg(configuration);
        Ok(command)
    }

    fn client(&self, port: u16) -> Command {
        psql(&self.programs.client, port, &self.password)
    }

    fn url(&self, port: u16) -> String {
        url(port, &self.password)
    }
}
