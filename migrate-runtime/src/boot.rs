//! The one query of a start with nothing to do.

use migrate_core::{Graph, graph::Revision};

use crate::{
    Error, Result,
    connectable::Door,
    database::Room,
    journal::{Names, Reading, heads_and},
    session::{Class, Failure},
    settings::Options,
};

/// What the query found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Boot {
    /// Everything that is asked for is applied; the database may have revisions that this graph does not know.
    Done {
        /// Heads of the database that the graph does not know.
        unknown: Vec<String>,
    },
    /// There may be something to do: the slow path finds out.
    Work,
}

/// Asks whether these revisions are applied as they stand in the graph.
///
/// Fingerprints are chain hashes: where that of a revision is equal, so is all of its history.
pub(crate) async fn boot(
    door: &mut dyn Door,
    room: &dyn Room,
    graph: &Graph,
    wanted: &[Revision<'_>],
    options: &Options,
) -> Result<Boot> {
    let names = names(room, options);
    let query =
        heads_and(room, &names, &options.settings.namespace, wanted.iter().map(|revision| revision.id()));
    match door.ask(&query).await.rows() {
        Ok(rows) => Ok(judge(graph, wanted, &Reading::parse(rows, &names)?)),
        Err(failure) if may_pass(&failure) => Ok(Boot::Work),
        Err(failure) => Err(Error::of_failure("cannot read the bookkeeping tables", failure)),
    }
}

/// The tables as the connection's search path finds them: its schema is not known before the session asks for it.
pub(crate) fn names(room: &dyn Room, options: &Options) -> Names {
    let schema = options.settings.schema.as_deref().map(|schema| room.identifier(schema));
    Names::new(room, &options.settings, schema.as_deref())
}

/// Whether the slow path may do better: the tables are not there yet, are not ours (it says in what), or are locked.
fn may_pass(failure: &Failure) -> bool {
    matches!(failure.class, Class::UnknownTable | Class::UnknownColumn | Class::Busy)
}

fn judge(graph: &Graph, wanted: &[Revision<'_>], reading: &Reading) -> Boot {
    let is_equal = |revision: Revision<'_>| {
        let row = reading.version(revision.id());
        row.is_some_and(|row| row.fingerprint == revision.fingerprint().to_string())
    };
    if reading.state.is_none()
        || reading.running().is_some()
        || !wanted.iter().all(|revision| is_equal(*revision))
    {
        return Boot::Work;
    }
    let known = reading.heads().filter_map(|head| graph.find(&head.revision));
    if known.into_iter().all(is_equal) {
        Boot::Done { unknown: reading.unknown_heads(graph) }
    } else {
        Boot::Work
    }
}
