use fastrand::Rng;

use crate::{
    columns,
    database::Objects,
    name::{pick, spelled},
    statement::{create_index, create_table, create_trigger, create_view, rows},
};

pub(crate) const TABLES: [&str; 4] = ["t1", "t2", "t3", "t4"];
pub(crate) const COLUMNS: [&str; 5] = ["c1", "c2", "c3", "c4", "c5"];
pub(crate) const VIEWS: [&str; 3] = ["v1", "v2", "v3"];
const INDEXES: [&str; 3] = ["i1", "i2", "i3"];
const TRIGGERS: [&str; 3] = ["g1", "g2", "g3"];

/// Makes statements that are likely to have something to do with each other.
pub(crate) struct Generator {
    random: Rng,
}

impl Generator {
    pub(crate) fn new(seed: u64) -> Self {
        Self { random: Rng::with_seed(seed) }
    }

    /// The next statement, or the next few, where these objects are there.
    pub(crate) fn statements(&mut self, there: &Objects) -> Vec<String> {
        let random = &mut self.random;
        if there.tables.len() < 2 && random.u8(..4) > 0 {
            return vec![create_table(random, there)];
        }
        let statement = match random.u8(..40) {
            0..6 => create_table(random, there),
            6..8 => format!("DROP TABLE {}{}", if_exists(random), table(random, there)),
            8..11 => format!("ALTER TABLE {} RENAME TO {}", table(random, there), new(random, &TABLES)),
            11..14 => {
                let (table, columns) = table_and_columns(random, there);
                let column = column(random, &columns);
                format!("ALTER TABLE {table} RENAME COLUMN {column} TO {}", new(random, &COLUMNS))
            }
            14..17 => {
                let table = table(random, there);
                format!("ALTER TABLE {table} ADD COLUMN {}", columns::definition(random, &COLUMNS, there))
            }
            17..20 => {
                let (table, columns) = table_and_columns(random, there);
                format!("ALTER TABLE {table} DROP COLUMN {}", column(random, &columns))
            }
            20..23 => create_index(random, there, &INDEXES),
            23 => format!("DROP INDEX {}{}", if_exists(random), of(random, &there.indexes, &INDEXES)),
            24..27 => create_view(random, there),
            27 => format!("DROP VIEW {}{}", if_exists(random), of(random, &there.views, &VIEWS)),
            28..31 => create_trigger(random, there, &TRIGGERS),
            31 => format!("DROP TRIGGER {}{}", if_exists(random), of(random, &there.triggers, &TRIGGERS)),
            32..37 => rows(random, there),
            37 => match random.u8(..3) {
                0 => "PRAGMA legacy_alter_table = ON".to_owned(),
                _ => "PRAGMA legacy_alter_table = OFF".to_owned(),
            },
            _ => return rebuild(random, there),
        };
        vec![statement]
    }
}

/// The way to change a table for which there is no statement.
fn rebuild(random: &mut Rng, there: &Objects) -> Vec<String> {
    let Some((table, columns)) = random.choice(&there.tables) else { return Vec::new() };
    let kept = &columns[..columns.len().div_ceil(2)];
    let list = kept.join(", ");
    let declared: Vec<String> = kept.iter().map(|column| format!("{column} TEXT")).collect();
    let (new, old) = ("t9", "t8");
    let create = |name: &str| format!("CREATE TABLE {name} ({})", declared.join(", "));
    if random.bool() {
        vec![
            create(new),
            format!("INSERT INTO {new} ({list}) SELECT {list} FROM {table}"),
            format!("DROP TABLE {table}"),
            format!("ALTER TABLE {new} RENAME TO {table}"),
        ]
    } else {
        vec![
            format!("ALTER TABLE {table} RENAME TO {old}"),
            create(table),
            format!("INSERT INTO {table} ({list}) SELECT {list} FROM {old}"),
            format!("DROP TABLE {old}"),
        ]
    }
}

fn if_exists(random: &mut Rng) -> &'static str {
    if random.u8(..4) == 0 { "IF EXISTS " } else { "" }
}

/// The name of something new; it may be taken.
pub(crate) fn new(random: &mut Rng, names: &[&str]) -> String {
    let name = pick(random, names);
    spelled(random, name)
}

/// The name of something that is there, or else some name.
pub(crate) fn of(random: &mut Rng, there: &[String], names: &[&str]) -> String {
    match random.choice(there) {
        Some(name) if random.u8(..8) > 0 => spelled(random, name),
        _ => new(random, names),
    }
}

/// A table, or a view in its place.
pub(crate) fn table(random: &mut Rng, there: &Objects) -> String {
    table_and_columns(random, there).0
}

pub(crate) fn table_and_columns(random: &mut Rng, there: &Objects) -> (String, Vec<String>) {
    match random.choice(&there.tables) {
        Some((name, columns)) if random.u8(..12) > 0 => (spelled(random, name), columns.clone()),
        _ if random.bool() => (of(random, &there.views, &VIEWS), Vec::new()),
        _ => (new(random, &TABLES), Vec::new()),
    }
}

/// A column that is there, or else some name.
pub(crate) fn column(random: &mut Rng, there: &[String]) -> String {
    match random.choice(there) {
        Some(name) if random.u8(..12) > 0 => spelled(random, name),
        _ => {
            let name = pick(random, &COLUMNS);
            // In double quotes it would be a string.
            if random.bool() { name.to_owned() } else { format!("[{name}]") }
        }
    }
}
