//! Graphs drawn in names, and the few calls through which the tests reach the planner.
//!
//! `a; b1,b2 < a; c < b1,b2; d < c & b2 [label] @2025` : several names before `<` are several revisions; `<` names
//! parents, `&` dependencies, `[..]` labels and `@` the date.

use migrate_core::graph::{
    Applied, Declaration, Direction, Graph, Plan, Range, Revision, RevisionIndex, TargetError,
};

/// The graph of a drawing.
pub(crate) fn graph(drawing: &str) -> Graph {
    Graph::new(declarations(drawing)).unwrap_or_else(|findings| panic!("{drawing}: {findings:?}"))
}

pub(crate) fn declarations(drawing: &str) -> Vec<Declaration> {
    drawing.split(';').flat_map(revisions).collect()
}

fn revisions(drawing: &str) -> Vec<Declaration> {
    let marks = ['<', '&', '[', '@'];
    let part = |mark: char| {
        let after = drawing.split_once(mark).map_or("", |(_, after)| after);
        names(after.split(marks).next().unwrap_or_default())
    };
    let declare = |id: &str| Declaration {
        created: part('@').first().map(|&date| date.into()),
        ..Declaration::new(id, part('<')).depends_on(part('&')).labels(part('['))
    };
    names(drawing.split(marks).next().unwrap_or_default()).into_iter().map(declare).collect()
}

fn names(text: &str) -> Vec<&str> {
    text.split([',', ' ', ']', '\n']).filter(|name| !name.is_empty()).collect()
}

pub(crate) fn index(graph: &Graph, id: &str) -> RevisionIndex {
    graph.find(id).unwrap_or_else(|| panic!("{id} is not drawn")).index()
}

/// The state whose heads are these, separated by blanks.
pub(crate) fn applied<'g>(graph: &'g Graph, heads: &str) -> Applied<'g> {
    Applied::from_heads(graph, heads.split_whitespace().map(|id| index(graph, id)))
}

/// Checks a table of commands on a drawing. A line is `command target from heads -> outcome`; `from` may be missing
/// where nothing is applied. The outcome is a plan and the heads after it, or a message and, on the next line, its help.
#[track_caller]
pub(crate) fn check(drawing: &str, table: &str) {
    let graph = graph(drawing);
    let (mut expected, mut actual) = (String::new(), String::new());
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        expected += &format!("{line}\n");
        if let Some((command, _)) = line.split_once("->") {
            actual += &format!("{} -> {}\n", command.trim(), outcome(&graph, command));
        }
    }
    assert_eq!(actual, expected, "\n{drawing}\nexpected:\n{expected}\nactual:\n{actual}");
}

fn outcome(graph: &Graph, line: &str) -> String {
    let (command, from) = line.trim().split_once(" from ").unwrap_or((line.trim(), ""));
    let (command, target) = command.split_once(' ').expect("a command has a target");
    match run(graph, &applied(graph, from), command, target.trim()) {
        Ok(text) if text.is_empty() => "nothing".into(),
        Ok(text) => text.trim().into(),
        Err(error) => format!("error: {error}\nhelp: {}", error.help()),
    }
}

fn run(graph: &Graph, current: &Applied<'_>, command: &str, text: &str) -> Result<String, TargetError> {
    match command {
        "upgrade" => graph.plan_upgrade(current, &text.parse()?).map(|plan| steps(graph, current, &plan)),
        "downgrade" => graph.plan_downgrade(current, &text.parse()?).map(|plan| steps(graph, current, &plan)),
        "stamp" => graph.plan_stamp(current, &text.parse()?).map(|after| format!("={}", heads(&after))),
        "show" => Ok(ids(graph.resolve(&text.parse()?, Some(current))?)),
        "show-offline" => Ok(ids(graph.resolve(&text.parse()?, None)?)),
        "history" => Ok(ids(graph.history(&text.parse()?, Some(current))?)),
        "history-offline" => Ok(ids(graph.history(&text.parse()?, None)?)),
        "upgrade-offline" => offline(graph, &text.parse()?, Direction::Up),
        "downgrade-offline" => offline(graph, &text.parse()?, Direction::Down),
        _ => panic!("no command {command}"),
    }
}

fn offline(graph: &Graph, range: &Range, direction: Direction) -> Result<String, TargetError> {
    let (before, plan) = graph.plan_range(range, direction)?;
    Ok(format!("from{}:{}", heads(&before), steps(graph, &before, &plan)))
}

/// `+a +b(c) = b`: a and b are applied, b because it comes with c; the heads afterwards. It checks every step.
fn steps(graph: &Graph, current: &Applied<'_>, plan: &Plan) -> String {
    let mut text = String::new();
    let mut state = current.clone();
    for step in &plan.steps {
        let id = graph.revision(step.revision).id();
        let changed = match step.direction {
            Direction::Up => state.insert(step.revision),
            Direction::Down => state.remove(step.revision),
        };
        assert!(changed, "the step of {id} changes something");
        assert!(state.is_closed(), "the step of {id} leaves the state closed");
        text += if step.direction == Direction::Up { " +" } else { " -" };
        text += id;
        if let Some(with) = step.comes_with {
            text += &format!("({})", graph.revision(with).id());
        }
    }
    format!("{text} ={}", heads(&state))
}

pub(crate) fn heads(applied: &Applied<'_>) -> String {
    applied.heads().map(|head| format!(" {}", head.id())).collect()
}

pub(crate) fn ids<'g>(revisions: impl IntoIterator<Item = Revision<'g>>) -> String {
    revisions.into_iter().map(Revision::id).collect::<Vec<_>>().join(" ")
}
