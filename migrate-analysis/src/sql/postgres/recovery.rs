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

fn probe(change: Change, kind: ObjectKind, name: &ObjectName) -> Probe {
    Probe::new(change, kind, name.name.identity()).in_schema(name.schema.as_ref().map(Name::identity))
}

/// What leaves rows and schema as they are, or says what has to be there in the end. `ANALYZE` and the like might stand in
/// a transaction, which would keep all locks to its end.
fn is_idempotent(phrase: &mut Phrase<'_>) -> bool {
    if phrase.is_any(&["ANALYZE", "ANALYSE", "CHECKPOINT", "CLUSTER", "REINDEX", "VACUUM"]) {
        return true;
    }
    if phrase.take("ALTER") {
        return phrase.is_any(&["DATABASE", "SYSTEM"]);
    }
    phrase.take("DROP")
        && phrase.take_any(&["DATABASE", "SUBSCRIPTION", "TABLESPACE"])
        && phrase.take_all(&["IF", "EXISTS"])
}
