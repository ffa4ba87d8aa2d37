use std::borrow::Cow;

use futures_core::future::BoxFuture;
use include_dir::Dir;
use migrate_core::{
    Dialect,
    graph::{Direction, Revision},
};

use crate::{
    Connectable, Diagnosis, Error, ErrorKind, HistoryEntry, On, PlannedStep, Report, Resolution, Result,
    Settings, Status, executor::target_error,
};

/// The migrations of a service: the revision graph, its scripts for each database, and the files they came from.
///
/// [`embed_migrations!`](crate::embed_migrations) makes one at compile time:
///
/// ```ignore
/// static MIGRATIONS: Graph = migrate_runtime::embed_migrations!();
/// ```
///
/// A graph that is loaded at run time is made of [editions](Edition) by [`Graph::new`]; it is run by the same code.
#[derive(Clone, Debug)]
pub struct Graph {
    editions: Cow<'static, [Edition]>,
    sources: Dir<'static>,
    settings: Settings,
    answers_any_id: bool,
}

/// The graph with the scripts of one database.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Which database's SQL the scripts are written in.
    pub dialect: Dialect,
    /// The revisions.
    pub graph: migrate_core::Graph,
}

impl Graph {
    /// The graph of these editions, which are of the same revisions.
    #[must_use]
    pub fn new(editions: Vec<Edition>, settings: Settings) -> Self {
        Self { editions: Cow::Owned(editions), sources: Dir::new("", &[]), settings, answers_any_id: false }
    }

    /// The graph that the compiler built.
    pub(crate) const fn embedded(
        editions: &'static [Edition],
        sources: Dir<'static>,
        settings: Settings,
    ) -> Self {
        Self { editions: Cow::Borrowed(editions), sources, settings, answers_any_id: false }
    }

    /// What stands in for a graph that did not compile, so that no second error follows the first.
    pub(crate) const fn stub() -> Self {
        Self {
            editions: Cow::Borrowed(&[]),
            sources: Dir::new("", &[]),
            settings: Settings::DEFAULT,
            answers_any_id: true,
        }
    }

    /// The editions, one a database.
    #[must_use]
    pub fn editions(&self) -> &[Edition] {
        &self.editions
    }

    /// The graph for one database; `None` where it was not embedded for it.
    #[must_use]
    pub fn edition(&self, dialect: Dialect) -> Option<&migrate_core::Graph> {
        self.editions.iter().find(|edition| edition.dialect == dialect).map(|edition| &edition.graph)
    }

    /// The files that were embedded, so that a binary can print or export what it ships. Empty where the graph was
    /// loaded at run time.
    #[must_use]
    pub const fn sources(&self) -> &Dir<'static> {
        &self.sources
    }

    /// What `migrate.toml` says about the run.
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Whether there is a revision with exactly this id. It works in a `const`; [`revision!`](crate::revision) is built
    /// on it.
    #[must_use]
    pub const fn contains(&self, id: &str) -> bool {
        if self.answers_any_id {
            return true;
        }
        let editions = match &self.editions {
            Cow::Borrowed(editions) => *editions,
            Cow::Owned(editions) => editions.as_slice(),
        };
        match editions {
            [first, ..] => first.graph.find(id).is_some(),
            [] => false,
        }
    }

    /// The revision with exactly this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<Revision<'_>> {
        self.editions.first()?.graph.find(id)
    }

    /// All revisions, in the order in which they are applied.
    pub fn revisions(&self) -> impl DoubleEndedIterator<Item = Revision<'_>> {
        self.editions.first().into_iter().flat_map(|edition| edition.graph.revisions())
    }

    /// The heads: the revisions that nothing revises. There is one, unless `migrate.toml` declares branches.
    #[must_use]
    pub fn heads(&self) -> Vec<Revision<'_>> {
        self.revisions().filter(|revision| revision.is_head()).collect()
    }

    pub(crate) fn edition_for(&self, dialect: Dialect) -> Result<&migrate_core::Graph> {
        self.edition(dialect).ok_or_else(|| {
            let names: Vec<_> =
                self.editions.iter().map(|edition| format!("`{}`", edition.dialect)).collect();
            let names = if names.is_empty() { "no database".to_owned() } else { names.join(", ") };
            Error::new(
                ErrorKind::WrongDatabase,
                format!("this is a {dialect} database; the graph is for {names}"),
            )
            .with_hint(format!(
                "name it: `databases = [\"{dialect}\"]` in migrate.toml, or in `embed_migrations!`"
            ))
        })
    }
}

