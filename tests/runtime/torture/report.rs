//! What a run is asked for, and what it says at its end.

use std::{env, fs::File, io::Write as _};

use super::row::Row;

/// How many kills of processes on each database are to hit.
const KILLS: &str = "MIGRATE_TORTURE_KILLS";
/// The number that all moments follow from; the same moments are not quite the same kills.
const SEED: &str = "MIGRATE_TORTURE_SEED";
/// A file to which each test adds its row.
const TABLE: &str = "MIGRATE_TORTURE_TABLE";

fn number(variable: &str) -> Option<u64> {
    Some(env::var(variable).ok()?.parse().unwrap_or_else(|_| panic!("{variable} is no number")))
}

/// As many as were asked for, or a few.
pub(super) fn kills() -> usize {
    number(KILLS).unwrap_or(20) as usize
}

/// Random numbers, from a number that is told.
pub(super) fn random() -> fastrand::Rng {
    let seed = number(SEED).unwrap_or_else(|| fastrand::u64(..1_000_000));
    println!("{SEED}={seed}");
    fastrand::Rng::with_seed(seed)
}

/// Writes the row down, and fails where something was wrong.
pub(super) fn hand_in(row: &Row, wanted: usize) {
    write(row);
    assert!(row.asked.is_empty(), "somebody is asked:\n{}", row.asked.join("\n"));
    assert!(row.wrong.is_empty(), "{}", row.wrong.join("\n\n"));
    assert!(row.kills >= wanted, "too many kills missed: {row}");
}

/// Writes the row down.
pub(super) fn write(row: &Row) {
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
    for wrong in &row.wrong {
        println!("wrong: {wrong}");
    }
}
