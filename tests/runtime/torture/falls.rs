//! Servers are killed, and come back.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use migrate_runtime::{Dialect, Error, ErrorKind, Event};
use tokio::time::sleep;

use super::{ground::Ground, mortal::Mortal, report, row::Row, trial::Trial, victim::travel};
use crate::site::Site;

mod a_server_that_dies_loses_nothing {
    use migrate_runtime::Dialect;

    use super::{Site, torture};

    #[tokio::test]
    async fn postgres() {
        torture(Site::postgres, Dialect::Postgres).await;
    }

    #[tokio::test]
    async fn mysql() {
        torture(Site::mysql, Dialect::Mysql).await;
    }
}

async fn torture(other: fn() -> Option<Site>, dialect: Dialect) {
    // Where the shared server is missing, there is none to start.
    if other().is_none() {
        return;
    }
    let (mut random, wanted) = (report::random(), report::kills().div_ceil(10));
    let mortal = Mortal::start(dialect);
    let site = || Site::on_server(dialect, mortal.url());
    let ground = Ground::survey(&site()).await;
    let mut row = Row::new(format!("the server, {dialect}"), 0);
    let mut trial = None;
    for _ in 0..3 * wanted + 10 {
        if row.kills >= wanted {
            break;
        }
        let current = trial.get_or_insert_with(|| Trial::new(&ground, site()));
        let delay = ground.way(current.direction()).extent.time.mul_f64(random.f64());
        if !fall(&mortal, current, delay, &mut row).await {
            trial = None;
        }
    }
    report::hand_in(&row, wanted);
}

/// Kills the server so long after the first step began. Whether the database can be used again.
async fn fall(mortal: &Mortal, trial: &mut Trial<'_>, delay: Duration, row: &mut Row) -> bool {
    let process = mortal.process().await;
    let begun = Arc::new(AtomicBool::new(false));
    let pool = trial.site().pool_of(2);
    let heard = begun.clone();
    let on = pool.on(trial.graph()).observer(move |event| {
        heard.fetch_or(matches!(event, Event::StepStarted { .. }), Ordering::Relaxed);
    });
    let mut run = Box::pin(travel(on, trial.direction()));
    let killing = async {
        while !begun.load(Ordering::Relaxed) {
            sleep(Duration::from_millis(1)).await;
        }
        sleep(delay).await;
        mortal.kill(process);
    };
    let (is_over, arrived) = tokio::select! {
        arrived = &mut run => (true, arrived),
        () = killing => (false, run.await),
    };
    mortal.is_back().await;
    pool.close().await;
    if is_over {
        row.missed += 1;
    } else {
        row.kills += 1;
    }
    let trouble = arrived.err().filter(|error| !is_told(error));
    trial.settle(format!("{delay:?}"), usize::from(!is_over), trouble, row).await
}

/// Whether it is clear from an error that it was not the migration that failed.
fn is_told(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Connection | ErrorKind::Interrupted)
}
