//! What a category may look at.

use anyhow::Result;

use super::{
    answer,
    ask::Ask,
    file::{Expect, Question, Text},
    model::{Model, Set},
};

/// A question in the terms of the model.
pub(super) struct Facts<'q> {
    pub(super) model: Model,
    /// The rows, which need not be heads.
    pub(super) rows: Vec<usize>,
    /// What is applied.
    pub(super) current: Set,
    pub(super) command: &'q str,
    pub(super) asks: Vec<Ask>,
    pub(super) alembic: &'q Expect,
}

impl<'q> Facts<'q> {
    /// The facts, where the graph is one and its rows are known.
    pub(super) fn of(question: &'q Question) -> Result<Option<Self>> {
        let Ok(graph) = answer::graph(question) else { return Ok(None) };
        let model = Model::new(&graph)?;
        let row = |row: &String| model.ids.iter().position(|id| id == row);
        let Some(rows) = question.current.iter().map(row).collect::<Option<Vec<_>>>() else {
            return Ok(None);
        };
        let current = model.closure(rows.iter().fold(0, |all, &row| all | 1 << row));
        let mut asks = Vec::new();
        collect(&question.target, &model, &mut asks);
        let (command, alembic) = (&*question.command, &question.expect);
        Ok(Some(Self { model, rows, current, command, asks, alembic }))
    }

    /// The revisions from which the steps of an ask count: the applied heads, or the highest applied ones of a lineage.
    pub(super) fn standing(&self, ask: &Ask) -> Set {
        match ask.branch {
            None => self.model.heads(self.current),
            Some(_) => self.model.childless(self.current & ask.lineage(&self.model)),
        }
    }

    /// The revisions that the targets name, where they do not count from what is applied.
    pub(super) fn targets(&self) -> Set {
        self.asks.iter().fold(0, |all, ask| all | ask.revisions(&self.model))
    }

    /// Steps down, and the only revision from which they count.
    pub(super) fn steps_down(&self) -> Option<(&Ask, usize)> {
        let [ask] = &self.asks[..] else { return None };
        let starts = if ask.counts() { self.standing(ask) } else { ask.start(&self.model) };
        let start = self.model.members(starts).next()?;
        (ask.steps < 0 && starts.count_ones() == 1).then_some((ask, start))
    }

    /// The revisions of a set of ids.
    pub(super) fn set(&self, ids: &[String]) -> Set {
        let places = ids.iter().filter_map(|id| self.model.ids.iter().position(|other| other == id));
        places.fold(0, |all, one| all | 1 << one)
    }

    /// Whether one of these revisions rests on another.
    pub(super) fn overlaps(&self, of: Set) -> bool {
        self.model.heads(of) != of
    }
}

fn collect(text: &Text, model: &Model, asks: &mut Vec<Ask>) {
    match text {
        Text::One(text) => asks.push(Ask::new(text, model)),
        Text::Several(texts) => texts.iter().for_each(|text| collect(text, model, asks)),
    }
}
