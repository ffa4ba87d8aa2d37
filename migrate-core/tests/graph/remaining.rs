//! What is left of a plan when others have done part of it.

use migrate_core::graph::{Applied, Graph, Plan};

use crate::drawing::{applied, graph};

fn shown(graph: &Graph, plan: &Plan, applied: &Applied<'_>) -> String {
    let steps = plan.remaining(applied).steps;
    steps.iter().map(|step| graph.revision(step.revision).id()).collect::<Vec<_>>().join(" ")
}

#[test]
fn of_an_upgrade_what_is_not_applied_yet() {
    let graph = graph("a; b < a; c < b");
    let plan = graph.plan_upgrade(&Applied::none(&graph), &"head".parse().unwrap()).unwrap();
    assert_eq!(shown(&graph, &plan, &applied(&graph, "")), "a b c");
    assert_eq!(shown(&graph, &plan, &applied(&graph, "b")), "c");
    assert!(plan.remaining(&applied(&graph, "c")).is_empty());
}

#[test]
fn of_a_downgrade_what_is_still_applied() {
    let graph = graph("a; b < a; c < b");
    let plan = graph.plan_downgrade(&applied(&graph, "c"), &"base".parse().unwrap()).unwrap();
    assert_eq!(shown(&graph, &plan, &applied(&graph, "c")), "c b a");
    assert_eq!(shown(&graph, &plan, &applied(&graph, "a")), "a");
    assert!(plan.remaining(&applied(&graph, "")).is_empty());
}
