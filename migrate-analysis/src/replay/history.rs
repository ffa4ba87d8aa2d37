use migrate_core::{
    Graph, Schema,
    graph::{Revision, RevisionIndex},
};

use super::{
    Origins, Replayed, Run, Script,
    foundation::{Foundation, below, foundation},
    run,
};

/// The scripts of a revision for one database.
#[derive(Clone, Debug, Default)]
pub struct RevisionScripts {
    /// The script that applies it.
    pub up: Option<Script>,
    /// The script that takes it back.
    pub down: Option<Script>,
    /// Whether there is an up script that could not be read. Then nothing is known behind it.
    pub is_unread: bool,
}

impl RevisionScripts {
    /// Carries the up script out.
    fn run(&self, schema: Schema) -> Run {
        let mut outcome = match &self.up {
            Some(up) => run(up, schema),
            None => Run { schema, events: Vec::new() },
        };
        outcome.schema.unknown.everything |= self.is_unread;
        outcome
    }
}

/// The scripts of one database for a whole graph.
#[derive(Clone, Debug)]
pub struct Replay {
    /// The scripts, a pair for each revision of the graph, in canonical order.
    pub scripts: Vec<RevisionScripts>,
    /// Where their statements stand.
    pub origins: Origins,
    /// What there is before the first revision.
    pub beginning: Schema,
    /// What there is at all heads together.
    pub head: Schema,
}

impl Replay {
    /// These scripts, before any of them has run.
    #[must_use]
    pub fn new(scripts: Vec<RevisionScripts>, origins: Origins, beginning: Schema) -> Self {
        Self { scripts, origins, head: beginning.clone(), beginning }
    }

    /// Carries out all up scripts, in canonical order, and shows each revision with the schema before and after it.
    /// Gives the schema at all heads together.
    ///
    /// The schema before a revision is that of all it rests on, and of nothing else.
    pub fn run(&self, graph: &Graph, mut visit: impl FnMut(Replayed<'_>)) -> Schema {
        let mut waiting = Waiting::new(graph);
        for (revision, scripts) in graph.revisions().zip(&self.scripts) {
            let index = revision.index();
            let foundations: Vec<RevisionIndex> = below(revision).collect();
            let before = self.at(graph, &foundations, &mut waiting);
            let Run { schema: after, events } = scripts.run(before.clone());
            visit(Replayed { index, scripts, before: &before, after: &after, events: &events });
            waiting.put(index, after);
        }
        let heads: Vec<RevisionIndex> = graph.heads().map(Revision::index).collect();
        self.at(graph, &heads, &mut waiting)
    }

    /// The schema after these revisions alone, which are carried out in canonical order.
    #[must_use]
    pub fn schema_of(&self, revisions: impl IntoIterator<Item = RevisionIndex>) -> Schema {
        let mut revisions: Vec<RevisionIndex> = revisions.into_iter().collect();
        revisions.sort_unstable();
        revisions.dedup();
        self.add(self.beginning.clone(), &revisions)
    }

    /// The schema at these revisions, of which some wait.
    fn at(&self, graph: &Graph, revisions: &[RevisionIndex], waiting: &mut Waiting) -> Schema {
        let Some(Foundation { base, missing }) = foundation(graph, revisions) else {
            return self.beginning.clone();
        };
        let schema = waiting.take(base).unwrap_or_else(|| self.beginning.clone());
        revisions.iter().filter(|&&other| other != base).for_each(|&other| drop(waiting.take(other)));
        self.add(schema, &missing)
    }

    /// The schema with what these revisions do to it. Where they cannot, what their statements name is unknown.
    fn add(&self, mut schema: Schema, revisions: &[RevisionIndex]) -> Schema {
        for index in revisions {
            if let Some(scripts) = self.scripts.get(index.0 as usize) {
                schema = scripts.run(schema).schema;
            }
        }
        schema
    }
}

/// The schemas that revisions further on will ask for.
struct Waiting {
    schemas: Vec<Option<Schema>>,
    /// How often each will be asked for.
    wanted: Vec<usize>,
}

impl Waiting {
    fn new(graph: &Graph) -> Self {
        let mut wanted = vec![0; graph.len()];
        let heads = graph.heads().map(Revision::index);
        for index in graph.revisions().flat_map(below).chain(heads) {
            wanted.iter_mut().skip(index.0 as usize).take(1).for_each(|count| *count += 1);
        }
        Self { schemas: vec![None; graph.len()], wanted }
    }

    fn put(&mut self, index: RevisionIndex, schema: Schema) {
        if let Some(place) = self.schemas.get_mut(index.0 as usize) {
            *place = Some(schema);
        }
    }

    /// The schema at a revision; it is forgotten once nobody will ask again.
    fn take(&mut self, index: RevisionIndex) -> Option<Schema> {
        let place = self.schemas.get_mut(index.0 as usize)?;
        let wanted = self.wanted.get_mut(index.0 as usize)?;
        *wanted = wanted.saturating_sub(1);
        if *wanted == 0 { place.take() } else { place.clone() }
    }
}
