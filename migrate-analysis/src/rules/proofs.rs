use std::collections::BTreeSet;

use migrate_core::Graph;

use super::schema::syntax_error;
use crate::{
    diagnostic::Diagnostic,
    replay::{Origins, Replay, Replayed, Script, Site},
};

/// Replays the scripts of a database, and says what is wrong with them.
///
/// `shipped` are the revisions at and below the baseline: the database has accepted their up scripts long ago, and
/// what the replay makes of them is no finding. It is `None` where a part of the history could not be read. Then all that
/// seems to be missing may be in there.
pub(crate) fn check(
    replay: &mut Replay,
    graph: &Graph,
    shipped: Option<&BTreeSet<&str>>,
    findings: &mut Vec<Diagnostic>,
) {
    let origins = &replay.origins;
    let is_shipped = |replayed: &Replayed<'_>| {
        shipped.is_some_and(|all| all.contains(graph.revision(replayed.index).id()))
    };
    let head = replay.run(graph, |replayed| {
        let up = replayed.scripts.up.as_ref().filter(|_| !is_shipped(&replayed));
        for script in up.into_iter().chain(&replayed.scripts.down) {
            check_statements(script, origins, findings);
        }
    });
    replay.head = head;
}

/// What can be said of each statement by itself.
fn check_statements(script: &Script, origins: &Origins, findings: &mut Vec<Diagnostic>) {
    for statement in &script.statements {
        let site = Site { script, statement, origins };
        // What is not closed was found when the script was cut.
        findings.extend(syntax_error::in_statement(&site).filter(|_| script.is_whole));
    }
}
