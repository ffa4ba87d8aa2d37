//! Every graph of up to five revisions with both kinds of edge, against a second opinion in bits.

use migrate_core::graph::{Applied, Declaration, Direction, Graph, Plan, Revision, RevisionIndex, Target};

const IDS: [&str; 5] = ["a", "b", "c", "d", "e"];

/// The graphs in which a later revision may have each earlier one for a parent, for a dependency, for neither or, up to
/// four revisions, for both; with their numbers. Of the graphs of five revisions it is every `stride`-th.
fn each_graph(stride: usize, check: impl Fn(usize, &Graph, &Model)) {
    for size in 0..=IDS.len() {
        let pairs: Vec<(usize, usize)> = (0..size).flat_map(|i| (0..i).map(move |j| (i, j))).collect();
        let kinds: usize = if size < IDS.len() { 4 } else { 3 };
        let stride = if size < IDS.len() { 1 } else { stride };
        for number in (0..kinds.pow(pairs.len() as u32)).step_by(stride) {
            let mut declarations: Vec<Declaration> =
                IDS[..size].iter().map(|id| Declaration::new(id, [])).collect();
            let mut digits = number;
            for &(i, j) in &pairs {
                let kind = digits % kinds;
                digits /= kinds;
                if kind & 1 != 0 {
                    declarations[i].revises.push(IDS[j].into());
                }
                if kind & 2 != 0 {
                    declarations[i].depends_on.push(IDS[j].into());
                }
            }
            let graph = Graph::new(declarations).expect("the edges go one way");
            check(number, &graph, &Model::new(&graph));
        }
    }
}

/// A set of revisions: a bit for each.
type Bits = u32;

/// What rests on what, by the definitions alone.
struct Model {
    parents: Vec<Bits>,
    /// Each revision with everything that it rests on.
    closures: Vec<Bits>,
    /// Each revision with all its ancestors.
    ancestors: Vec<Bits>,
}

impl Model {
    fn new(graph: &Graph) -> Self {
        let of = |edges: &dyn Fn(Revision<'_>) -> Bits| graph.revisions().map(edges).collect::<Vec<_>>();
        let parents = of(&|one| bits(one.parents()));
        let foundations = of(&|one| bits(one.parents()) | bits(one.dependencies()));
        Self { closures: reflexive_closure(&foundations), ancestors: reflexive_closure(&parents), parents }
    }

    fn members(&self, of: Bits) -> impl Iterator<Item = usize> {
        (0..self.parents.len()).filter(move |&one| of >> one & 1 != 0)
    }

    fn closure(&self, of: Bits) -> Bits {
        self.members(of).map(|one| self.closures[one]).fold(0, |all, some| all | some)
    }

    fn heads(&self, of: Bits) -> Bits {
        let below =
            self.members(of).map(|one| self.closures[one] & !(1 << one)).fold(0, |all, some| all | some);
        of & !below
    }

    fn states(&self) -> impl Iterator<Item = Bits> {
        (0..1 << self.parents.len()).filter(|&set| self.closure(set) == set)
    }

    fn lineage(&self, of: usize) -> Bits {
        let below = |&one: &usize| self.ancestors[one] >> of & 1 != 0 || self.ancestors[of] >> one & 1 != 0;
        (0..self.parents.len()).filter(below).fold(0, |all, one| all | 1 << one)
    }

    /// What of `current` rests on one of `roots`.
    fn resting_on(&self, roots: Bits, current: Bits) -> Bits {
        let rests = |&one: &usize| self.closures[one] & roots & current != 0;
        self.members(current).filter(rests).fold(0, |all, one| all | 1 << one)
    }

    fn children(&self, of: usize) -> Bits {
        (0..self.parents.len())
            .filter(|&one| self.parents[one] >> of & 1 != 0)
            .fold(0, |all, one| all | 1 << one)
    }

    /// The lineage without what has a descendant outside it.
    fn own_part(&self, of: usize) -> Bits {
        let lineage = self.lineage(of);
        let outside = (0..self.parents.len()).filter(|&one| lineage >> one & 1 == 0);
        lineage & !outside.fold(0, |all, one| all | self.ancestors[one])
    }
}

fn bits<'g>(revisions: impl Iterator<Item = Revision<'g>>) -> Bits {
    revisions.fold(0, |all, one| all | 1 << one.index().0)
}

/// In canonical order, what a revision leads to is complete before it.
fn reflexive_closure(edges: &[Bits]) -> Vec<Bits> {
    let mut closures: Vec<Bits> = Vec::new();
    for (one, &edges) in edges.iter().enumerate() {
        assert!(edges < 1 << one, "the order is topological");
        let below = closures.iter().enumerate().filter(|&(other, _)| edges >> other & 1 != 0);
        let closure = below.fold(1 << one, |all, (_, closure)| all | closure);
        closures.push(closure);
    }
    closures
}

fn state(graph: &Graph, of: Bits) -> Applied<'_> {
    Applied::from_revisions(graph, graph.revisions().map(Revision::index).filter(|one| of >> one.0 & 1 != 0))
}

