use super::check::Edges;

const NONE: u32 = u32::MAX;

/// The circles among the edges: a shortest one for each set of declarations that all rest on each other.
///
/// Each path begins with the first declaration of its set; each member rests on the next, the last on the first.
/// It takes time linear in the edges and no recursion, so that a chain of any length is safe.
pub(super) fn find(edges: &Edges) -> Vec<Vec<usize>> {
    let components = Components::of(edges);
    let mut paths = Vec::new();
    let mut size = vec![0_usize; components.count];
    for &component in &components.of {
        size[component as usize] += 1;
    }
    let mut shown = vec![false; components.count];
    for node in 0..edges.parents.len() {
        let component = components.of[node] as usize;
        if size[component] > 1 && !std::mem::replace(&mut shown[component], true) {
            paths.push(shortest(edges, &components.of, node as u32));
        }
    }
    paths
}

/// What `node` rests on: its `position`-th parent or, after the last of them, dependency.
fn below(edges: &Edges, node: u32, position: usize) -> Option<u32> {
    let parents = &edges.parents[node as usize];
    parents.get(position).or_else(|| edges.dependencies[node as usize].get(position - parents.len())).copied()
}

/// The strongly connected components, by Tarjan's algorithm with a stack of its own.
struct Components {
    /// The component of each declaration.
    of: Vec<u32>,
    count: usize,
}

impl Components {
    fn of(edges: &Edges) -> Self {
        let len = edges.parents.len();
        let mut search = Search {
            edges,
            found: Self { of: vec![NONE; len], count: 0 },
            number: vec![NONE; len],
            low: vec![NONE; len],
            open: Vec::new(),
            next: 0,
        };
        for root in 0..len as u32 {
            if search.number[root as usize] == NONE {
                search.walk(root);
            }
        }
        search.found
    }
}

struct Search<'e> {
    edges: &'e Edges,
    found: Components,
    /// In which order a declaration was met.
    number: Vec<u32>,
    /// The lowest number that can be reached from it within its component.
    low: Vec<u32>,
    /// Met, and not yet in a component.
    open: Vec<u32>,
    next: u32,
}

impl Search<'_> {
    fn walk(&mut self, root: u32) {
        let mut path = vec![(root, 0)];
        self.enter(root);
        while let Some((node, position)) = path.last_mut() {
            let node = *node;
            if let Some(next) = below(self.edges, node, *position) {
                *position += 1;
                if self.number[next as usize] == NONE {
                    self.enter(next);
                    path.push((next, 0));
                } else if self.found.of[next as usize] == NONE {
                    self.lower(node, self.number[next as usize]);
                }
                continue;
            }
            path.pop();
            if let Some(&(above, _)) = path.last() {
                self.lower(above, self.low[node as usize]);
            }
            if self.low[node as usize] == self.number[node as usize] {
                self.close(node);
            }
        }
    }

    fn enter(&mut self, node: u32) {
        self.number[node as usize] = self.next;
        self.low[node as usize] = self.next;
        self.next += 1;
        self.open.push(node);
    }

    fn lower(&mut self, node: u32, number: u32) {
        let low = &mut self.low[node as usize];
        *low = number.min(*low);
    }

    /// Takes the component whose first member is `node` from the open ones.
    fn close(&mut self, node: u32) {
        while let Some(member) = self.open.pop() {
            self.found.of[member as usize] = self.found.count as u32;
            if member == node {
                break;
            }
        }
        self.found.count += 1;
    }
}

/// A shortest circle through `start`, which stays within its component.
fn shortest(edges: &Edges, component: &[u32], start: u32) -> Vec<usize> {
    let mut came_from = std::collections::BTreeMap::new();
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        let mut position = 0;
        while let Some(next) = below(edges, node, position) {
            position += 1;
            if next == start {
                return path_to(&came_from, node);
            }
            let inside = component[next as usize] == component[start as usize];
            if inside && !came_from.contains_key(&next) {
                came_from.insert(next, node);
                queue.push_back(next);
            }
        }
    }
    vec![start as usize]
}

fn path_to(came_from: &std::collections::BTreeMap<u32, u32>, last: u32) -> Vec<usize> {
    let mut path = vec![last as usize];
    let mut node = last;
    while let Some(&before) = came_from.get(&node) {
        path.push(before as usize);
        node = before;
    }
    path.reverse();
    path
}
