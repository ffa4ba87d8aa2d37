//! Every short text as a target and as a range.

use migrate_core::graph::{Direction, Range, Target};

use crate::drawing::{applied, graph};

const LETTERS: [&str; 9] = ["a", "é", "-", "+", "@", "1", "0", ",", ":"];

/// Every text of up to four of the letters, and of these with a word in front.
fn each_text(check: impl Fn(&str)) {
    for word in ["", "head", "base", "current"] {
        let mut texts = vec![word.to_owned()];
        for _ in 0..if word.is_empty() { 4 } else { 3 } {
            texts = texts.iter().flat_map(|text| LETTERS.map(|letter| format!("{text}{letter}"))).collect();
            texts.iter().for_each(|text| check(text));
        }
    }
}

#[test]
fn a_target_and_a_range_are_shown_as_they_were_written() {
    each_text(|text| {
        if let Ok(target) = text.parse::<Target>() {
            assert_eq!(target.to_string(), text);
        }
        if let Ok(range) = text.parse::<Range>() {
            let whole = if text.contains(':') { text.to_owned() } else { format!(":{text}") };
            assert_eq!(range.to_string(), whole);
        }
    });
}

#[test]
fn no_text_makes_the_planner_panic_and_each_refusal_has_a_message_and_a_help() {
    let graph = graph("a; é < a [a-1]; a1 < é & a; aa < a");
    let current = applied(&graph, "a1");
    let is_told = |error: migrate_core::graph::TargetError| {
        assert!(!error.to_string().is_empty() && !error.help().is_empty(), "{error:?}");
    };
    each_text(|text| {
        if let Ok(target) = text.parse::<Target>() {
            graph.plan_upgrade(&current, &target).map_or_else(is_told, drop);
            graph.plan_downgrade(&current, &target).map_or_else(is_told, drop);
            graph.plan_stamp(&current, &target).map_or_else(is_told, drop);
            graph.resolve(&target, Some(&current)).map_or_else(is_told, drop);
            graph.resolve(&target, None).map_or_else(is_told, drop);
        }
        if let Ok(range) = text.parse::<Range>() {
            graph.history(&range, Some(&current)).map_or_else(is_told, drop);
            graph.plan_range(&range, Direction::Up).map_or_else(is_told, drop);
            graph.plan_range(&range, Direction::Down).map_or_else(is_told, drop);
        }
    });
}
