//! Downgrades from a newer revision than the graph has, by what the database keeps of it.

use migrate_core::{Graph, graph::Target};

use crate::{
    Error, Result,
    boot::names,
    connectable::Door,
    database::Room,
    journal::{unknown, with_unknown},
    session::Class,
    settings::Options,
};

/// The graph with the revisions that only the database knows, and the target in its terms; `None` where the options do
/// not ask for it, or there are none.
///
/// It is read before the lock is taken. A revision that another runner applies meanwhile is one that this graph does not
/// know either, and stands in the way as it does without scripts.
pub(crate) async fn with_stored(
    door: &mut (dyn Door + '_),
    room: &dyn Room,
    options: &Options,
    graph: &Graph,
    target: &Target,
) -> Result<Option<(Graph, Target)>> {
    if !options.stored_scripts {
        return Ok(None);
    }
    let names = names(room, options);
    let query = unknown(room, &names, &options.settings.namespace, graph);
    match door.ask(&query).await.rows() {
        Ok(rows) if rows.is_empty() => Ok(None),
        Ok(rows) => Ok(Some((with_unknown(graph, rows, &names)?, of_own(graph, target)))),
        Err(failure) if failure.class == Class::UnknownTable => Ok(None),
        Err(failure) => Err(Error::of_failure("cannot read the bookkeeping tables", failure)),
    }
}

/// `head` is the head that the graph itself has, to which people want to go back.
fn of_own(graph: &Graph, target: &Target) -> Target {
    let mut heads = graph.effective_heads();
    let own = match (target.to_string().as_str(), heads.next(), heads.next()) {
        ("head", Some(head), None) => head.id().parse().ok(),
        _ => None,
    };
    own.unwrap_or_else(|| target.clone())
}
