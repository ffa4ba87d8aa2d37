use std::fmt::Write as _;

use migrate_core::{
    Graph,
    graph::{Revision, Target},
};

use crate::failure::Failure;

/// The revisions that a new one follows: the only head, or those that `--head` names. `message` is that of the new one.
pub(super) fn parents<'g>(
    graph: &'g Graph,
    head: Option<&Target>,
    splice: bool,
    message: &str,
) -> Result<Vec<Revision<'g>>, Failure> {
    let Some(target) = head else {
        let heads: Vec<Revision<'g>> = graph.heads().collect();
        return if heads.len() > 1 { Err(several_heads(&heads, message)) } else { Ok(heads) };
    };
    let parents = graph.resolve(target, None)?;
    let child = parents.iter().find_map(|parent| Some((parent, parent.children().next()?)));
    match child.filter(|_| !splice) {
        None => Ok(parents),
        Some((parent, child)) => Err(Failure::usage(
            format!("`{}` is no head: `{}` revises it", parent.id(), child.id()),
            "leave out `--head` to go on at the end, or say `--splice` to begin a branch here",
        )),
    }
}

fn several_heads(heads: &[Revision<'_>], message: &str) -> Failure {
    let mut help = String::from("say which:");
    // A text with a NUL byte cannot be quoted, and cannot come from a command line.
    let message = shlex::try_quote(message).unwrap_or_default();
    let names: Vec<String> = heads.iter().map(|head| name(*head)).collect();
    let width = names.iter().map(String::len).max().unwrap_or_default();
    for (head, name) in heads.iter().zip(&names) {
        let _ = write!(
            help,
            "\n    cargo migrate revision -m {message} --head {name:<width$}  # {}",
            head.message()
        );
    }
    let _ = write!(help, "\n  or merge them first: cargo migrate revision -m merge --head heads");
    Failure::usage(format!("the history has {} heads, and a revision follows one", heads.len()), help)
}

/// The target that names a head: `<label>@head` where a label has this head alone, else its id.
fn name(head: Revision<'_>) -> String {
    let graph = head.graph();
    let labels = graph.tables().labels.iter().map(|row| row.name.of(&graph.tables().text));
    let mut targets = labels.map(|label| format!("{label}@head"));
    let names_it = |target: &String| {
        let target = target.parse().ok().and_then(|target: Target| graph.resolve(&target, None).ok());
        target.is_some_and(|named| named == [head])
    };
    targets.find(names_it).unwrap_or_else(|| head.id().to_owned())
}
