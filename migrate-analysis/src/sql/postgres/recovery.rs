use migrate_core::{
    Name, ObjectName,
    graph::{Change, Doubt, ObjectKind, Probe, Recovery},
    operation::{CreateIndex, DropIndex, Operation, TableChange},
};

use super::super::{lowered::Lowered, phrase::Phrase};

/// How a statement is recovered that PostgreSQL runs outside of a transaction only, or that may end one.
pub(in crate::sql) fn recovery(phrase: &mut Phrase<'_>, lowered: &Lowered) -> Recovery {
    match &*lowered.operations {
        [Operation::CreateIndex(create)] if create.concurrently => created(create),
        [Operation::DropIndex(drop)] if drop.concurrently => dropped(drop),
        [Operation::AlterTable(alter)] => detached(&alter.change),
        _ if phrase.take("REINDEX") => reindexed(phrase),
        _ if is_idempotent(phrase) => Recovery::IDEMPOTENT,
        _ => Recovery::UNKNOWN,
    }
}

fn created(create: &CreateIndex) -> Recovery {
    // The server finds a name that is free.
    let Some(name) = &create.name else { return Recovery::UNKNOWN };
    // An index lies in the schema of its table, and the statement has to say that of the table.
    let name = ObjectName { schema: create.table.schema.clone(), name: name.name.clone() };
    Recovery {
        probes: vec![probe(Change::Appears, ObjectKind::Index, &name)],
        piecewise: false,
        doubt: Doubt::Again,
    }
}

fn dropped(drop: &DropIndex) -> Recovery {
    let probes: Vec<Probe> =
        drop.names.iter().map(|name| probe(Change::Goes, ObjectKind::Index, name)).collect();
    Recovery { piecewise: probes.len() > 1, probes, doubt: Doubt::Again }
}

/// While a detaching waits for what reads the table, and where it was cut off then, the partition looks as before.
fn detached(change: &TableChange) -> Recovery {
    let TableChange::DetachPartition(partition) = change else { return Recovery::UNKNOWN };
    let probes = vec![probe(Change::Changes, ObjectKind::Table, partition)];
    Recovery { probes, piecewise: false, doubt: Doubt::Ask }
}

/// It may be run again; but where it was cut off beside the work of others, an invalid index is left: the new one, or,
/// when that has taken the name already, the old one
/// (<https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY>).
fn reindexed(phrase: &mut Phrase<'_>) -> Recovery {
    /// Of a longer name the server leaves letters out, to have room for its own.
    const LONGEST: usize = 63 - "_ccnew".len();
    if phrase.take_mark("(") {
        while !phrase.take_mark(")") && phrase.step().is_some() {}
    }
    let is_one = phrase.take_all(&["INDEX", "CONCURRENTLY"]);
    let name = if is_one { phrase.take_object_name() } else { None };
    let Some(index) = name.filter(|index| index.name.identity().len() <= LONGEST) else {
        return Recovery::IDEMPOTENT;
    };
    let left = ["ccnew", "ccold"].map(|end| {
        let name = format!("{}_{end}", index.name.identity());
        Probe::new(Change::Appears, ObjectKind::Index, name)
            .in_schema(index.schema.as_ref().map(Name::identity))
    });
    Recovery { probes: left.into(), piecewise: false, doubt: Doubt::Again }
}

fn probe(change: Change, kind: ObjectKind, name: &ObjectName) -> Probe {
    Probe::new(change, kind, name.name.identity()).in_schema(name.schema.as_ref().map(Name::identity))
}

/// What leaves rows and schema as they are, or says what has to be there in the end. `ANALYZE` and the like might stand in
/// a transaction, which would keep all locks to its end.
fn is_idempotent(phrase: &mut Phrase<'_>) -> bool {
    if phrase.is_any(&["ANALYZE", "ANALYSE", "CHECKPOINT", "CLUSTER", "VACUUM"]) {
        return true;
    }
    if phrase.take("ALTER") {
        return phrase.is_any(&["DATABASE", "SYSTEM"]);
    }
    phrase.take("DROP")
        && phrase.take_any(&["DATABASE", "SUBSCRIPTION", "TABLESPACE"])
        && phrase.take_all(&["IF", "EXISTS"])
}
