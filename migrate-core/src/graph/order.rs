use std::{
    cmp::{Ordering, Reverse},
    collections::BinaryHeap,
};

use super::{Declaration, check::Edges};

/// The canonical topological order: the places of the declarations, those first that others rest on.
///
/// Kahn's algorithm. Among the revisions that are ready it takes first a child of the one just taken, so that a
/// branch stays together, then the one created earliest, then the one with the smallest id. The edges have no circle.
pub(super) fn canonical(declarations: &[Declaration], edges: &Edges) -> Vec<u32> {
    let len = declarations.len();
    let rank = ranks(declarations);
    let children = reversed(&edges.parents);
    let dependents = reversed(&edges.dependencies);
    let mut missing: Vec<usize> =
        (0..len).map(|node| edges.parents[node].len() + edges.dependencies[node].len()).collect();
    let mut ready: BinaryHeap<Reverse<(u32, u32)>> =
        (0..len).filter(|&node| missing[node] == 0).map(|node| Reverse((rank[node], node as u32))).collect();
    let mut taken = vec![false; len];
    let mut order = Vec::with_capacity(len);
    let mut next_child = None;
    while let Some(node) = next_child.take().or_else(|| ready.pop().map(|Reverse((_, node))| node)) {
        if std::mem::replace(&mut taken[node as usize], true) {
            continue;
        }
        order.push(node);
        for &next in dependents[node as usize].iter().chain(&children[node as usize]) {
            missing[next as usize] -= 1;
            if missing[next as usize] == 0 {
                ready.push(Reverse((rank[next as usize], next)));
            }
        }
        let ready_children =
            children[node as usize].iter().copied().filter(|&child| missing[child as usize] == 0);
        next_child = ready_children.min_by_key(|&child| rank[child as usize]);
    }
    order
}

/// The same edges from the other end.
pub(super) fn reversed(edges: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut reversed = vec![Vec::new(); edges.len()];
    for (node, below) in edges.iter().enumerate() {
        for &below in below {
            reversed[below as usize].push(node as u32);
        }
    }
    reversed
}

/// Of each declaration, its place by date and id alone.
fn ranks(declarations: &[Declaration]) -> Vec<u32> {
    // Histories without dates count their versions (`9`, `10`), which bytes would put in the wrong order. It is all
    // or nothing, because an order that mixes the two is none.
    let versions = declarations.iter().filter(|one| one.created.is_none()).all(|one| is_version(&one.id));
    let mut sorted: Vec<u32> = (0..declarations.len() as u32).collect();
    sorted.sort_by(|&a, &b| compare(&declarations[a as usize], &declarations[b as usize], versions));
    let mut ranks = vec![0; sorted.len()];
    for (rank, &node) in sorted.iter().enumerate() {
        ranks[node as usize] = rank as u32;
    }
    ranks
}

fn compare(a: &Declaration, b: &Declaration, versions: bool) -> Ordering {
    match (&a.created, &b.created) {
        (Some(first), Some(second)) => first.cmp(second).then_with(|| a.id.cmp(&b.id)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) if versions => version(&a.id).cmp(&version(&b.id)).then_with(|| a.id.cmp(&b.id)),
        (None, None) => a.id.cmp(&b.id),
    }
}

fn is_version(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())
}

/// Sorts as the number that the digits write, however long it is.
fn version(id: &str) -> (usize, &str) {
    let digits = id.trim_start_matches('0');
    (digits.len(), digits)
}
