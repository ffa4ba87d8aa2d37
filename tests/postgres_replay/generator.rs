use fastrand::Rng;
use migrate_core::Schema;

use crate::{
    column,
    object::{INDEXES, SEQUENCES, TABLES, TRIGGERS, TYPES, There, VIEWS},
    pick::{cascade, if_exists, known, pick, spelled},
    routine, table, user_type, view,
};

/// Makes statements that are likely to have something to do with each other.
pub(crate) struct Generator {
    random: Rng,
}

impl Generator {
    pub(crate) fn new(seed: u64) -> Self {
        Self { random: Rng::with_seed(seed) }
    }

    /// The next statement, where this is there.
    pub(crate) fn statement(&mut self, there: &Schema) -> String {
        let there = There(there);
        let random = &mut self.random;
        if there.tables().len() < 2 && random.u8(..4) > 0 {
            return table::create(random, &there);
        }
        match random.u8(..60) {
            0..7 => table::create(random, &there),
            7 | 8 => {
                let (table, _) = there.table(random);
                format!("DROP TABLE {}{table}{}", if_exists(random), cascade(random))
            }
            9 => {
                let (table, _) = there.table(random);
                let name = pick(random, &TABLES);
                format!("ALTER TABLE {table} RENAME TO {}", spelled(random, name))
            }
            10..13 => table::rename_column(random, &there),
            13..17 => table::add_column(random, &there),
            17..20 => table::drop_column(random, &there),
            20..27 => column::alter(random, &there),
            27..31 => table::add_constraint(random, &there),
            31..33 => table::drop_constraint(random, &there),
            33 => table::rename_constraint(random, &there),
            34..38 => table::create_index(random, &there),
            38 => format!(
                "DROP INDEX {}{}{}",
                if_exists(random),
                known(random, &there.indexes(), &INDEXES),
                cascade(random)
            ),
            39 => {
                let name = pick(random, &INDEXES);
                format!(
                    "ALTER INDEX {} RENAME TO {}",
                    known(random, &there.indexes(), &INDEXES),
                    spelled(random, name)
                )
            }
            40..44 => view::create(random, &there),
            44 => view::drop(random, &there),
            45 => view::rename(random, &there),
            46..49 => user_type::create(random),
            49 => user_type::alter(random, &there),
            50 => format!(
                "DROP TYPE {}{}{}",
                if_exists(random),
                known(random, &there.types(), &TYPES),
                cascade(random)
            ),
            51 => user_type::create_sequence(random, &there),
            52 => user_type::alter_sequence(random, &there),
            53 => format!(
                "DROP SEQUENCE {}{}{}",
                if_exists(random),
                known(random, &there.sequences(), &SEQUENCES),
                cascade(random)
            ),
            54 | 55 => routine::create(random, &there),
            56 => routine::drop(random),
            57 => routine::create_trigger(random, &there),
            58 => {
                let triggers = |table: &migrate_core::schema::Table| {
                    table.triggers.keys().map(ToString::to_string).collect()
                };
                let (table, trigger) = there.part(random, &TRIGGERS, triggers);
                format!("DROP TRIGGER {}{trigger} ON {table}{}", if_exists(random), cascade(random))
            }
            _ => view::rows(random, &there, &VIEWS),
        }
    }
}
