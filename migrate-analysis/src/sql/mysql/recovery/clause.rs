use migrate_core::{
    Name, ObjectName,
    graph::{Change, ObjectKind},
};

use super::{
    super::super::phrase::Phrase,
    changes::Changes,
    statement::{object, part, takes_if_exists, takes_if_not_exists},
};

/// The clauses of an `ALTER TABLE`.
pub(super) struct Clauses<'t> {
    table: &'t ObjectName,
    /// What they change.
    pub(super) changes: Changes,
    /// What the table is called afterwards, where that is another name.
    pub(super) new_name: Option<ObjectName>,
}

/// The name that the index of a primary key always has.
const PRIMARY: &str = "PRIMARY";

impl<'t> Clauses<'t> {
    pub(super) fn of(table: &'t ObjectName) -> Self {
        Self { table, changes: Changes::default(), new_name: None }
    }

    /// Reads all clauses that are left.
    pub(super) fn read(&mut self, phrase: &mut Phrase<'_>) {
        loop {
            self.clause(phrase);
            if !phrase.take_item() {
                return;
            }
        }
    }

    fn clause(&mut self, phrase: &mut Phrase<'_>) {
        if phrase.take("WAIT") {
            phrase.step();
        }
        phrase.take("NOWAIT");
        if phrase.take("ADD") {
            self.add(phrase);
        } else if phrase.take("DROP") {
            self.drop(phrase);
        } else if phrase.take_any(&["ALTER", "MODIFY"]) {
            self.alter(phrase);
        } else if phrase.take("CHANGE") {
            phrase.take("COLUMN");
            takes_if_exists(phrase);
            let names = (phrase.take_name(), phrase.take_name());
            self.rename_part(ObjectKind::Column, names);
        } else if phrase.take("RENAME") {
            self.rename(phrase);
        } else {
            self.other(phrase);
        }
    }

    fn add(&mut self, phrase: &mut Phrase<'_>) {
        if phrase.is_any(WHOLES) {
            return self.whole(phrase);
        }
        if !phrase.take("COLUMN") && !phrase.is_mark("(") {
            return self.add_element(phrase);
        }
        let guarded = takes_if_not_exists(phrase);
        if !phrase.take_mark("(") {
            return self.add_column(phrase, guarded);
        }
        loop {
            self.add_element(phrase);
            if !phrase.take_item() {
                return;
            }
        }
    }

    /// What may stand in the list of `CREATE TABLE` as well.
    fn add_element(&mut self, phrase: &mut Phrase<'_>) {
        let is_constraint = phrase.take("CONSTRAINT");
        let mut guarded = is_constraint && takes_if_not_exists(phrase);
        let is_named = is_constraint && !phrase.is_any(&["CHECK", "FOREIGN", "PRIMARY", "UNIQUE"]);
        let symbol = if is_named { phrase.take_name() } else { None };
        if phrase.take("PRIMARY") {
            let primary = Name::caseless(PRIMARY);
            self.moves(Change::Appears, ObjectKind::Index, Some(primary), guarded);
        } else if phrase.take("FOREIGN") {
            phrase.take("KEY");
            guarded |= takes_if_not_exists(phrase);
            self.moves(Change::Appears, ObjectKind::Constraint, symbol, guarded);
        } else if phrase.take("CHECK") {
            self.moves(Change::Appears, ObjectKind::Constraint, symbol, guarded);
        } else if phrase.take_any(&["FULLTEXT", "INDEX", "KEY", "SPATIAL", "UNIQUE"]) {
            phrase.take_any(&["INDEX", "KEY"]);
            guarded |= takes_if_not_exists(phrase);
            let is_unnamed = phrase.is_mark("(") || phrase.is_any(&["TYPE", "USING"]);
            let name = if is_unnamed { symbol } else { phrase.take_name() };
            self.moves(Change::Appears, ObjectKind::Index, name, guarded);
        } else if is_constraint {
            self.changes.is_unclear();
        } else {
            guarded |= takes_if_not_exists(phrase);
            self.add_column(phrase, guarded);
        }
    }

    fn add_column(&mut self, phrase: &mut Phrase<'_>, guarded: bool) {
        match phrase.take_name() {
            // MariaDB's `VECTOR INDEX`, a word that older servers take for a column.
            Some(name) if name.identity() == "vector" && phrase.is_any(&["INDEX", "KEY"]) => {
                self.changes.is_visible();
            }
            // `PERIOD FOR`, which is no column.
            Some(_) if phrase.is("FOR") => self.changes.is_unclear(),
            Some(name) => self.moves(Change::Appears, ObjectKind::Column, Some(name), guarded),
            None => self.changes.is_unclear(),
        }
    }

    fn drop(&mut self, phrase: &mut Phrase<'_>) {
        if phrase.is_any(WHOLES) {
            return self.whole(phrase);
        }
        if phrase.take("PRIMARY") {
            let primary = Name::caseless(PRIMARY);
            return self.moves(Change::Goes, ObjectKind::Index, Some(primary), false);
        }
        let kind = if phrase.take_any(&["INDEX", "KEY"]) {
            ObjectKind::Index
        } else if phrase.take_any(&["CHECK", "CONSTRAINT", "FOREIGN"]) {
            phrase.take("KEY");
            ObjectKind::Constraint
        } else {
            phrase.take("COLUMN");
            ObjectKind::Column
        };
        let guarded = takes_if_exists(phrase);
        match phrase.take_name() {
            Some(_) if phrase.is("FOR") => self.changes.is_unclear(),
            Some(name) => self.moves(Change::Goes, kind, Some(name), guarded),
            None => self.changes.is_unclear(),
        }
    }

