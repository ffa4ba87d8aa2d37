use fastrand::Rng;

use crate::{
    object::{COLUMNS, There, VIEWS, column},
    pick::{cascade, if_exists, known, pick, spelled},
};

/// A query over what is there.
pub(crate) fn select(random: &mut Rng, there: &There<'_>) -> String {
    let (table, columns) = there.table(random);
    let (one, two) = (column(random, &columns), column(random, &columns));
    let (other, others) = there.table(random);
    let third = column(random, &others);
    match random.u8(..9) {
        0 => format!("SELECT * FROM {table}"),
        1 => format!("SELECT {one}, {two} AS z1 FROM {table} WHERE {one} IS NOT NULL ORDER BY z1"),
        2 => format!("SELECT x.{one}, y.{third} AS z1 FROM {table} AS x CROSS JOIN {other} y"),
        3 => format!("SELECT {one}, count(*) AS n FROM {table} GROUP BY {one} HAVING count(*) > 1"),
        4 => format!("WITH q AS (SELECT {one} FROM {table}) SELECT * FROM q"),
        5 => format!("SELECT {one} FROM {table} WHERE EXISTS (SELECT 1 FROM {other} WHERE {third} IS NULL)"),
        6 => format!("SELECT {one}::text FROM {table} UNION ALL SELECT {third}::text FROM {other}"),
        7 => format!("SELECT max({one}::text) AS m FROM {table} AS u"),
        _ => format!("SELECT s.{one} FROM (SELECT {one} FROM {table}) AS s"),
    }
}

pub(crate) fn create(random: &mut Rng, there: &There<'_>) -> String {
    let kind = pick(random, &["VIEW", "VIEW", "OR REPLACE VIEW", "OR REPLACE VIEW", "MATERIALIZED VIEW"]);
    let name = pick(random, &VIEWS);
    let name = spelled(random, name);
    let columns = if random.u8(..6) == 0 { " (x1)" } else { "" };
    format!("CREATE {kind} {name}{columns} AS {}", select(random, there))
}

pub(crate) fn drop(random: &mut Rng, there: &There<'_>) -> String {
    let kind = pick(random, &["VIEW", "VIEW", "MATERIALIZED VIEW"]);
    format!("DROP {kind} {}{}{}", if_exists(random), known(random, &there.views(), &VIEWS), cascade(random))
}

pub(crate) fn rename(random: &mut Rng, there: &There<'_>) -> String {
    let view = known(random, &there.views(), &VIEWS);
    match random.u8(..3) {
        0 => format!("ALTER VIEW {view} RENAME COLUMN {} TO x2", pick(random, &COLUMNS)),
        1 => format!("ALTER MATERIALIZED VIEW {view} RENAME TO {}", pick(random, &VIEWS)),
        _ => format!("ALTER VIEW {view} RENAME TO {}", pick(random, &VIEWS)),
    }
}

/// A statement about rows.
pub(crate) fn rows(random: &mut Rng, there: &There<'_>, views: &[&str]) -> String {
    let (table, columns) = there.table(random);
    let (one, two) = (column(random, &columns), column(random, &columns));
    match random.u8(..6) {
        0 => format!("INSERT INTO {table} ({one}, {two}) SELECT NULL, NULL WHERE false"),
        1 => format!("UPDATE {table} SET {one} = NULL WHERE {two} IS NULL"),
        2 => format!("DELETE FROM {table} WHERE {one} IS NULL"),
        3 => format!("SELECT * FROM {}", known(random, &there.views(), views)),
        4 => format!("INSERT INTO {table} ({one}) SELECT NULL WHERE false ON CONFLICT ({two}) DO NOTHING"),
        _ => select(random, there),
    }
}
