use std::collections::BTreeSet;

use migrate_core::{Graph, Schema};

use super::reversal::proof;
use super::safety::added_column;
use super::schema::{
    applies, effect_not_needed, enum_value_used_in_its_transaction, foreign_keys_pragma_in_transaction,
    if_exists_hides, not_in_transaction, opaque_statement, rename_old_table_first, syntax_error,
};
use crate::{
    diagnostic::Diagnostic,
    replay::{Event, EventKind, Origins, Replay, Replayed, Script, Site},
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
            let is_up = up.is_some_and(|up| std::ptr::eq(up, script));
            let after = if is_up { replayed.after } else { replayed.before };
            check_transaction(script, origins, after, findings);
        }
        if let Some(up) = up.filter(|_| shipped.is_some()) {
            check_events(up, origins, replayed.events, findings);
        }
        if shipped.is_some() && !is_shipped(&replayed) {
            proof::check(&replayed, origins, findings);
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
        findings.extend(opaque_statement::finding(&site));
        findings.extend(effect_not_needed::finding(&site));
    }
}

/// What has to be so because a script is one transaction; `after` is the schema behind it.
fn check_transaction(script: &Script, origins: &Origins, after: &Schema, findings: &mut Vec<Diagnostic>) {
    let sites = || script.statements.iter().map(|statement| Site { script, statement, origins });
    for site in sites() {
        findings.extend(not_in_transaction::finding(&site));
        findings.extend(foreign_keys_pragma_in_transaction::finding(&site));
        findings.extend(rename_old_table_first::finding(&site, after));
    }
    enum_value_used_in_its_transaction::check(sites(), script, after, findings);
}

/// What the database would say to an up script.
fn check_events(script: &Script, origins: &Origins, events: &[Event], findings: &mut Vec<Diagnostic>) {
    for event in events {
        let Some(statement) = script.statements.get(event.statement) else { continue };
        let site = Site { script, statement, origins };
        findings.extend(match &event.kind {
            EventKind::Refused(refused) => Some(applies::finding(&site, &refused.refusal)),
            EventKind::Noticed(notice) => {
                let next = script.statements.get(event.statement + 1);
                if_exists_hides::finding(&site, notice, next)
                    .or_else(|| added_column::finding(&site, notice, event.statement))
            }
        });
    }
}
