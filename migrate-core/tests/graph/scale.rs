//! Large graphs: no recursion, nothing quadratic. Each would overflow the stack, or not end, otherwise.

use migrate_core::graph::{Applied, Declaration, Graph, GraphError, Revision};

const LONG: usize = 100_000;

fn chain(length: usize) -> Vec<Declaration> {
    let id = |number: usize| format!("r{number:06}");
    let parent = |number: usize| number.checked_sub(1).map(id);
    (0..length).map(|number| Declaration::new(&id(number), parent(number).as_deref())).collect()
}

/// Groups of a fork into three and their merge, with a dependency of each group on a side branch.
fn merges(groups: usize) -> Vec<Declaration> {
    let mut declarations = vec![Declaration::new("m0", [])];
    for group in 1..=groups {
        let below = format!("m{}", group - 1);
        let sides = ["x", "y", "z"].map(|side| format!("{side}{group}"));
        let lone = format!("lone{group}");
        declarations.push(Declaration::new(&lone, []));
        declarations.extend(sides.iter().map(|side| Declaration::new(side, [&*below])));
        declarations.push(
            Declaration::new(&format!("m{group}"), sides.iter().map(String::as_str)).depends_on([&*lone]),
        );
    }
    declarations
}

#[test]
fn a_long_chain_is_built_planned_and_undone() {
    let graph = Graph::new(chain(LONG)).unwrap();
    let none = Applied::none(&graph);
    let up = graph.plan_upgrade(&none, &"head".parse().unwrap()).unwrap();
    assert_eq!(up.steps.len(), LONG);
    let all = Applied::from_heads(&graph, graph.heads().map(Revision::index));
    assert!(graph.plan_upgrade(&all, &"heads".parse().unwrap()).unwrap().is_empty());
    for (target, steps) in [("base", LONG), ("-1000", 1000), ("r000000", LONG - 1), ("r000000@base", LONG)] {
        assert_eq!(graph.plan_downgrade(&all, &target.parse().unwrap()).unwrap().steps.len(), steps);
    }
    assert_eq!(graph.history(&":".parse().unwrap(), None).unwrap().len(), LONG);
    assert_eq!(all.heads().count(), 1);
    assert!(all.is_closed());
}

#[test]
fn a_long_cycle_is_shown() {
    let mut declarations = chain(LONG);
    declarations[0].revises = vec![format!("r{:06}", LONG - 1)];
    let findings = Graph::new(declarations).unwrap_err();
    let [GraphError::Cycle { path }] = &findings[..] else { panic!("{} findings", findings.len()) };
    assert_eq!((path.len(), &path[..3]), (LONG, &[0, LONG - 1, LONG - 2][..]));
}

#[test]
fn thousands_of_merges_with_dependencies_are_planned() {
    let graph = Graph::new(merges(2_000)).unwrap();
    let plan = graph.plan_upgrade(&Applied::none(&graph), &"m2000".parse().unwrap()).unwrap();
    assert!(plan.steps.is_sorted_by_key(|step| step.revision));
    assert_eq!((plan.steps.len(), graph.len()), (10_001, 10_001));
    let mut half = Applied::none(&graph);
    for step in &plan.steps[..5_000] {
        half.insert(step.revision);
    }
    assert!(half.is_closed());
    assert_eq!(plan.remaining(&half).steps, plan.steps[5_000..]);
    assert_eq!(graph.plan_upgrade(&half, &"m2000".parse().unwrap()).unwrap().steps.len(), 5_001);
    let all = Applied::from_heads(&graph, graph.heads().map(Revision::index));
    assert_eq!(graph.plan_downgrade(&all, &"m1".parse().unwrap()).unwrap().steps.len(), 4 * 1_999);
}

#[test]
fn a_wide_graph_is_built_and_its_heads_are_listed() {
    let leaf =
        |number| Declaration::new(&format!("leaf{number}"), ["root"]).labels([&*format!("label{number}")]);
    let leaves = (0..LONG).map(leaf);
    let graph = Graph::new(std::iter::once(Declaration::new("root", [])).chain(leaves).collect()).unwrap();
    assert_eq!(graph.heads().count(), LONG);
    let error = graph.plan_upgrade(&Applied::none(&graph), &"head".parse().unwrap()).unwrap_err();
    assert!(error.to_string().ends_with("and 99980 more"), "{error}");
}