    /// `ALTER` and `MODIFY` say what something looks like in the end.
    fn alter(&mut self, phrase: &mut Phrase<'_>) {
        let kind = if phrase.take_any(&["INDEX", "KEY"]) {
            ObjectKind::Index
        } else if phrase.take_any(&["CHECK", "CONSTRAINT"]) {
            ObjectKind::Constraint
        } else {
            phrase.take("COLUMN");
            ObjectKind::Column
        };
        takes_if_exists(phrase);
        match phrase.take_name() {
            Some(name) => self.changes.settles(part(Change::Changes, kind, self.table, &name)),
            None => self.changes.is_unclear(),
        }
    }

    fn rename(&mut self, phrase: &mut Phrase<'_>) {
        let kind = if phrase.take("COLUMN") {
            ObjectKind::Column
        } else if phrase.take_any(&["INDEX", "KEY"]) {
            ObjectKind::Index
        } else {
            if !phrase.take_any(&["AS", "TO"]) {
                phrase.take_mark("=");
            }
            match phrase.take_object_name() {
                Some(name) => self.new_name = Some(name),
                None => self.changes.is_unclear(),
            }
            return;
        };
        takes_if_exists(phrase);
        let old = phrase.take_name();
        phrase.take("TO");
        self.rename_part(kind, (old, phrase.take_name()));
    }

    fn rename_part(&mut self, kind: ObjectKind, names: (Option<Name>, Option<Name>)) {
        match names {
            (Some(old), Some(new)) if old == new => {
                self.changes.settles(part(Change::Changes, kind, self.table, &new));
            }
            (Some(old), Some(new)) => {
                self.moves(Change::Goes, kind, Some(old), false);
                self.moves(Change::Appears, kind, Some(new), false);
            }
            _ => self.changes.is_unclear(),
        }
    }

    /// A clause about the table as a whole.
    fn other(&mut self, phrase: &mut Phrase<'_>) {
        let converts = phrase.take_all(&["CONVERT", "TO"]) || phrase.take_all(&["PARTITION", "BY"]);
        if converts || phrase.is("ENGINE") {
            let table = object(Change::Changes, ObjectKind::Table, self.table);
            return self.changes.settles(table);
        }
        if phrase.take_any(&["COALESCE", "REMOVE", "REORGANIZE"]) {
            return self.whole(phrase);
        }
        if phrase.take_any(&["ANALYZE", "CHECK", "OPTIMIZE", "ORDER", "REBUILD", "REPAIR"]) {
            take_list(phrase);
        } else if !phrase.is_over() && !phrase.is_any(&SETTINGS) {
            self.changes.is_unclear();
        }
    }

    /// What changes the table as a whole, so that it can be seen: its partitions, and the history of its rows.
    fn whole(&mut self, phrase: &mut Phrase<'_>) {
        if phrase.is("PARTITION") {
            take_list(phrase);
        }
        self.changes.is_visible();
    }

    /// Something comes or goes; without a name where the server chooses one.
    fn moves(&mut self, change: Change, kind: ObjectKind, name: Option<Name>, guarded: bool) {
        match name {
            Some(name) => self.changes.moves(part(change, kind, self.table, &name), guarded),
            None => self.changes.is_visible(),
        }
    }
}

/// What is added to a table and dropped, and no part of it.
const WHOLES: &[&str] = &["PARTITION", "SYSTEM"];

/// Takes a list of columns or partitions, which have commas between them and are the end of the statement.
fn take_list(phrase: &mut Phrase<'_>) {
    while phrase.take_item() {}
}

/// What sets something of a table, or says how the statement is to be carried out.
const SETTINGS: [&str; 42] = [
    "ALGORITHM",
    "AUTOEXTEND_SIZE",
    "AUTO_INCREMENT",
    "AVG_ROW_LENGTH",
    "CHARACTER",
    "CHARSET",
    "CHECKSUM",
    "COLLATE",
    "COMMENT",
    "COMPRESSION",
    "CONNECTION",
    "DEFAULT",
    "DELAY_KEY_WRITE",
    "DISABLE",
    "ENABLE",
    "ENCRYPTED",
    "ENCRYPTION",
    "ENCRYPTION_KEY_ID",
    "ENGINE_ATTRIBUTE",
    "FORCE",
    "IETF_QUOTES",
    "INSERT_METHOD",
    "KEY_BLOCK_SIZE",
    "LOCK",
    "MAX_ROWS",
    "MIN_ROWS",
    "PACK_KEYS",
    "PAGE_CHECKSUM",
    "PAGE_COMPRESSED",
    "PAGE_COMPRESSION_LEVEL",
    "PASSWORD",
    "ROW_FORMAT",
    "SECONDARY_ENGINE",
    "SECONDARY_ENGINE_ATTRIBUTE",
    "SEQUENCE",
    "STATS_AUTO_RECALC",
    "STATS_PERSISTENT",
    "STATS_SAMPLE_PAGES",
    "TRANSACTIONAL",
    "UNION",
    "WITH",
    "WITHOUT",
];
