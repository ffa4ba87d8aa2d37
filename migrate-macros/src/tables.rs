use std::{collections::BTreeMap, fmt::Write as _};

use migrate_core::{
    Span,
    graph::{DownRow, Row, ScriptRow, StatementKind, Tables},
};

/// Writes the tables of an edition as a constant `TABLES_<number>`. `files` are the numbers of the texts by their names.
pub(crate) fn write(code: &mut String, number: usize, tables: &Tables, files: &BTreeMap<&str, usize>) {
    let _ = writeln!(code, "const TABLES_{number}: p::Tables = {{");
    code.push_str("static SOURCES: &[p::Source] = &[\n");
    for source in tables.sources.iter() {
        // The file is one of the report's: the graph took its name and text from there.
        let text = files.get(source.path.of(&tables.text)).copied().unwrap_or_default();
        let _ = writeln!(code, "p::source({}, {}, TEXTS[{text}]),", source.path.start, source.path.end);
    }
    code.push_str("];\nstatic ROWS: &[p::Row] = &[\n");
    for row in tables.rows.iter() {
        write_row(code, row);
    }
    let _ = writeln!(code, "];\nstatic EDGES: &[u32] = &{:?};", tables.edges);
    code.push_str("static STATEMENTS: &[p::Statement] = &[\n");
    for statement in tables.statements.iter() {
        let Span { start, end } = statement.span;
        let _ = write!(code, "p::statement({start},{end},{}),", kind(statement.kind));
    }
    code.push_str("];\nstatic RECOVERIES: &[p::RecoveryRow] = &[\n");
    for recovery in tables.recoveries.iter() {
        let Span { start, end } = recovery.text;
        let _ = write!(code, "p::recovery({},{start},{end}),", recovery.statement);
    }
    let _ = writeln!(code, "];\nstatic BY_ID: &[u32] = &{:?};", tables.by_id);
    code.push_str("static LABELS: &[p::LabelRow] = &[\n");
    for label in tables.labels.iter() {
        let _ = writeln!(code, "p::label({}, {}, {}),", label.name.start, label.name.end, label.revision);
    }
    let _ = writeln!(
        code,
        "];\np::tables({:?}, SOURCES, ROWS, EDGES, STATEMENTS, RECOVERIES, BY_ID, LABELS)\n}};",
        tables.text
    );
}

fn write_row(code: &mut String, row: &Row) {
    let pair = |span: Span| [span.start, span.end];
    let texts = [pair(row.id), pair(row.message), pair(row.created)];
    let up =
        row.up.as_ref().map_or("p::up_nothing()".into(), |script| format!("p::up({})", arguments(script)));
    let down = match &row.down {
        DownRow::Nothing => "p::down_nothing()".into(),
        DownRow::Script(script) => format!("p::down({})", arguments(script)),
        DownRow::Irreversible(reason) => format!("p::down_irreversible({}, {})", reason.start, reason.end),
    };
    let fingerprint = row.fingerprint.as_bytes().escape_ascii();
    let _ = writeln!(code, "p::row({texts:?}, {:?}, {up}, {down}, b\"{fingerprint}\"),", row.edges);
}

fn arguments(script: &ScriptRow) -> String {
    let Span { start, end } = script.section;
    format!("{}, [{start}, {end}], {:?}, {}", script.source, script.statements, script.transaction)
}

/// The number that `__private::statement` reads.
fn kind(kind: StatementKind) -> u8 {
    match kind {
        StatementKind::Data => 0,
        StatementKind::Schema => 1,
        StatementKind::Session => 2,
        StatementKind::TransactionControl => 3,
        StatementKind::Other => 4,
    }
}
