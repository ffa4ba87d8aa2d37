use fastrand::Rng;

use crate::{
    database::Objects,
    generator::{COLUMNS, column, table_and_columns},
    name::{pick, spelled},
};

const TYPES: [&str; 6] = ["INTEGER", "TEXT", "varchar(10)", "DECIMAL(10, 2)", "", "blob"];

/// A definition of a column.
pub(crate) fn definition(random: &mut Rng, names: &[&str], there: &Objects) -> String {
    let name = pick(random, names);
    let mut text = spelled(random, name);
    let data_type = pick(random, &TYPES);
    if !data_type.is_empty() {
        text = format!("{text} {data_type}");
    }
    for _ in 0..random.u8(..3) {
        text.push(' ');
        text.push_str(&part(random, name, there));
    }
    text
}

fn part(random: &mut Rng, name: &str, there: &Objects) -> String {
    match random.u8(..18) {
        0..4 => "NOT NULL".to_owned(),
        4..7 => format!(
            "DEFAULT {}",
            pick(random, &["1", "'x'", "NULL", "(1 + 2)", "CURRENT_TIMESTAMP", "x", "\"x\""])
        ),
        7 => "UNIQUE".to_owned(),
        8 => "PRIMARY KEY".to_owned(),
        9 => "COLLATE NOCASE".to_owned(),
        10 | 11 => format!("CHECK ({name} <> 1)"),
        12 => format!("CHECK ({} IS NOT NULL)", pick(random, &COLUMNS)),
        13 => format!("AS ({} || 'x'){}", pick(random, &COLUMNS), pick(random, &["", " STORED", " VIRTUAL"])),
        14 => "NULL".to_owned(),
        _ => references(random, there, 1),
    }
}

pub(crate) fn references(random: &mut Rng, there: &Objects, count: usize) -> String {
    let (table, columns) = table_and_columns(random, there);
    let mut text = format!("REFERENCES {table}");
    if random.bool() {
        let named: Vec<String> = (0..count).map(|_| column(random, &columns)).collect();
        text.push_str(&format!(" ({})", named.join(", ")));
    }
    text.push_str(pick(random, &["", " ON DELETE CASCADE", " ON UPDATE SET NULL ON DELETE RESTRICT"]));
    text.push_str(pick(random, &["", "", " DEFERRABLE INITIALLY DEFERRED"]));
    text
}

/// Some of the columns, in some order.
pub(crate) fn some(random: &mut Rng) -> Vec<&'static str> {
    let mut names = COLUMNS.to_vec();
    random.shuffle(&mut names);
    names.truncate(random.usize(1..=4));
    names
}