/// Runs a plan and checks every step on the way; the set afterwards.
fn run(model: &Model, before: &Applied<'_>, plan: &Plan) -> Bits {
    let mut now = before.clone();
    for (place, step) in plan.steps.iter().enumerate() {
        let changed = match step.direction {
            Direction::Up => now.insert(step.revision),
            Direction::Down => now.remove(step.revision),
        };
        assert!(changed && now.is_closed(), "{plan:?} from {before:?}");
        assert_eq!(bits(now.heads()), model.heads(bits(now.iter())), "{plan:?} from {before:?}");
        assert_eq!(plan.remaining(&now).steps, plan.steps[place + 1..], "{plan:?} from {before:?}");
    }
    let order = |step: &migrate_core::graph::Step| match step.direction {
        Direction::Up => i64::from(step.revision.0),
        Direction::Down => -i64::from(step.revision.0),
    };
    assert!(plan.steps.is_sorted_by_key(order), "{plan:?} is in canonical order");
    bits(now.iter())
}

fn targets(graph: &Graph) -> impl Iterator<Item = (usize, &str)> {
    graph.revisions().map(Revision::id).enumerate()
}

#[test]
fn upgrade_then_downgrade_is_the_identity() {
    each_graph(1, |_, graph, model| {
        let (none, all) = (Applied::none(graph), state(graph, Bits::MAX));
        let up = graph.plan_upgrade(&none, &Target::heads()).unwrap();
        assert_eq!(run(model, &none, &up), bits(all.iter()));
        let down = graph.plan_downgrade(&all, &Target::base()).unwrap();
        assert_eq!(run(model, &all, &down), 0);
        let back: Vec<RevisionIndex> = down.steps.iter().rev().map(|step| step.revision).collect();
        assert_eq!(back, up.steps.iter().map(|step| step.revision).collect::<Vec<_>>());
    });
}

#[test]
fn every_revision_is_reached_and_left_as_the_definitions_say() {
    each_graph(4, |number, graph, model| {
        let states: Vec<Bits> = model.states().collect();
        let current = states[number / 4 % states.len()];
        // All states of the small graphs, one each of the many largest.
        let one = graph.len() == IDS.len();
        for &current in states.iter().filter(|&&state| !one || state == current) {
            let before = state(graph, current);
            for (target, id) in targets(graph) {
                let id: Target = id.parse().unwrap();
                let up = graph.plan_upgrade(&before, &id).unwrap();
                assert_eq!(run(model, &before, &up), current | model.closures[target]);
                let down = graph.plan_downgrade(&before, &id);
                assert_eq!(down.is_ok(), current >> target & 1 != 0, "{id} from {before:?}");
                let Ok(down) = down else { continue };
                let undone = model.resting_on(model.children(target), current);
                assert_eq!(run(model, &before, &down), current & !undone, "{id} from {before:?}");
            }
        }
    });
}

#[test]
fn lineages_are_left_and_stamped_as_the_definitions_say() {
    each_graph(32, |number, graph, model| {
        let states: Vec<Bits> = model.states().collect();
        let current = states[(number + number / 32) % states.len()];
        let before = state(graph, current);
        for (branch, name) in targets(graph) {
            let (lineage, own) = (model.lineage(branch), model.own_part(branch));
            let base: Target = format!("{name}@base").parse().unwrap();
            let undone = model.resting_on(own, current);
            let down = graph.plan_downgrade(&before, &base).unwrap();
            assert_eq!(run(model, &before, &down), current & !undone, "{base} from {before:?}");
            let after = graph.plan_stamp(&before, &base).unwrap();
            assert_eq!(bits(after.iter()), current & !undone, "stamp {base} from {before:?}");
            for (target, id) in targets(graph) {
                let text: Target = format!("{name}@{id}").parse().unwrap();
                let is_inside = lineage >> target & 1 != 0;
                let down = graph.plan_downgrade(&before, &text);
                assert_eq!(down.is_ok(), is_inside && current >> target & 1 != 0, "{text} from {before:?}");
                if let Ok(down) = down {
                    let undone = model.resting_on(model.children(target) & lineage, current);
                    assert_eq!(run(model, &before, &down), current & !undone, "{text} from {before:?}");
                }
                let after = graph.plan_stamp(&before, &text);
                assert_eq!(after.is_ok(), is_inside);
                if let Ok(after) = after {
                    let goal = model.closures[target];
                    let forgotten = model.resting_on(lineage & !goal, current);
                    assert_eq!(
                        bits(after.iter()),
                        current & !forgotten | goal,
                        "stamp {text} from {before:?}"
                    );
                }
            }
        }
    });
}

#[test]
fn one_step_up_and_one_step_down_is_the_identity_or_refused() {
    each_graph(32, |_, graph, model| {
        for current in model.states() {
            let before = state(graph, current);
            let down = graph.plan_downgrade(&before, &"-1".parse().unwrap());
            // With one head there is always one step down, be it a merge or a base; it never undoes more.
            assert_eq!(down.is_ok(), model.heads(current).count_ones() == 1, "-1 from {before:?}: {down:?}");
            let Ok(down) = down else { continue };
            assert_eq!(down.steps.len(), 1, "-1 from {before:?}");
            let head = down.steps[0].revision;
            let after = state(graph, run(model, &before, &down));
            let id = graph.revision(head).id();
            let up = graph.plan_upgrade(&after, &id.parse().unwrap()).unwrap();
            assert_eq!(run(model, &after, &up), current);
        }
    });
}
