use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use url::Url;

use super::{list::History, service::Service};
use crate::servers::{Kind, Servers};

/// What became of an upgrade of an empty database.
pub(super) enum Applied {
    /// So many steps, in this time.
    Steps(usize, Duration),
    /// What the service said.
    Failed(String),
    /// There is no such server here.
    NoServer,
}

/// Lets the service upgrade an empty database.
pub(super) fn history(history: &History, service: &Service, servers: &Servers) -> Result<Applied> {
    let folder = tempfile::tempdir()?;
    let url = match &*history.database {
        "sqlite" => format!("sqlite://{}/service.db?mode=rwc", folder.path().display()),
        database => {
            let kind = if database == "postgres" { Kind::Postgres } else { Kind::Mysql };
            let variable = kind.variable();
            let Some((_, url)) = servers.variables().find(|(name, _)| Some(*name) == variable) else {
                return Ok(Applied::NoServer);
            };
            let mut url = Url::parse(&url)?;
            let name = format!("history_{}", history.name.replace(['.', '-'], "_"));
            create(kind, &url, &name)?;
            url.set_path(&name);
            url.into()
        }
    };
    let start = Instant::now();
    let output = Command::new(service.program())
        .env("DATABASE_URL", url)
        .stdin(Stdio::null())
        .output()
        .context("cannot run the service")?;
    let took = start.elapsed();
    if !output.status.success() {
        return Ok(Applied::Failed(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    let steps = String::from_utf8_lossy(&output.stdout).trim().parse();
    Ok(Applied::Steps(steps.context("the service did not count its steps")?, took))
}

/// Makes an empty database, by the client that comes with the server.
fn create(kind: Kind, url: &Url, name: &str) -> Result<()> {
    let mut command = if kind == Kind::Postgres {
        let mut command = Command::new("psql");
        command.arg(url.as_str()).args(["--quiet", "--command", &format!("CREATE DATABASE {name}")]);
        command
    } else {
        let mut command = Command::new("mariadb");
        command.arg(format!("--host={}", url.host_str().unwrap_or_default()));
        command.arg(format!("--port={}", url.port().unwrap_or(3306)));
        command
            .arg(format!("--user={}", url.username()))
            .env("MYSQL_PWD", url.password().unwrap_or_default());
        command.args(["--execute", &format!("CREATE DATABASE {name}")]);
        command
    };
    if !command.stdin(Stdio::null()).status().context("cannot run the client of the server")?.success() {
        bail!("cannot make the database {name}");
    }
    Ok(())
}
