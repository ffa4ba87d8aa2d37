use std::collections::BTreeMap;

use migrate_core::{
    Graph,
    graph::{Declaration, GraphError},
};

use super::{
    ambiguous_id, ancestor_merge, cycle, duplicate_label, duplicate_revision,
    history::{History, Sound},
    invalid_label, invalid_revision_id,
    lanes::{Crowd, Lanes},
    later_date_than_child, multiple_bases, multiple_heads, redundant_dependency, self_loop,
    unknown_dependency, unknown_parent, unnamed_revision,
};
use crate::{config::Config, diagnostic::Diagnostic};

/// Checks the history, and gives what is sound in it.
pub(crate) fn check<'r>(history: &History<'r>, config: &Config, findings: &mut Vec<Diagnostic>) -> Sound<'r> {
    ambiguous_id::check(history, findings);
    unnamed_revision::check(history, findings);
    let mut declarations = history.declarations();
    let (graph, whole) = match Graph::new(declarations.clone()) {
        Ok(graph) => (graph, true),
        Err(errors) => {
            report(history, &errors, findings);
            (sound_part(&mut declarations, errors), false)
        }
    };
    let mut sound = Sound::new(history, graph, declarations, whole && !history.incomplete);
    redundant_dependency::check(&sound, findings);
    ancestor_merge::check(&sound, findings);
    later_date_than_child::check(&sound, findings);
    // A revision that is not in the graph may be what joins two heads or goes before a base.
    if sound.complete {
        let lanes = Lanes::new(&sound.graph, config);
        let crowds = lanes.crowded_heads(&sound.graph);
        multiple_heads::check(&sound, &crowds, findings);
        multiple_bases::check(&sound, &lanes, findings);
        let ids = |crowd: &Crowd<'_>| crowd.iter().map(|head| head.id().to_owned()).collect();
        sound.rival_heads = crowds.iter().map(ids).collect();
    }
    sound
}

/// Says where in the files the errors of the graph stand.
fn report(history: &History<'_>, errors: &[GraphError], findings: &mut Vec<Diagnostic>) {
    // Of two revisions with one id, one was meant to have another, which others may name.
    let has_twins = errors.iter().any(|error| matches!(error, GraphError::DuplicateRevision { .. }));
    let may_be_there = history.incomplete || has_twins;
    let mut unknown = 0;
    for error in errors {
        let finding = match error {
            GraphError::UnknownParent { name, .. } | GraphError::UnknownDependency { name, .. }
                if may_be_there || history.gone.contains(&**name) =>
            {
                None
            }
            GraphError::UnknownParent { revision, name } => {
                unknown += 1;
                unknown_parent::finding(history, *revision, name, unknown)
            }
            GraphError::UnknownDependency { revision, name } => {
                unknown += 1;
                unknown_dependency::finding(history, *revision, name, unknown)
            }
            GraphError::SelfLoop { revision, name, dependency } => {
                self_loop::finding(history, *revision, name, *dependency)
            }
            GraphError::Cycle { path } => cycle::finding(history, path),
            GraphError::DuplicateRevision { revision, first } => {
                duplicate_revision::finding(history, *revision, *first)
            }
            GraphError::DuplicateLabel { revision, first, label } => {
                duplicate_label::finding(history, *revision, *first, label)
            }
            GraphError::LabelIsRevision { revision, other, label } => {
                duplicate_label::is_revision(history, *revision, *other, label)
            }
            GraphError::IllegalName { revision, name, label: true, reason } => {
                invalid_label::finding(history, *revision, name, reason)
            }
            GraphError::IllegalName { revision, reason, .. } => {
                invalid_revision_id::finding(history, *revision, reason)
            }
            _ => None,
        };
        findings.extend(finding);
    }
}

/// Takes away the revisions at fault, all that rests on them, and the labels at fault, and gives the graph of the rest.
fn sound_part(declarations: &mut Vec<Declaration>, mut errors: Vec<GraphError>) -> Graph {
    // A circle is told by one way round; all of its members go at once, for they rest on each other. So the second
    // attempt succeeds, and the bound only says so.
    for _ in 0..3 {
        let mut at_fault = Vec::new();
        for error in &errors {
            match error {
                GraphError::DuplicateLabel { revision, label, .. }
                | GraphError::LabelIsRevision { revision, label, .. }
                | GraphError::IllegalName { revision, name: label, label: true, .. } => {
                    if let Some(declaration) = declarations.get_mut(*revision) {
                        declaration.labels.retain(|found| found != label);
                    }
                }
                GraphError::Cycle { path } => at_fault.extend(path),
                other => at_fault.push(other.revision()),
            }
        }
        *declarations = without(declarations, at_fault);
        match Graph::new(declarations.clone()) {
            Ok(graph) => return graph,
            Err(found) => errors = found,
        }
    }
    declarations.clear();
    Graph::EMPTY
}

/// The declarations without these and without all that rest on them.
fn without(declarations: &[Declaration], at_fault: Vec<usize>) -> Vec<Declaration> {
    let mut resting: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, declaration) in declarations.iter().enumerate() {
        for name in declaration.revises.iter().chain(&declaration.depends_on) {
            resting.entry(name).or_default().push(place);
        }
    }
    let mut removed = vec![false; declarations.len()];
    let mut queue = at_fault;
    while let Some(place) = queue.pop() {
        let (Some(removed), Some(declaration)) = (removed.get_mut(place), declarations.get(place)) else {
            continue;
        };
        if std::mem::replace(removed, true) {
            continue;
        }
        let names = std::iter::once(&declaration.id).chain(&declaration.labels);
        queue.extend(names.filter_map(|name| resting.get(&**name)).flatten());
    }
    let kept = declarations.iter().zip(removed).filter(|(_, removed)| !removed);
    kept.map(|(declaration, _)| declaration.clone()).collect()
}
