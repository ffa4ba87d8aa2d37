//! Processes are killed.

use migrate_runtime::Direction;

use super::{ground::Ground, moment::Moment, report, row::Row, trial::Trial};
use crate::site::Site;

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

async fn torture(site: fn() -> Option<Site>) {
    let Some(first) = site() else { return };
    let (mut random, wanted) = (report::random(), report::kills());
    let ground = Ground::survey(&first).await;
    println!("undisturbed: {:?}, {:?}", ground.up.extent, ground.down.extent);
    let row = kill_many(&ground, site, wanted, &mut random).await;
    report::hand_in(&row, wanted);
}

async fn kill_many(
    ground: &Ground,
    site: fn() -> Option<Site>,
    kills: usize,
    random: &mut fastrand::Rng,
) -> Row {
    let boundaries = |direction| {
        // The first event is the plan, the last one the end of the last step.
        let mut all: Vec<usize> = (2..ground.way(direction).extent.events).collect();
        fastrand::Rng::with_seed(random.clone().u64(..)).shuffle(&mut all);
        all
    };
    let (mut up, mut down) = (boundaries(Direction::Up), boundaries(Direction::Down));
    let mut row = Row::new(format!("processes on {}", ground.dialect), up.len() + down.len());
    let mut trial = None;
    let mut turn = 0;
    while row.kills < kills && turn < 3 * kills + 20 {
        let current = trial.get_or_insert_with(|| Trial::new(ground, site().expect("the server is there")));
        let left = if current.direction() == Direction::Up { &mut up } else { &mut down };
        // Two of four are at a boundary: one on the way up, one on the way down.
        let boundary = if turn % 4 < 2 { left.pop() } else { None };
        let moment = match boundary {
            Some(number) => {
                row.boundaries.0 += 1;
                Moment::Event(number)
            }
            None => ground.way(current.direction()).extent.draw(random),
        };
        turn += 1;
        if !current.take(moment, random, &mut row).await {
            trial = None;
        }
    }
    row
}
