use std::sync::Arc;

use migrate_core::graph::{Direction, Target};
use migrate_runtime::{On, Report, Result};

use super::{
    arguments::{Downgrade, Format, Site, Stamp, Steps, Upgrade, Wait},
    last::Last,
    plan::plan,
    progress::Progress,
    signal::Ends,
    site::Live,
};
use crate::{Outcome, check::counted, failure::Failure};

/// `cargo migrate upgrade`
pub(crate) async fn upgrade(arguments: &Upgrade, colour: bool) -> Result<Outcome, Failure> {
    let Upgrade { target, steps, wait, site } = arguments;
    let live = Live::open(site, colour)?;
    migrate(&live, live.on(site), Direction::Up, target, (steps, wait, site)).await
}

/// `cargo migrate downgrade`
pub(crate) async fn downgrade(arguments: &Downgrade, colour: bool) -> Result<Outcome, Failure> {
    let Downgrade { target, stored_scripts, steps, wait, site } = arguments;
    let live = Live::open(site, colour)?;
    let on = live.on(site);
    let on = if *stored_scripts { on.with_stored_scripts() } else { on };
    migrate(&live, on, Direction::Down, target, (steps, wait, site)).await
}

async fn migrate(
    live: &Live,
    on: On<'_>,
    direction: Direction,
    target: &Target,
    (steps, wait, site): (&Steps, &Wait, &Site),
) -> Result<Outcome, Failure> {
    let target = target.to_string();
    let on = steps.set(on);
    if steps.dry_run {
        return plan(live, on, direction, &target, site.format).await;
    }
    let outcome = watched(live, wait.set(on), site.format, |on| match direction {
        Direction::Up => on.upgrade(&target),
        Direction::Down => on.downgrade(&target),
    });
    let outcome = outcome.await?;
    finish(live, site, outcome, steps_text).await
}

/// `cargo migrate stamp`
pub(crate) async fn stamp(arguments: &Stamp, colour: bool) -> Result<Outcome, Failure> {
    let Stamp { target, purge, wait, site } = arguments;
    let live = Live::open(site, colour)?;
    let target = target.to_string();
    let outcome = watched(&live, wait.set(live.on(site)), site.format, |on| {
        if *purge { on.stamp_purged(&target) } else { on.stamp(&target) }
    });
    let outcome = outcome.await?;
    finish(&live, site, outcome, stamp_text).await
}

/// The outcome of a run, with somebody who tells what happens in it, and who ends it at a signal.
async fn watched<'c, F>(
    live: &Live,
    on: On<'c>,
    format: Format,
    run: impl FnOnce(On<'c>) -> F,
) -> Result<Result<Report>, Failure>
where
    F: Future<Output = Result<Report>>,
{
    let progress = Progress::new(Arc::clone(&live.graph), live.database.dialect(), format);
    let (ends, first) = Ends::listen()?;
    ends.heeded(run(on.observer(move |event| progress.tell(event)).cancel_when(first))).await
}

/// What there is to say at the end of a run, behind what its events told.
async fn finish(
    live: &Live,
    site: &Site,
    outcome: Result<Report>,
    text: fn(&Live, &Report, &[String]) -> String,
) -> Result<Outcome, Failure> {
    let text = match (&outcome, site.format) {
        (Ok(report), Format::Json) => Last::Finished(report).line(),
        (Err(error), Format::Json) => Last::Failed(error).line(),
        (Ok(report), Format::Text) => {
            let current = live.on(site).current().await.map_err(|error| live.failure(error))?;
            text(live, report, &current)
        }
        (Err(_), Format::Text) => String::new(),
    };
    match outcome {
        Ok(_) => Ok(Outcome { text, refused: false }),
        Err(error) => {
            Outcome { text, refused: true }.print()?;
            Err(live.failure(error))
        }
    }
}

fn steps_text(live: &Live, report: &Report, current: &[String]) -> String {
    let at = at(current);
    let database = &live.database;
    let mut text = if report.is_empty() {
        format!("nothing to do: {database} is at {at}\n")
    } else {
        let steps = counted(report.steps.len(), "step");
        format!("{steps} done: {database} is at {at}\n")
    };
    if !report.unknown.is_empty() {
        text +=
            &format!("it is newer than this directory, which does not know {}\n", quoted(&report.unknown));
    }
    text
}

fn stamp_text(live: &Live, report: &Report, current: &[String]) -> String {
    let at = at(current);
    let new = counted(report.stamped.len(), "new row");
    format!("nothing was run: {} is now said to be at {at} ({new})\n", live.database)
}

/// Where a database stands: `base` where nothing is applied.
fn at(current: &[String]) -> String {
    if current.is_empty() { "`base`".to_owned() } else { quoted(current) }
}

fn quoted(ids: &[String]) -> String {
    ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}
