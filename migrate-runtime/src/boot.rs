//! The one query of a start with nothing to do.

use migrate_core::{
    Graph,
    graph::{Applied, Revision, Target},
};

use crate::{
    Error, Event, Result,
    connectable::Door,
    database::Room,
    journal::{Names, Reading, heads_and},
    session::{Class, Failure, Sent},
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
    let sent = door.ask(&query(room, &names, options, wanted)).await;
    answer(sent, graph, wanted, &names)
}

/// The query.
pub(crate) fn query(room: &dyn Room, names: &Names, options: &Options, wanted: &[Revision<'_>]) -> String {
    heads_and(room, names, &options.settings.namespace, wanted.iter().map(|revision| revision.id()))
}

/// What was found by it.
pub(crate) fn answer(sent: Sent, graph: &Graph, wanted: &[Revision<'_>], names: &Names) -> Result<Boot> {
    match sent.rows() {
        Ok(rows) => Ok(judge(graph, wanted, &Reading::parse(rows, names)?)),
        Err(failure) if may_pass(&failure) => Ok(Boot::Work),
        Err(failure) => Err(Error::of_failure("cannot read the bookkeeping tables", failure)),
    }
}

/// Says so where the database has revisions that the graph does not know.
pub(crate) fn tell_ahead(options: &Options, unknown: &[String]) {
    if !unknown.is_empty() {
        options.tell(&Event::Ahead { unknown: unknown.to_vec() });
    }
}

/// The revisions that have to be applied, with what they rest on, for the target to be reached: where that is the same
/// whatever is applied now. The slow path explains a target that is refused.
pub(crate) fn wanted<'g>(graph: &'g Graph, target: &Target) -> Option<Vec<Revision<'g>>> {
    if target.is_relative() {
        return None;
    }
    let plan = graph.plan_upgrade(&Applied::none(graph), target).ok()?;
    let all = Applied::from_revisions(graph, plan.steps.iter().map(|step| step.revision));
    Some(all.heads().collect())
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