/// The verbs, with the default options; [`on`](Graph::on) sets others.
impl Graph {
    /// This graph on a database, with options to set.
    pub fn on<'c>(&'c self, on: impl Connectable<'c>) -> On<'c> {
        On::new(self, on)
    }

    /// Applies what `target` needs and is not applied yet.
    ///
    /// `head` (the default of most callers) is everything; see the table of targets in the crate's documentation for the
    /// others. Where nothing is to be done this takes one query, no lock and no transaction. Where several runners begin
    /// at once, one works and the others wait.
    ///
    /// # Errors
    /// [`ErrorKind`] lists them. What was applied before the failing step stays applied.
    pub fn upgrade<'c>(&'c self, on: impl Connectable<'c>, target: &str) -> BoxFuture<'c, Result<Report>> {
        self.on(on).upgrade(target)
    }

    /// Undoes what rests on `target`, the newest first; `base` undoes everything, `-1` the last revision.
    ///
    /// # Errors
    /// [`ErrorKind`] lists them; [`ErrorKind::Irreversible`] comes before anything is undone.
    pub fn downgrade<'c>(&'c self, on: impl Connectable<'c>, target: &str) -> BoxFuture<'c, Result<Report>> {
        self.on(on).downgrade(target)
    }

    /// Writes down that `target`, and what it rests on, is applied and nothing else, without running a script.
    ///
    /// It takes over a schema that was made by other means, and ends an interrupted step that was finished by hand.
    ///
    /// # Errors
    /// [`ErrorKind`] lists them.
    pub fn stamp<'c>(&'c self, on: impl Connectable<'c>, target: &str) -> BoxFuture<'c, Result<Report>> {
        self.on(on).stamp(target)
    }

    /// Says what became of the statement in doubt of an interrupted step, where an upgrade or a downgrade could not find
    /// out and failed with [`ErrorKind::Interrupted`]. `statement` is its number in the script, from 1, as the error
    /// names it. The next upgrade or downgrade goes on behind it, or runs it again.
    ///
    /// # Errors
    /// [`ErrorKind::NothingInDoubt`] where no step is interrupted there.
    pub fn resolve<'c>(
        &'c self,
        on: impl Connectable<'c>,
        revision: &str,
        statement: usize,
        resolution: Resolution,
    ) -> BoxFuture<'c, Result<Report>> {
        self.on(on).resolve(revision, statement, resolution)
    }

    /// The heads in the database: ids, sorted.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn current<'c>(&'c self, on: impl Connectable<'c>) -> BoxFuture<'c, Result<Vec<String>>> {
        self.on(on).current()
    }

    /// How the database stands to this graph. It is one query, and needs no right but to read.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn status<'c>(&'c self, on: impl Connectable<'c>) -> BoxFuture<'c, Result<Status>> {
        self.on(on).status()
    }

    /// Looks for what is wrong with the database, or in the way of the next run: transactions that are open for long,
    /// sessions that wait, invalid indexes, interrupted steps, rows of the bookkeeping tables that do not hang together,
    /// missing rights, tables without transactions, a damaged or unwritable file. Each comes with what to do about it.
    ///
    /// Nothing is changed, and no more than the right to read is needed; what cannot be seen is said.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn doctor<'c>(&'c self, on: impl Connectable<'c>) -> BoxFuture<'c, Result<Diagnosis>> {
        self.on(on).doctor()
    }

    /// The steps that an upgrade or a downgrade to `target` would take; nothing is changed.
    ///
    /// # Errors
    /// Those of the run itself, where they can be known before.
    pub fn plan<'c>(
        &'c self,
        on: impl Connectable<'c>,
        direction: Direction,
        target: &str,
    ) -> BoxFuture<'c, Result<Vec<PlannedStep>>> {
        self.on(on).plan(direction, target)
    }

    /// The revisions of a range such as `base:head` or `abc123:`, the newest first, without a database; empty: all.
    ///
    /// # Errors
    /// [`ErrorKind::Target`].
    pub fn history(&self, range: &str) -> Result<Vec<HistoryEntry>> {
        let Some(Edition { graph, .. }) = self.editions.first() else { return Ok(Vec::new()) };
        let listed = range.parse().and_then(|range| graph.history(&range, None));
        let listed = listed.map_err(|error| target_error(&error))?;
        Ok(listed.into_iter().map(HistoryEntry::of).collect())
    }
}
