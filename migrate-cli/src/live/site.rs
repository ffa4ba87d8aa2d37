use std::sync::Arc;

use migrate_runtime::{Database, Graph, On};

use super::arguments::Site;
use crate::{address, check::for_people, failure::Failure, loaded, package::Package};

/// A migration directory without errors, and a database.
pub(super) struct Live {
    pub(super) graph: Arc<Graph>,
    pub(super) database: Database,
}

impl Live {
    /// What the arguments name.
    ///
    /// # Errors
    /// Where no database is named, or the directory has errors: what does not compile is not run either.
    pub(super) fn open(site: &Site, colour: bool) -> Result<Self, Failure> {
        let package = Package::load(&site.place)?;
        let database = address::database(site.database_url.as_deref(), &package)?;
        let package = package.or_for(database.dialect());
        if package.report.is_refused() {
            return Err(Failure::refused(
                "the migration directory has errors, and is not run before they are mended",
                "`cargo migrate check` shows them by themselves",
            )
            .after(for_people(&package.report, colour)));
        }
        Ok(Self { graph: Arc::new(loaded::graph(&package)), database })
    }

    /// The graph on the database, as the arguments say.
    pub(super) fn on(&self, site: &Site) -> On<'_> {
        let mut on = self.graph.on(&self.database);
        if let Some(schema) = &site.schema {
            on = on.schema(schema);
        }
        if let Some(namespace) = &site.namespace {
            on = on.namespace(namespace);
        }
        on
    }

    /// What a revision does, in the author's words; empty where the directory does not know it.
    pub(super) fn message(&self, id: &str) -> &str {
        self.graph.find(id).map_or("", |revision| revision.message())
    }

    pub(super) fn failure(&self, error: migrate_runtime::Error) -> Failure {
        address::failure(&self.database, error)
    }
}
