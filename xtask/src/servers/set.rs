//! The servers of one run.

use std::process::Command;

use anyhow::{Result, bail};
use clap::Args;

use super::mariadb::MariaDb;
use super::postgres::Postgres;
use super::program::{MariaDbPrograms, Missing, PostgresPrograms};
use super::server::{Running, Server};
use super::{Kind, install};

/// Which servers a run needs, and what to do if one is not installed.
#[derive(Args, Debug)]
pub(crate) struct Wanted {
    /// Install the Debian packages of missing servers first (as root, with apt-get)
    #[arg(long)]
    install: bool,
    /// Start only the servers of these databases
    #[arg(long, value_enum, value_delimiter = ',', value_name = "DATABASES")]
    only: Option<Vec<Kind>>,
}

impl Wanted {
    fn kinds(&self) -> Vec<Kind> {
        self.only.clone().unwrap_or_else(|| Kind::ALL.to_vec())
    }
}

/// Servers that answer; they end when this value is dropped.
pub(crate) struct Servers {
    running: Vec<Box<dyn Running>>,
    missing: Vec<Missing>,
}

impl Servers {
    /// Starts the servers that are wanted.
    ///
    /// A server that is not installed is an error if it was asked for by name. Otherwise it is said how to
    /// get it, and the tests that need it are skipped.
    pub(crate) fn start(wanted: &Wanted) -> Result<Self> {
        let kinds = wanted.kinds();
        if wanted.install {
            install::missing(&not_installed(&kinds))?;
        }
        let mut servers = Self { running: Vec::new(), missing: Vec::new() };
        for kind in kinds {
            if let Err(missing) = servers.start_one(kind)? {
                eprintln!("xtask: {missing}; {}", install::advice(&[kind]));
                servers.missing.push(missing);
            }
        }
        if !servers.missing.is_empty() && wanted.only.is_some() {
            bail!("a server that `--only` names is not installed");
        }
        Ok(servers)
    }

    fn start_one(&mut self, kind: Kind) -> Result<Result<(), Missing>> {
        let server: Box<dyn Running> = match kind {
            Kind::Sqlite => return Ok(Ok(())),
            Kind::Postgres => match PostgresPrograms::find() {
                Ok(programs) => Box::new(Server::start(Postgres::prepare(programs)?)?),
                Err(missing) => return Ok(Err(missing)),
            },
            Kind::Mysql => match MariaDbPrograms::find() {
                Ok(programs) => Box::new(Server::start(MariaDb::prepare(programs)?)?),
                Err(missing) => return Ok(Err(missing)),
            },
        };
        self.running.push(server);
        Ok(Ok(()))
    }

    /// Name and value of the environment variables by which tests find the servers.
    pub(crate) fn variables(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.running.iter().filter_map(|server| Some((server.kind().variable()?, server.url())))
    }

    /// Tells `command` of these servers, and of no others.
    pub(crate) fn tell(&self, command: &mut Command) {
        for variable in Kind::ALL.iter().filter_map(|kind| kind.variable()) {
            command.env_remove(variable);
        }
        command.envs(self.variables());
    }

    /// An error that shows the log of a server that has ended by itself.
    pub(crate) fn check(&mut self) -> Result<()> {
        self.running.iter_mut().try_for_each(|server| server.check())
    }
}

fn not_installed(kinds: &[Kind]) -> Vec<Kind> {
    let is_missing = |kind: &Kind| match kind {
        Kind::Sqlite => false,
        Kind::Postgres => PostgresPrograms::find().is_err(),
        Kind::Mysql => MariaDbPrograms::find().is_err(),
    };
    kinds.iter().copied().filter(is_missing).collect()
}
