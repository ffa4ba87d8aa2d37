//! Recoveries on real servers: what analysis says of a statement is what the catalog tells of it.
//!
//! A specification has a statement a line, which begins with what is to be told of it once it is carried out: `+` that
//! it was, `=` that running it again does no harm, which is tried, `?` nothing. What begins with `.` is no matter of
//! recovery.

use std::fmt;

use migrate_analysis::sql;
use migrate_core::{
    Dialect,
    graph::{Recovery, StatementKind},
};
use sqlx::{mysql::MySqlPoolOptions, postgres::PgPoolOptions};

use super::images::{done, image, make_room};
use crate::{
    Connectable,
    connectable::Door,
    database::INVALID,
    executor::verdict::{ABSENT, Verdict, verdict},
    server,
};

#[tokio::test]
async fn what_is_said_of_a_statement_is_true_on_mysql() {
    let Some(database) = server::mysql() else { return };
    let pool = MySqlPoolOptions::new().max_connections(1).connect(database.url()).await.expect("a pool");
    check(&pool, include_str!("recoveries.mysql.txt")).await;
}

#[tokio::test]
async fn what_is_said_of_a_statement_is_true_on_postgres() {
    let Some(database) = server::postgres() else { return };
    let pool = PgPoolOptions::new().max_connections(1).connect(database.url()).await.expect("a pool");
    check(&pool, include_str!("recoveries.postgres.txt")).await;
}

/// What is told of a statement that was carried out.
#[derive(PartialEq, Eq)]
enum Told {
    Done,
    Again,
    Nothing,
    Wrong,
}

async fn check<'c>(on: impl Connectable<'c>, specification: &str) {
    let mut door = on.door();
    let door = &mut *door;
    make_room(door).await;
    let mut wrong = Vec::new();
    for line in specification.lines().filter(|line| !line.is_empty()) {
        let (sign, statement) = line.split_at_checked(2).expect("a sign and a statement");
        let recovery = recovery(statement, door.dialect());
        let Some(recovery) = recovery.filter(|_| sign != ". ") else {
            done(door, statement).await;
            if sign != ". " {
                wrong.push(format!("{line}\nit shares a transaction"));
            }
            continue;
        };
        let (told, seen) = told(door, statement, &recovery).await;
        let expected = match sign {
            "+ " => Told::Done,
            "= " => Told::Again,
            "? " => Told::Nothing,
            _ => panic!("{line} begins with no sign"),
        };
        if told != expected {
            wrong.push(format!("{line}\n{told} of\n{recovery}\n{seen:?}"));
        } else if told == Told::Again {
            done(door, statement).await;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// How a statement is recovered that shares no transaction with its bookkeeping.
fn recovery(statement: &str, dialect: Dialect) -> Option<Recovery> {
    let shares = match sql::statement_kind(statement, dialect) {
        StatementKind::Schema => dialect.capabilities().transactional_ddl,
        kind => kind != StatementKind::Other,
    };
    (!shares).then(|| sql::recovery(statement, &sql::lower(statement, dialect), dialect))
}

/// Carries out a statement, and compares what is seen of its objects before and after.
async fn told(
    door: &mut (dyn Door + '_),
    statement: &str,
    recovery: &Recovery,
) -> (Told, Vec<[Option<String>; 2]>) {
    let mut seen = Vec::new();
    for probe in &recovery.probes {
        seen.push([image(door, probe).await, None]);
    }
    done(door, statement).await;
    for (probe, [_, after]) in recovery.probes.iter().zip(&mut seen) {
        *after = image(door, probe).await;
    }
    let [before, now]: [Vec<&str>; 2] =
        [0, 1].map(|moment| seen.iter().map(|images| images[moment].as_deref().unwrap_or(ABSENT)).collect());
    let told = match verdict(recovery, &before, &now, INVALID) {
        Verdict::Done(rest) if rest.is_empty() => Told::Done,
        Verdict::Again(leftovers) if leftovers.is_empty() => Told::Again,
        Verdict::Unclear(_) if before == now => Told::Nothing,
        Verdict::Done(_) | Verdict::Again(_) | Verdict::Unclear(_) => Told::Wrong,
    };
    (told, seen)
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Done => "it is told to be carried out",
            Self::Again => "it is told to be run again",
            Self::Nothing => "nothing is told",
            Self::Wrong => "what is seen contradicts what is said",
        })
    }
}
