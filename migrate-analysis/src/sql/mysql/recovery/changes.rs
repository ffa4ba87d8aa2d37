use migrate_core::{
    ObjectName,
    graph::{Change, Doubt, ObjectKind, Probe, Recovery},
};

use super::statement::{object, whole};

/// What the clauses of one statement change, all of it or nothing.
#[derive(Default)]
pub(super) struct Changes {
    /// What comes and goes.
    moves: Vec<Probe>,
    /// What comes and goes, unless it was there or gone already: `IF EXISTS`.
    guarded: Vec<Probe>,
    /// What is said to look like this in the end, whatever it looked like before.
    settled: Vec<Probe>,
    /// Whether the table looks different afterwards, and more so when the statement is run twice.
    visible: bool,
    /// Whether something must not be done twice that the catalog may not tell.
    unclear: bool,
}

impl Changes {
    /// Something comes or goes.
    pub(super) fn moves(&mut self, probe: Probe, guarded: bool) {
        if guarded { self.guarded.push(probe) } else { self.moves.push(probe) }
    }

    /// Something is said to look like this.
    pub(super) fn settles(&mut self, probe: Probe) {
        self.settled.push(probe);
    }

    /// What has no name of its own comes.
    pub(super) const fn is_visible(&mut self) {
        self.visible = true;
    }

    /// It is not known what a clause does.
    pub(super) const fn is_unclear(&mut self) {
        self.unclear = true;
    }

    /// How the statement is recovered that changes all this of a table.
    pub(super) fn recovery(mut self, table: &ObjectName) -> Recovery {
        let all = object(Change::Changes, ObjectKind::Table, table);
        self.take_replaced(&all);
        if !self.moves.is_empty() {
            // What was there or gone already looks the same before and after, and contradicts nothing.
            self.moves.append(&mut self.guarded);
            return whole(self.moves);
        }
        if self.unclear {
            return Recovery { doubt: Doubt::Ask, ..whole(vec![all]) };
        }
        if self.visible {
            return whole(vec![all]);
        }
        // Whatever is left may be run again.
        if !self.guarded.is_empty() {
            return whole(self.guarded);
        }
        match &*self.settled {
            [] => Recovery::IDEMPOTENT,
            [only] => whole(vec![only.clone()]),
            [..] => whole(vec![all]),
        }
    }

    /// What goes and comes again under its name is there before and after, and tells nothing by that. A column has lost
    /// its values, and a table is another one.
    fn take_replaced(&mut self, all: &Probe) {
        let known = || self.moves.iter().chain(&self.guarded);
        let came: Vec<&Probe> = known().filter(|probe| probe.change == Change::Appears).collect();
        let replaced: Vec<Probe> = known()
            .filter(|gone| gone.change == Change::Goes && came.iter().any(|came| is_same(gone, came)))
            .cloned()
            .collect();
        let is_left = |probe: &Probe| !replaced.iter().any(|replaced| is_same(replaced, probe));
        self.moves.retain(is_left);
        self.guarded.retain(is_left);
        for probe in replaced {
            match probe.kind {
                ObjectKind::Table | ObjectKind::Column => self.unclear = true,
                _ => self.settled.push(all.clone()),
            }
        }
    }
}

/// Whether two probes are of one object. Case is no difference, since it depends on the server where it is one.
fn is_same(one: &Probe, other: &Probe) -> bool {
    let is_equal = |one: &Option<String>, other: &Option<String>| match (one, other) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        (None, None) => true,
        _ => false,
    };
    one.kind == other.kind
        && one.name.eq_ignore_ascii_case(&other.name)
        && is_equal(&one.table, &other.table)
        && is_equal(&one.schema, &other.schema)
}
