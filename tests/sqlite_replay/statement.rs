use fastrand::Rng;

use crate::{
    columns,
    database::Objects,
    generator::{TABLES, VIEWS, column, new, table_and_columns},
    name::pick,
};

pub(crate) fn create_table(random: &mut Rng, there: &Objects) -> String {
    let temporary = if random.u8(..25) == 0 { "TEMP " } else { "" };
    let guard = if random.u8(..6) == 0 { "IF NOT EXISTS " } else { "" };
    let name = match random.u8(..12) {
        0 => new(random, &VIEWS),
        _ => new(random, &TABLES),
    };
    if random.u8(..12) == 0 {
        return format!("CREATE {temporary}TABLE {guard}{name} AS {}", select(random, there));
    }
    let names = columns::some(random);
    let mut parts: Vec<String> =
        names.iter().map(|name| columns::definition(random, &[name], there)).collect();
    for _ in 0..random.u8(..3) {
        let named =
            if random.u8(..3) == 0 { format!("CONSTRAINT n{} ", random.u8(..3)) } else { String::new() };
        let own: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let (one, two) = (column(random, &own), column(random, &own));
        parts.push(format!(
            "{named}{}",
            match random.u8(..8) {
                0 => format!("PRIMARY KEY ({one})"),
                1 if one != two => format!("PRIMARY KEY ({one}, {two})"),
                2 => format!("UNIQUE ({one}, {two} DESC)"),
                3 => format!("UNIQUE ({one} COLLATE NOCASE)"),
                4 => format!("CHECK ({one} <> {two} OR typeof({one}) IN ('text', 'blob'))"),
                5 => format!("FOREIGN KEY ({one}, {two}) {}", columns::references(random, there, 2)),
                _ => format!("FOREIGN KEY ({one}) {}", columns::references(random, there, 1)),
            }
        ));
    }
    let options = pick(random, &["", "", "", "", "", " WITHOUT ROWID", " STRICT"]);
    format!("CREATE {temporary}TABLE {guard}{name} ({}){options}", parts.join(", "))
}

pub(crate) fn create_index(random: &mut Rng, there: &Objects, names: &[&str]) -> String {
    let (table, columns) = table_and_columns(random, there);
    let unique = if random.u8(..4) == 0 { "UNIQUE " } else { "" };
    let guard = if random.u8(..4) == 0 { "IF NOT EXISTS " } else { "" };
    let keys: Vec<String> = (0..random.u8(1..=2))
        .map(|_| {
            let column = column(random, &columns);
            match random.u8(..6) {
                0 => format!("lower({column})"),
                1 => format!("{column} COLLATE NOCASE DESC"),
                2 => format!("{column} DESC"),
                _ => column,
            }
        })
        .collect();
    let column = column(random, &columns);
    let predicate = match random.u8(..5) {
        0 => format!(" WHERE {column} IS NOT NULL"),
        1 => format!(" WHERE {column} = 'x' AND {column} > 0"),
        _ => String::new(),
    };
    let name = if random.u8(..12) == 0 { new(random, &TABLES) } else { new(random, names) };
    format!("CREATE {unique}INDEX {guard}{name} ON {table} ({}){predicate}", keys.join(", "))
}

pub(crate) fn create_view(random: &mut Rng, there: &Objects) -> String {
    let guard = if random.u8(..6) == 0 { "IF NOT EXISTS " } else { "" };
    let name = if random.u8(..12) == 0 { new(random, &TABLES) } else { new(random, &VIEWS) };
    format!("CREATE VIEW {guard}{name} AS {}", select(random, there))
}

/// A query over what is there.
fn select(random: &mut Rng, there: &Objects) -> String {
    let (table, columns) = table_and_columns(random, there);
    let (one, two) = (column(random, &columns), column(random, &columns));
    let (other, others) = table_and_columns(random, there);
    let third = column(random, &others);
    match random.u8(..8) {
        0 => format!("SELECT * FROM {table}"),
        1 => format!("SELECT {one}, {two} AS z1 FROM {table} WHERE {one} > 1 ORDER BY z1"),
        2 => format!("SELECT x.{one}, y.{third} FROM {table} AS x JOIN {other} y ON x.{two} = y.{third}"),
        3 => format!("SELECT {one}, count(*) AS n FROM {table} GROUP BY {one} HAVING count(*) > 1"),
        4 => format!("WITH q AS (SELECT {one} FROM {table}) SELECT * FROM q"),
        5 => format!("SELECT {one} FROM {table} WHERE EXISTS (SELECT 1 FROM {other} WHERE {third} = {two})"),
        6 => format!("SELECT {one} FROM {table} UNION ALL SELECT {third} FROM {other} ORDER BY 1"),
        _ => format!("SELECT s.{one} FROM (SELECT {one} FROM {table}) AS s"),
    }
}

pub(crate) fn create_trigger(random: &mut Rng, there: &Objects, names: &[&str]) -> String {
    let (table, columns) = table_and_columns(random, there);
    let (other, others) = table_and_columns(random, there);
    let (one, third) = (column(random, &columns), column(random, &others));
    let timing = pick(random, &["", "AFTER ", "AFTER ", "BEFORE ", "INSTEAD OF "]);
    let (event, row) = match random.u8(..4) {
        0 => ("INSERT".to_owned(), "NEW"),
        1 => ("DELETE".to_owned(), "OLD"),
        2 => (format!("UPDATE OF {one}"), "NEW"),
        _ => ("UPDATE".to_owned(), "OLD"),
    };
    let when = if random.u8(..3) == 0 { format!(" WHEN {row}.{one} > 1") } else { String::new() };
    let command = match random.u8(..5) {
        0 => format!("INSERT INTO {other} ({third}) VALUES ({row}.{one})"),
        1 => format!("UPDATE {other} SET {third} = {row}.{one} WHERE {third} IS NULL"),
        2 => format!("DELETE FROM {other} WHERE {third} = {row}.{one}"),
        3 => format!("SELECT {third} FROM {other}"),
        _ => "SELECT 1".to_owned(),
    };
    let guard = if random.u8(..6) == 0 { "IF NOT EXISTS " } else { "" };
    let name = new(random, names);
    format!("CREATE TRIGGER {guard}{name} {timing}{event} ON {table}{when} BEGIN {command}; END")
}

/// A statement about rows.
pub(crate) fn rows(random: &mut Rng, there: &Objects) -> String {
    let (table, columns) = table_and_columns(random, there);
    let (one, two) = (column(random, &columns), column(random, &columns));
    match random.u8(..10) {
        0 => format!("INSERT INTO {table} ({one}) VALUES (1)"),
        1 => format!("INSERT INTO {table} VALUES (1, 2)"),
        2 => format!("INSERT INTO {table} ({one}, rowid) VALUES (1, 2) ON CONFLICT DO NOTHING"),
        3 => format!(
            "INSERT INTO {table} ({one}) VALUES (1) ON CONFLICT ({two}) DO UPDATE SET {one} = excluded.{two}"
        ),
        4 => format!("UPDATE {table} SET {one} = {two} WHERE {one} IS NULL RETURNING {two}"),
        5 => format!("DELETE FROM {table} WHERE {one} = 'x' AND rowid > 5"),
        6 => format!("INSERT INTO {table} ({one}) {}", select(random, there)),
        7 => {
            format!("UPDATE {table} AS u SET {one} = (SELECT max({two}) FROM {table} WHERE {one} = u.{two})")
        }
        _ => select(random, there),
    }
}
