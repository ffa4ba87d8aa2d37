//! Images on real servers: an object is made, changed in every way that a statement can change it, and dropped, and its
//! image follows; what does not change the object does not change the image.
//!
//! A specification has cases, each of them `== <probe> ==` and one statement a line, which begins with what becomes of
//! the image: `+` it appears, `~` it changes, `-` it goes, `!` the object is invalid (the statement itself may fail),
//! `=` nothing.

use migrate_core::{Dialect, graph::Probe};
use sqlx::{mysql::MySqlPoolOptions, postgres::PgPoolOptions};

use crate::{
    Connectable,
    connectable::Door,
    database::{INVALID, room},
    server,
};

#[tokio::test]
async fn an_image_on_mysql_follows_its_object_and_nothing_else() {
    let Some(database) = server::mysql() else { return };
    let pool = MySqlPoolOptions::new().max_connections(1).connect(database.url()).await.expect("a pool");
    // As short as the server allows: images must not be cut off.
    check(&pool, include_str!("images.mysql.txt"), "SET group_concat_max_len = 4").await;
}

#[tokio::test]
async fn an_image_on_postgres_follows_its_object_and_nothing_else() {
    let Some(database) = server::postgres() else { return };
    let pool = PgPoolOptions::new().max_connections(1).connect(database.url()).await.expect("a pool");
    check(&pool, include_str!("images.postgres.txt"), "SELECT 1").await;
}

async fn check<'c>(on: impl Connectable<'c>, specification: &str, setting: &str) {
    let mut door = on.door();
    let door = &mut *door;
    done(door, setting).await;
    make_room(door).await;
    let (mut cases, mut wrong) = (0, Vec::new());
    for case in specification.split("\n== ").skip(1) {
        let (probe, lines) = case.split_once(" ==\n").expect("a case begins with `== <probe> ==`");
        let seen: Probe = probe.parse().unwrap_or_else(|_| panic!("{probe} is no probe"));
        let mut before = image(door, &seen).await;
        for line in lines.lines().filter(|line| !line.is_empty()) {
            let (sign, statement) = line.split_at_checked(2).expect("a sign and a statement");
            if let (Some(failure), true) = (door.ask(statement).await.failure, sign != "! ") {
                wrong.push(format!("{probe}: {line}\n{failure}"));
                continue;
            }
            let after = image(door, &seen).await;
            let follows = match sign {
                "+ " => before.is_none() && after.as_deref().is_some_and(|image| image != INVALID),
                "~ " => before.is_some() && after.is_some() && before != after,
                "- " => before.is_some() && after.is_none(),
                "! " => after.as_deref() == Some(INVALID),
                "= " => before == after,
                _ => panic!("{line} begins with no sign"),
            };
            if !follows {
                wrong.push(format!("{probe}: {line}\nbefore: {before:?}\nafter: {after:?}"));
            }
            before = after;
        }
        cases += 1;
    }
    assert!(cases > 0, "there are cases");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Makes the table that images are stored in.
pub(super) async fn make_room(door: &mut (dyn Door + '_)) {
    for text in ["CREATE TABLE images (image text)", "INSERT INTO images VALUES (NULL)"] {
        done(door, text).await;
    }
}

pub(super) async fn done(door: &mut (dyn Door + '_), text: &str) -> Vec<Vec<Option<String>>> {
    door.ask(text).await.rows().unwrap_or_else(|failure| panic!("{failure}: {text}"))
}

/// The image as a runner stores it: by an `UPDATE`.
pub(super) async fn image(door: &mut (dyn Door + '_), probe: &Probe) -> Option<String> {
    let room = room(door.dialect()).expect("a room");
    let image = room.image(probe).expect("this database can tell");
    if room.dialect() == Dialect::Mysql {
        done(door, "START TRANSACTION").await;
    }
    done(door, &format!("UPDATE images SET image = {image}")).await;
    if room.dialect() == Dialect::Mysql {
        done(door, "COMMIT").await;
    }
    let rows = done(door, "SELECT image FROM images").await;
    rows.into_iter().flatten().next().flatten()
}
