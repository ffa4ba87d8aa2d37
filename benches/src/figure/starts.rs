//! Many processes that start at the same moment on an empty database, as replicas of a service do.

use std::{
    env,
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context as _, Result};
use migrate_core::Dialect;
use url::Url;

use super::{Scale, duration};
use crate::{
    contender::{Contender, OURS, PEERS},
    history::History,
    place::{Place, title},
    table::{Row, Table},
};

/// The variables by which a process learns that it is one of many: whose, and where.
const WHOSE: &str = "MIGRATE_BENCH_START";
const URL: &str = "MIGRATE_BENCH_START_URL";

const REVISIONS: usize = 10;

/// Counts the processes that start well, and times them until the last one has ended.
pub(super) fn take(scale: Scale, table: &mut Table) -> Result<()> {
    let processes = scale.of(64, 16);
    for dialect in Dialect::ALL {
        let of = format!("{}, {processes} processes, {REVISIONS} revisions", title(dialect));
        let mut row = Row::new("starts", of);
        for Contender { column, cannot, .. } in contenders() {
            if let Some(reason) = cannot(dialect) {
                table.skip(format!("{column} on {}: {reason}", title(dialect)));
                continue;
            }
            let Some(place) = Place::new(dialect)? else {
                table.skip(format!("{}: there is no server", title(dialect)));
                return Ok(());
            };
            let started = Instant::now();
            let well = start(&place, &column.to_string(), processes)?;
            let time = duration(started.elapsed().as_secs_f64());
            row = row.cell(column, format!("{well} of {processes}, {time}"));
        }
        table.push(row);
    }
    Ok(())
}

fn contenders() -> impl Iterator<Item = Contender> {
    [OURS].into_iter().chain(PEERS)
}

/// How many of these processes end well.
fn start(place: &Place, whose: &str, processes: usize) -> Result<usize> {
    let program = env::current_exe()?;
    let children = (0..processes).map(|_| {
        let mut command = Command::new(&program);
        command.env(WHOSE, whose).env(URL, place.url.as_str());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn()
    });
    let children = children.collect::<Result<Vec<_>, _>>()?;
    let mut well = 0;
    for mut child in children {
        well += usize::from(child.wait()?.success());
    }
    Ok(well)
}

/// What this process does where it is one of many; `None` where it is the benchmark itself.
pub(crate) fn take_part() -> Option<Result<()>> {
    let (whose, url) = (env::var(WHOSE).ok()?, env::var(URL).ok()?);
    Some(migrate(&whose, &url))
}

fn migrate(whose: &str, url: &str) -> Result<()> {
    let contender = contenders().find(|contender| contender.column.to_string() == whose);
    let contender = contender.context("there is no such contender")?;
    let url = Url::parse(url)?;
    let dialect: Dialect = url.scheme().parse().ok().context("there is no such database")?;
    let open = (contender.load)(&History::new(dialect, REVISIONS))?;
    open(&Place::at(dialect, url))?()
}
