use fastrand::Rng;
use migrate_core::{QualifiedName, Schema};

use crate::pick::{known, spelled};

/// All names that there are.
pub(crate) const TABLES: [&str; 4] = ["t1", "t2", "t3", "t4"];
pub(crate) const COLUMNS: [&str; 5] = ["c1", "c2", "c3", "c4", "c5"];
pub(crate) const VIEWS: [&str; 3] = ["v1", "v2", "v3"];
pub(crate) const INDEXES: [&str; 3] = ["i1", "i2", "t1_c1_idx"];
pub(crate) const CONSTRAINTS: [&str; 4] = ["k1", "k2", "t1_pkey", "t1_c1_key"];
pub(crate) const SEQUENCES: [&str; 3] = ["s1", "s2", "t1_c1_seq"];
pub(crate) const TYPES: [&str; 4] = ["e1", "e2", "d1", "p1"];
pub(crate) const FUNCTIONS: [&str; 3] = ["f1", "f2", "f3"];
pub(crate) const TRIGGERS: [&str; 2] = ["g1", "g2"];

/// What is there, by name.
pub(crate) struct There<'s>(pub(crate) &'s Schema);

impl There<'_> {
    pub(crate) fn tables(&self) -> Vec<String> {
        self.0.tables.keys().map(written).collect()
    }

    pub(crate) fn views(&self) -> Vec<String> {
        self.0.views.keys().map(written).collect()
    }

    pub(crate) fn types(&self) -> Vec<String> {
        self.0.types.keys().map(written).collect()
    }

    pub(crate) fn sequences(&self) -> Vec<String> {
        self.0.sequences.keys().map(written).collect()
    }

    pub(crate) fn indexes(&self) -> Vec<String> {
        let tables = self.0.tables.values().flat_map(|table| table.indexes.keys());
        let views = self.0.views.values().flat_map(|view| view.indexes.keys());
        tables.chain(views).map(ToString::to_string).collect()
    }

    /// A table and its columns; sometimes a view in its place, or none that is there.
    pub(crate) fn table(&self, random: &mut Rng) -> (String, Vec<String>) {
        let tables: Vec<_> = self.0.tables.iter().collect();
        match random.choice(&tables) {
            Some((name, table)) if random.u8(..14) > 0 => {
                let columns = table.columns.iter().map(|column| column.name.to_string()).collect();
                (spelled(random, &written(name)), columns)
            }
            _ if random.bool() => (known(random, &self.views(), &VIEWS), Vec::new()),
            _ => (known(random, &[], &TABLES), Vec::new()),
        }
    }

    /// A table with a constraint, a trigger or a policy of it.
    pub(crate) fn part(
        &self,
        random: &mut Rng,
        names: &[&str],
        parts: impl Fn(&migrate_core::schema::Table) -> Vec<String>,
    ) -> (String, String) {
        let tables: Vec<_> = self.0.tables.iter().filter(|(_, table)| !parts(table).is_empty()).collect();
        match random.choice(&tables) {
            Some((name, table)) => (written(name), known(random, &parts(table), names)),
            None => (self.table(random).0, known(random, &[], names)),
        }
    }
}

/// A column that is there, or else some name.
pub(crate) fn column(random: &mut Rng, there: &[String]) -> String {
    known(random, there, &COLUMNS)
}

fn written(name: &QualifiedName) -> String {
    name.to_string()
}
