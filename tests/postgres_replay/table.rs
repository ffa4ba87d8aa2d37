use fastrand::Rng;
use migrate_core::schema::Table;

use crate::{
    column::{definition, references},
    object::{COLUMNS, CONSTRAINTS, INDEXES, TABLES, There, VIEWS, column},
    pick::{cascade, if_exists, if_not_exists, pick, rarely, spelled},
    view::select,
};

/// `CREATE TABLE ..`
pub(crate) fn create(random: &mut Rng, there: &There<'_>) -> String {
    let guard = if_not_exists(random);
    let name = if random.u8(..14) == 0 { pick(random, &VIEWS) } else { pick(random, &TABLES) };
    let name = spelled(random, name);
    match random.u8(..20) {
        0 => return format!("CREATE TABLE {guard}{name} AS {}", select(random, there)),
        1 => {
            let (other, _) = there.table(random);
            let what = pick(random, &["", " INCLUDING ALL", " INCLUDING DEFAULTS INCLUDING INDEXES"]);
            return format!("CREATE TABLE {guard}{name} (LIKE {other}{what})");
        }
        2 => {
            let (other, _) = there.table(random);
            return format!("CREATE TABLE {guard}{name} (c5 integer) INHERITS ({other})");
        }
        _ => {}
    }
    let mut names = COLUMNS.to_vec();
    random.shuffle(&mut names);
    names.truncate(random.usize(1..=4));
    let mut parts: Vec<String> = names.iter().map(|name| definition(random, name, there)).collect();
    let own: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    for _ in 0..random.u8(..3) {
        parts.push(constraint(random, there, &own));
    }
    format!("CREATE TABLE {guard}{name} ({})", parts.join(", "))
}

fn constraint(random: &mut Rng, there: &There<'_>, columns: &[String]) -> String {
    let name = match random.u8(..3) {
        0 => format!("CONSTRAINT {} ", pick(random, &CONSTRAINTS)),
        _ => String::new(),
    };
    let (one, two) = (column(random, columns), column(random, columns));
    let demand = match random.u8(..9) {
        0 => format!("PRIMARY KEY ({one})"),
        1 => format!("PRIMARY KEY ({one}, {two})"),
        2 => format!("UNIQUE ({one}, {two})"),
        3 => format!("UNIQUE ({one}) DEFERRABLE"),
        4 => format!("CHECK ({one} IS NOT NULL OR {two} IS NULL)"),
        5 => format!("EXCLUDE ({one} WITH =)"),
        6 => format!("FOREIGN KEY ({one}, {two}) {}", references(random, there, 2)),
        _ => format!("FOREIGN KEY ({one}) {}", references(random, there, 1)),
    };
    format!("{name}{demand}")
}

pub(crate) fn add_constraint(random: &mut Rng, there: &There<'_>) -> String {
    let (table, columns) = there.table(random);
    let indexes = there.indexes();
    if random.u8(..10) == 0
        && let Some(index) = random.choice(&indexes)
    {
        return format!("ALTER TABLE {table} ADD CONSTRAINT k1 UNIQUE USING INDEX {index}");
    }
    format!("ALTER TABLE {table} ADD {}", constraint(random, there, &columns))
}

fn constraints(table: &Table) -> Vec<String> {
    table
        .constraints
        .iter()
        .filter_map(|constraint| constraint.name.as_ref().map(ToString::to_string))
        .collect()
}

pub(crate) fn drop_constraint(random: &mut Rng, there: &There<'_>) -> String {
    let (table, name) = there.part(random, &CONSTRAINTS, constraints);
    format!("ALTER TABLE {table} DROP CONSTRAINT {}{name}{}", if_exists(random), cascade(random))
}

pub(crate) fn rename_constraint(random: &mut Rng, there: &There<'_>) -> String {
    let (table, name) = there.part(random, &CONSTRAINTS, constraints);
    format!("ALTER TABLE {table} RENAME CONSTRAINT {name} TO {}", pick(random, &CONSTRAINTS))
}

pub(crate) fn add_column(random: &mut Rng, there: &There<'_>) -> String {
    let (table, _) = there.table(random);
    let guard = if_not_exists(random);
    let name = pick(random, &COLUMNS);
    format!("ALTER TABLE {table} ADD COLUMN {guard}{}", definition(random, name, there))
}

pub(crate) fn drop_column(random: &mut Rng, there: &There<'_>) -> String {
    let (table, columns) = there.table(random);
    let column = column(random, &columns);
    format!("ALTER TABLE {table} DROP COLUMN {}{column}{}", if_exists(random), cascade(random))
}

pub(crate) fn rename_column(random: &mut Rng, there: &There<'_>) -> String {
    let (table, columns) = there.table(random);
    let (column, new) = (column(random, &columns), pick(random, &COLUMNS));
    format!("ALTER TABLE {table} RENAME COLUMN {column} TO {}", spelled(random, new))
}

pub(crate) fn create_index(random: &mut Rng, there: &There<'_>) -> String {
    let (table, columns) = there.table(random);
    let unique = rarely(random, &["UNIQUE "]);
    let guard = if_not_exists(random);
    let mut name = String::new();
    if !guard.is_empty() || random.bool() {
        let chosen = pick(random, &INDEXES);
        name = format!(" {guard}{}", spelled(random, chosen));
    }
    let keys: Vec<String> = (0..random.u8(1..=2))
        .map(|_| {
            let column = column(random, &columns);
            match random.u8(..8) {
                0 => format!("coalesce({column}, NULL)"),
                1 => format!("({column} IS NULL)"),
                2 => format!("{column} DESC NULLS LAST"),
                _ => column,
            }
        })
        .collect();
    let column = column(random, &columns);
    let rest = match random.u8(..8) {
        0 => format!(" WHERE {column} IS NOT NULL"),
        1 => format!(" INCLUDE ({column})"),
        _ => String::new(),
    };
    format!("CREATE {unique}INDEX{name} ON {table} ({}){rest}", keys.join(", "))
}
