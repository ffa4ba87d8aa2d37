use std::collections::BTreeMap;

use migrate_core::{
    Graph,
    graph::{Revision, RevisionIndex},
};

/// What a schema at several revisions at once is made from: the schema at one of them, and what the others add.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Foundation {
    /// The revision with the largest history.
    pub(super) base: RevisionIndex,
    /// The revisions that are in the history of the others alone, in canonical order.
    pub(super) missing: Vec<RevisionIndex>,
}

/// The foundation for a schema at these revisions; `None` where there are none.
///
/// It looks at the revisions that are not in the history of all of them, and no further.
pub(super) fn foundation(graph: &Graph, revisions: &[RevisionIndex]) -> Option<Foundation> {
    let mut tops = revisions.to_vec();
    tops.sort_unstable();
    tops.dedup();
    if let [only] = tops.as_slice() {
        return Some(Foundation { base: *only, missing: Vec::new() });
    }
    let reached = reached(graph, &tops);
    let histories = (0..tops.len())
        .map(|top| reached.iter().filter(|(_, by)| by.get(top).is_some_and(|&reaches| reaches)).count());
    let (largest, _) = histories.enumerate().max_by_key(|&(top, count)| (count, std::cmp::Reverse(top)))?;
    let is_missing = |by: &[bool]| by.get(largest).is_none_or(|&reaches| !reaches);
    let missing = reached.iter().filter(|(_, by)| is_missing(by)).map(|(index, _)| *index).collect();
    Some(Foundation { base: *tops.get(largest)?, missing })
}

/// The revisions that some, but not all, of these have in their history, and which of them do.
fn reached(graph: &Graph, tops: &[RevisionIndex]) -> BTreeMap<RevisionIndex, Vec<bool>> {
    let mut open: BTreeMap<RevisionIndex, Vec<bool>> = BTreeMap::new();
    for (place, top) in tops.iter().enumerate() {
        let by = open.entry(*top).or_insert_with(|| vec![false; tops.len()]);
        by.iter_mut().skip(place).take(1).for_each(|reaches| *reaches = true);
    }
    let mut reached = BTreeMap::new();
    // The canonical order is a topological one: whatever leads to the last of the open ones has been looked at.
    while open.values().any(|by| by.contains(&false)) {
        let Some((index, by)) = open.pop_last() else { break };
        for below in below(graph.revision(index)) {
            let known = open.entry(below).or_insert_with(|| vec![false; tops.len()]);
            known.iter_mut().zip(&by).for_each(|(known, new)| *known |= new);
        }
        if by.contains(&false) {
            reached.insert(index, by);
        }
    }
    reached
}

/// What a revision rests on.
pub(super) fn below(revision: Revision<'_>) -> impl Iterator<Item = RevisionIndex> {
    revision.parents().chain(revision.dependencies()).map(Revision::index)
}

#[cfg(test)]
mod tests {
    use migrate_core::{Graph, graph::Declaration};

    use super::foundation;

    /// The base and the missing revisions of a schema at these.
    fn found(graph: &Graph, ids: &[&str]) -> (String, Vec<String>) {
        let indices: Vec<_> = ids.iter().map(|id| graph.find(id).unwrap().index()).collect();
        let found = foundation(graph, &indices).unwrap();
        let id = |index| graph.revision(index).id().to_owned();
        (id(found.base), found.missing.into_iter().map(id).collect())
    }

    #[test]
    fn the_largest_history_is_the_base_and_the_others_add_to_it() {
        let graph = Graph::new(vec![
            Declaration::new("a", []),
            Declaration::new("b1", ["a"]),
            Declaration::new("b2", ["b1"]),
            Declaration::new("c1", ["a"]),
            Declaration::new("d1", ["c1"]),
            Declaration::new("d2", ["d1"]).depends_on(["b1"]),
            Declaration::new("e", []),
        ])
        .unwrap();
        let all = |base: &str, missing: &[&str]| {
            (base.to_owned(), missing.iter().map(|&id| id.to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(found(&graph, &["b2"]), all("b2", &[]));
        assert_eq!(found(&graph, &["b2", "c1"]), all("b2", &["c1"]));
        assert_eq!(found(&graph, &["b2", "d2"]), all("d2", &["b2"]));
        assert_eq!(found(&graph, &["a", "d2"]), all("d2", &[]));
        assert_eq!(found(&graph, &["e", "d1", "b1"]), all("d1", &["b1", "e"]));
    }
}
