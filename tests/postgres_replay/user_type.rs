use fastrand::Rng;

use crate::{
    object::{SEQUENCES, TYPES, There, column},
    pick::{if_not_exists, known, pick},
};

pub(crate) fn create(random: &mut Rng) -> String {
    match random.u8(..4) {
        0 => "CREATE DOMAIN d1 AS integer CHECK (VALUE > 0)".to_owned(),
        1 => "CREATE TYPE p1 AS (x integer, y text)".to_owned(),
        _ => format!("CREATE TYPE {} AS ENUM ('a', 'b')", pick(random, &["e1", "e2"])),
    }
}

pub(crate) fn alter(random: &mut Rng, there: &There<'_>) -> String {
    let name = known(random, &there.types(), &TYPES);
    match random.u8(..7) {
        0 => format!("ALTER TYPE {name} ADD VALUE 'c' BEFORE 'b'"),
        1 => format!("ALTER TYPE {name} RENAME VALUE 'a' TO 'd'"),
        2 => format!("ALTER TYPE {name} RENAME TO {}", pick(random, &TYPES)),
        3 => format!("ALTER TYPE {name} ADD ATTRIBUTE z date"),
        4 => format!("ALTER DOMAIN {name} SET NOT NULL"),
        5 => format!("ALTER DOMAIN {name} ADD CONSTRAINT k1 CHECK (VALUE < 9)"),
        _ => format!("ALTER DOMAIN {name} DROP CONSTRAINT {}_check", name.trim_matches('"')),
    }
}

pub(crate) fn create_sequence(random: &mut Rng, there: &There<'_>) -> String {
    let (guard, name) = (if_not_exists(random), pick(random, &SEQUENCES));
    let (table, columns) = there.table(random);
    match random.u8(..3) {
        0 => format!("CREATE SEQUENCE {guard}{name} OWNED BY {table}.{}", column(random, &columns)),
        1 => format!("CREATE SEQUENCE {guard}{name} AS integer INCREMENT -2 START -4"),
        _ => format!("CREATE SEQUENCE {guard}{name}"),
    }
}

pub(crate) fn alter_sequence(random: &mut Rng, there: &There<'_>) -> String {
    let name = known(random, &there.sequences(), &SEQUENCES);
    let (table, columns) = there.table(random);
    match random.u8(..5) {
        0 => format!("ALTER SEQUENCE {name} OWNED BY {table}.{}", column(random, &columns)),
        1 => format!("ALTER SEQUENCE {name} OWNED BY NONE"),
        2 => format!("ALTER SEQUENCE {name} RENAME TO {}", pick(random, &SEQUENCES)),
        3 => format!("ALTER SEQUENCE {name} INCREMENT 3 CYCLE"),
        _ => format!("ALTER SEQUENCE {name} AS integer"),
    }
}
