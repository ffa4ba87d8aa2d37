//! Peers are killed on the same history. It is asked for by `MIGRATE_TORTURE_PEERS`, which names their programs:
//! `sqlx=..,alembic=..`.

use std::{env, path::Path, time::Duration};

use migrate_runtime::Direction;

use super::{
    ground::history_of,
    moment::Moment,
    peer::Peer,
    report,
    row::Row,
    snapshot::Snapshot,
    trial::opposite,
    victim::{End, kill_command, watch},
};
use crate::{server, site::Site};

#[tokio::test]
async fn peers_are_killed_on_the_same_history() {
    let Ok(programs) = env::var("MIGRATE_TORTURE_PEERS") else {
        return server::skip("it needs other programs; `cargo xtask torture --peers` brings them");
    };
    let (mut random, wanted) = (report::random(), report::kills());
    for site in [Site::sqlite, Site::postgres, Site::mysql] {
        let Some(first) = site() else { continue };
        let dialect = first.dialect();
        let graph = history_of(dialect);
        for (name, program) in programs.split(',').filter_map(|peer| peer.split_once('=')) {
            let peer = Peer::new(name, Path::new(program), dialect, &graph);
            let mut row = Row::new(format!("{name} on {dialect}"), 0);
            torture(&peer, site, wanted, &mut random, &mut row).await;
            report::write(&row);
        }
    }
}

async fn torture(
    peer: &Peer,
    site: fn() -> Option<Site>,
    wanted: usize,
    random: &mut fastrand::Rng,
    row: &mut Row,
) {
    let first = site().expect("the server is there");
    let up = undisturbed(peer, &first, Direction::Up).await;
    let down = undisturbed(peer, &first, Direction::Down).await;
    let mut place = first;
    let mut direction = Direction::Up;
    for _ in 0..3 * wanted {
        if row.kills >= wanted {
            break;
        }
        let (time, expected) = if direction == Direction::Up { &up } else { &down };
        let moment = Moment::After(time.mul_f64(random.f64()));
        let mut command = peer.command(place.url(), direction);
        let hits = match kill_command(&mut command, moment, None).await {
            End::Killed => 1,
            End::Missed => 0,
            End::Failed(said) => panic!("{} fails undisturbed: {said}", peer.name),
        };
        row.kills += hits;
        row.missed += 1 - hits;
        let is_clean = match start_again(peer, &place, direction).await {
            Err(said) => {
                row.asked.push(format!("{direction} at {moment:?}: {said}"));
                false
            }
            Ok(()) => match Snapshot::of(&place).await.difference(expected) {
                None => true,
                Some(difference) => {
                    row.wrong.push(format!("{direction} at {moment:?}: {difference}"));
                    false
                }
            },
        };
        if is_clean {
            row.clean += hits;
            direction = opposite(direction);
        } else {
            place = site().expect("the server is there");
            direction = Direction::Up;
        }
    }
}

/// What a peer does that nobody kills: how long it takes, and what the database is then. Its settings of the session
/// are not ours, and some of them stay with what it makes.
async fn undisturbed(peer: &Peer, site: &Site, direction: Direction) -> (Duration, Snapshot) {
    let time = watch(&mut peer.command(site.url(), direction)).await;
    let time = time.unwrap_or_else(|said| panic!("{} fails: {said}", peer.name));
    (time, Snapshot::of(site).await)
}

async fn start_again(peer: &Peer, site: &Site, direction: Direction) -> Result<(), String> {
    let mut command = peer.command(site.url(), direction);
    let output = tokio::task::spawn_blocking(move || command.output());
    let output = output.await.expect("a thread").expect("the program runs");
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let is_telling = |line: &&str| line.contains("rror") && !line.starts_with("(Background");
    Err(said.lines().rfind(is_telling).unwrap_or(&said).to_owned())
}
