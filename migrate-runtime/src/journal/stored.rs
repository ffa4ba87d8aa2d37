//! Revisions that a graph does not know, as the database keeps them.

use migrate_core::{
    Graph,
    graph::{Declaration, DownDeclaration},
};

use super::{Names, read::Cells, way_back};
use crate::{Error, ErrorKind, Result, database::Room};

/// A query for the applied revisions that a graph does not know.
pub(crate) fn unknown(room: &dyn Room, names: &Names, namespace: &str, graph: &Graph) -> String {
    let columns =
        ["revision", "fingerprint", "parents", "depends_on", "down"].map(|column| room.as_text(column));
    let known: Vec<String> = graph.revisions().map(|revision| room.literal(revision.id())).collect();
    let unknown =
        if known.is_empty() { String::new() } else { format!(" AND revision NOT IN ({})", known.join(", ")) };
    format!(
        "SELECT {} FROM {} WHERE namespace = {}{unknown}",
        columns.join(", "),
        names.version,
        room.literal(namespace)
    )
}

/// The graph with the revisions of these rows as well, as far as a downgrade needs them.
///
/// # Errors
/// [`ErrorKind::Bookkeeping`] where the rows do not fit together.
pub(crate) fn with_unknown(graph: &Graph, rows: Vec<Vec<Option<String>>>, names: &Names) -> Result<Graph> {
    let mut declarations: Vec<Declaration> = graph.revisions().map(Into::into).collect();
    for row in rows {
        declarations.push(declaration(Cells::new(names, row))?);
    }
    let ids: Vec<String> = declarations.iter().map(|declaration| declaration.id.clone()).collect();
    Graph::new(declarations).map_err(|findings| {
        let id = findings.first().and_then(|finding| ids.get(finding.revision())).map_or("", String::as_str);
        let [_, version, _] = names.plain();
        Error::new(
            ErrorKind::Bookkeeping,
            format!("the row of `{id}` in `{version}` does not fit the others"),
        )
        .with_revision(id)
        .with_hint("somebody changed the bookkeeping tables by hand: restore the rows")
    })
}

fn declaration(mut cells: Cells<'_>) -> Result<Declaration> {
    let id = cells.text("revision")?;
    let fingerprint = cells.number("fingerprint")?;
    let [revises, depends_on] = [cells.text("parents")?, cells.text("depends_on")?]
        .map(|ids| ids.split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect());
    let down = way_back::read(&cells.text("down")?, &format!("stored script of {id}"));
    let unreadable =
        || DownDeclaration::Irreversible("what the database keeps of it cannot be read".to_owned());
    Ok(Declaration {
        message: "unknown to this binary".to_owned(),
        revises,
        depends_on,
        down: down.unwrap_or_else(unreadable),
        fingerprint,
        ..Declaration::new(&id, [])
    })
}
