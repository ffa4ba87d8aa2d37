//! The servers of one run.

use std::process::Command;

use anyhow::{Result, bail};
use clap::Args;

use super::mariadb::MariaDb;
use super::pgbouncer::Pgbouncer;
use super::postgres::Postgres;
use super::program::{self, Programs};
use super::server::{Running, Server};
use super::{Kind, install, password};

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
    /// The databases that are asked for.
    pub(crate) fn kinds(&self) -> Vec<Kind> {
        let wants = |kind: &Kind| {
            let Some(only) = &self.only else { return true };
            // There is no pooler without the server behind it.
            only.contains(kind) || (*kind == Kind::Postgres && only.contains(&Kind::Pgbouncer))
        };
        Kind::ALL.into_iter().filter(wants).collect()
    }
}

/// Servers that answer; they end when this value is dropped.
pub(crate) struct Servers(Vec<Box<dyn Running>>);

impl Servers {
    /// Starts the servers that are wanted.
    ///
    /// A server that is not there is an error if it was asked for, by name or by `--install`. Otherwise it is
    /// said how to get it, and the tests that need it are skipped.
    pub(crate) fn start(wanted: &Wanted) -> Result<Self> {
        let kinds = wanted.kinds();
        let (mut programs, mut missing) = program::find(&kinds);
        if wanted.install && !missing.is_empty() {
            install::packages_of(&missing)?;
            (programs, missing) = program::find(&kinds);
        }
        for missing in &missing {
            eprintln!("xtask: {missing}; {}", install::advice(missing.kind));
        }
        if !missing.is_empty() && (wanted.only.is_some() || wanted.install) {
            bail!("a server that was asked for is not there");
        }
        start(programs).map(Self)
    }

    /// Name and value of the environment variables by which tests find the servers.
    pub(crate) fn variables(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.0.iter().filter_map(|server| Some((server.kind().variable()?, server.url())))
    }

    /// Tells `command` of these servers, and of no others.
    pub(crate) fn tell(&self, command: &mut Command) {
        for variable in Kind::ALL.iter().filter_map(|kind| kind.variable()) {
            command.env_remove(variable);
        }
        command.envs(self.variables());
    }

    /// Starts the servers that have ended again, and returns when they answer.
    pub(crate) fn revive(&mut self) -> Result<()> {
        self.0.iter_mut().try_for_each(|server| server.revive())
    }

    /// An error that shows the log of a server that has ended by itself.
    pub(crate) fn check(&mut self) -> Result<()> {
        self.0.iter_mut().try_for_each(|server| server.check())
    }
}

/// Starts them in their order, in which PostgreSQL comes before its pooler.
fn start(programs: Vec<Programs>) -> Result<Vec<Box<dyn Running>>> {
    let password = password::random()?;
    let mut upstream = None;
    let mut servers: Vec<Box<dyn Running>> = Vec::new();
    for programs in programs {
        servers.push(match programs {
            Programs::Postgres(programs) => {
                let server = Server::start(Postgres::prepare(programs, password.clone())?)?;
                upstream = Some(server.port());
                Box::new(server)
            }
            Programs::MariaDb(programs) => Box::new(Server::start(MariaDb::prepare(programs)?)?),
            Programs::Pgbouncer(programs) => {
                // Without the server it would have nobody to ask: that one is said to be missing.
                let Some(upstream) = upstream else { continue };
                Box::new(Server::start(Pgbouncer::prepare(programs, upstream, password.clone())?)?)
            }
        });
    }
    Ok(servers)
}
