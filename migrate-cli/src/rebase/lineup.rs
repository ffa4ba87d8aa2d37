use std::{collections::BTreeSet, fmt::Write as _};

use migrate_analysis::source::{Lock, LockEntry};
use migrate_core::{
    Graph,
    graph::{Revision, RevisionIndex, Target},
};

use crate::failure::Failure;

/// Heads that are to come into one line.
pub(super) struct Lineup<'g> {
    graph: &'g Graph,
    heads: Vec<Revision<'g>>,
    lock: Option<&'g Lock>,
}

/// A revision that goes behind others.
pub(super) struct Move<'g> {
    pub(super) revision: Revision<'g>,
    /// What it revises from now on.
    pub(super) parents: Vec<Revision<'g>>,
}

impl<'g> Lineup<'g> {
    pub(super) fn new(graph: &'g Graph, heads: &[String], lock: Option<&'g Lock>) -> Self {
        Self { graph, heads: heads.iter().filter_map(|id| graph.find(id)).collect(), lock }
    }

    /// The head that stays where it is: the one that is asked for, or the one that rests on something sealed which no
    /// other one rests on.
    pub(super) fn onto(&self, asked: Option<&Target>) -> Result<Revision<'g>, Failure> {
        let sealed: Vec<Revision<'g>> =
            self.heads.iter().copied().filter(|head| self.has_sealed_of_its_own(*head)).collect();
        let asked = asked.map(|target| self.graph.resolve(target, None)).transpose()?;
        match (&sealed[..], asked.as_deref()) {
            ([first, second, ..], _) => Err(Failure::refused(
                format!(
                    "`{}` and `{}` both rest on sealed revisions of their own, which stay where they are",
                    first.id(),
                    second.id()
                ),
                "merge them: `cargo migrate revision -m merge --head heads`",
            )),
            ([sealed], Some([asked])) if sealed != asked => Err(Failure::refused(
                format!(
                    "`{}` rests on sealed revisions, and does not go behind `{}`",
                    sealed.id(),
                    asked.id()
                ),
                "leave out `--onto`",
            )),
            ([onto], _) | ([], Some([onto])) => Ok(*onto),
            ([], _) => Err(self.undecided()),
        }
    }

    fn has_sealed_of_its_own(&self, head: Revision<'g>) -> bool {
        let others: BTreeSet<RevisionIndex> =
            self.heads.iter().filter(|other| **other != head).flat_map(|other| below(*other)).collect();
        below(head).difference(&others).any(|index| self.is_sealed(self.graph.revision(*index)))
    }

    fn is_sealed(&self, revision: Revision<'_>) -> bool {
        self.lock.and_then(|lock| lock.entry(revision.id())).is_some_and(LockEntry::is_sealed)
    }

    fn undecided(&self) -> Failure {
        let mut help = String::from("say which of them stays, and the others go behind it:");
        for head in &self.heads {
            let created = head.created().map(|date| format!(", {date} UTC")).unwrap_or_default();
            let _ = write!(
                help,
                "\n    cargo migrate rebase --onto {}  # {}{created}",
                head.id(),
                head.message()
            );
        }
        let message = format!(
            "the history has {} heads, and no sealed revision tells which one stays",
            self.heads.len()
        );
        Failure::usage(message, help)
    }

    /// What goes behind that head, in the order in which it is applied.
    ///
    /// One head after the other goes behind what is in line already, with all that it brings along. What rests on nothing
    /// that moves gets the end of the line as its parent; all else keeps those of its parents that move.
    pub(super) fn moves(&self, onto: Revision<'g>) -> Result<Vec<Move<'g>>, Failure> {
        let mut in_line = below(onto);
        let mut end = onto;
        let mut moves = Vec::new();
        for head in self.heads.iter().copied().filter(|head| *head != onto) {
            let part: BTreeSet<RevisionIndex> = below(head).difference(&in_line).copied().collect();
            for revision in part.iter().map(|index| self.graph.revision(*index)) {
                if self.is_sealed(revision) {
                    let message = format!("`{}` is sealed, and stays where it is", revision.id());
                    return Err(Failure::refused(
                        message,
                        "merge the branches: `cargo migrate revision -m merge --head heads`",
                    ));
                }
                let mut parents: Vec<Revision<'g>> =
                    revision.parents().filter(|parent| part.contains(&parent.index())).collect();
                if parents.is_empty() {
                    parents.push(end);
                }
                moves.push(Move { revision, parents });
            }
            in_line.extend(part);
            end = head;
        }
        Ok(moves)
    }
}

/// A revision and all that it rests on, in the order of the graph.
fn below(revision: Revision<'_>) -> BTreeSet<RevisionIndex> {
    let mut found = BTreeSet::new();
    let mut queue = vec![revision];
    while let Some(next) = queue.pop() {
        if found.insert(next.index()) {
            queue.extend(next.parents().chain(next.dependencies()));
        }
    }
    found
}
