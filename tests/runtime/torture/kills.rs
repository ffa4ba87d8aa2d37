//! The kills of a test run: a few, or as many as `MIGRATE_TORTURE_KILLS` says.

use std::{env, fs::File, io::Write as _};

use migrate_runtime::Direction;

use super::{ground::Ground, moment::Moment, row::Row, trial::Trial};
use crate::site::Site;

/// How many kills on each database are to hit.
const KILLS: &str = "MIGRATE_TORTURE_KILLS";
/// The number that all moments follow from; the same moments are not quite the same kills.
const SEED: &str = "MIGRATE_TORTURE_SEED";
/// A file to which each database adds its row.
const TABLE: &str = "MIGRATE_TORTURE_TABLE";

mod the_next_start_finishes_the_job {
    use super::{Site, torture};

    #[tokio::test]
    async fn sqlite() {
        torture(Site::sqlite).await;
    }

    #[tokio::test]
    async fn postgres() {
        torture(Site::postgres).await;
    }

    #[tokio::test]
    async fn mysql() {
        torture(Site::mysql).await;
    }
}

fn number(variable: &str) -> Option<u64> {
    Some(env::var(variable).ok()?.parse().unwrap_or_else(|_| panic!("{variable} is no number")))
}

async fn torture(site: fn() -> Option<Site>) {
    let Some(first) = site() else { return };
    let seed = number(SEED).unwrap_or_else(|| fastrand::u64(..1_000_000));
    let kills = number(KILLS).unwrap_or(20) as usize;
    println!("{SEED}={seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let ground = Ground::survey(&first).await;
    println!("undisturbed: {:?}, {:?}", ground.up.extent, ground.down.extent);
    let row = kill_many(&ground, site, kills, &mut random).await;
    println!("{}\n{row}", Row::HEAD);
    if let Ok(path) = env::var(TABLE) {
        let mut file = File::options().append(true).open(path).expect("the file of the table");
        let is_new = file.metadata().is_ok_and(|file| file.len() == 0);
        let head = if is_new { format!("{}\n", Row::HEAD) } else { String::new() };
        writeln!(file, "{head}{row}").expect("the file of the table can be written");
    }
    for asked in &row.asked {
        println!("asked: {asked}");
    }
    assert!(row.wrong.is_empty(), "{SEED}={seed}\n{}", row.wrong.join("\n\n"));
    assert!(row.kills >= kills, "too many kills missed: {row}");
}

async fn kill_many(
    ground: &Ground,
    site: fn() -> Option<Site>,
    kills: usize,
    random: &mut fastrand::Rng,
) -> Row {
    let boundaries = |direction| {
        let mut all: Vec<usize> = (1..=ground.way(direction).extent.events).collect();
        fastrand::Rng::with_seed(random.clone().u64(..)).shuffle(&mut all);
        all
    };
    let (mut up, mut down) = (boundaries(Direction::Up), boundaries(Direction::Down));
    let mut row = Row::new(ground.dialect, up.len() + down.len());
    let mut trial = None;
    let mut turn = 0;
    while row.kills < kills && turn < 3 * kills + 20 {
        let current = trial.get_or_insert_with(|| Trial::new(ground, site().expect("the server is there")));
        let left = if current.direction() == Direction::Up { &mut up } else { &mut down };
        // Two of four are at a boundary: one on the way up, one on the way down.
        let moment = match left.pop() {
            Some(number) if turn % 4 < 2 => {
                row.boundaries.0 += 1;
                Moment::Event(number)
            }
            _ => ground.way(current.direction()).extent.draw(random),
        };
        turn += 1;
        if !current.take(moment, random, &mut row).await {
            trial = None;
        }
    }
    row
}
