use std::collections::BTreeMap;

use migrate_core::{Graph, graph::RevisionIndex};

/// A question: is the second an ancestor of the first by `revises`, or the first itself?
pub(crate) type Question = (RevisionIndex, RevisionIndex);

/// Answers many questions about ancestors, in their order.
///
/// One walk over the graph answers the questions about 64 ancestors at once, so that a history in which every second
/// revision is a merge costs little more than one of a straight line.
pub(crate) fn answer(graph: &Graph, questions: &[Question]) -> Vec<bool> {
    let mut by_ancestor: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (place, (_, ancestor)) in questions.iter().enumerate() {
        by_ancestor.entry(ancestor.0).or_default().push(place);
    }
    let by_ancestor: Vec<(u32, Vec<usize>)> = by_ancestor.into_iter().collect();
    let mut answers = vec![false; questions.len()];
    for ancestors in by_ancestor.chunks(u64::BITS as usize) {
        let reached = walk(graph, ancestors.iter().map(|(ancestor, _)| *ancestor));
        for (bit, (_, places)) in ancestors.iter().enumerate() {
            for &place in places {
                let from = questions.get(place).map_or(0, |(from, _)| from.0 as usize);
                let reaches = reached.get(from).is_some_and(|mask| mask >> bit & 1 == 1);
                if let Some(answer) = answers.get_mut(place) {
                    *answer = reaches;
                }
            }
        }
    }
    answers
}

/// Of each revision, which of the ancestors it is or descends from, a bit each.
fn walk(graph: &Graph, ancestors: impl Iterator<Item = u32>) -> Vec<u64> {
    let mut masks = vec![0_u64; graph.len()];
    for (bit, ancestor) in ancestors.enumerate() {
        if let Some(mask) = masks.get_mut(ancestor as usize) {
            *mask |= 1 << bit;
        }
    }
    for revision in graph.revisions() {
        let inherited = revision
            .parents()
            .filter_map(|parent| masks.get(parent.index().0 as usize))
            .fold(0, |all, mask| all | mask);
        if let Some(mask) = masks.get_mut(revision.index().0 as usize) {
            *mask |= inherited;
        }
    }
    masks
}

#[cfg(test)]
mod tests {
    use migrate_core::{Graph, graph::Declaration};

    use super::answer;

    #[test]
    fn ancestors_are_found_over_more_walks_than_one() {
        let id = |number: u32| format!("r{number:03}");
        let chain = (1..200).map(|number| Declaration::new(&id(number), [&*id(number - 1)]));
        let graph = Graph::new(chain.chain([Declaration::new("r000", [])]).collect()).unwrap();
        let index = |number: u32| graph.find(&id(number)).unwrap().index();
        let questions: Vec<_> =
            (0..200).flat_map(|number| [(index(100), index(number)), (index(number), index(100))]).collect();
        let expected: Vec<_> = (0..200).flat_map(|number| [number <= 100, number >= 100]).collect();
        assert_eq!(answer(&graph, &questions), expected);
    }
}
