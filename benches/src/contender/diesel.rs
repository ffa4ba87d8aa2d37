use std::{fmt, rc::Rc};

use anyhow::{Result, anyhow};
use diesel::{
    Connection, SqliteConnection,
    backend::Backend,
    connection::BoxableConnection,
    migration::{self, Migration, MigrationMetadata, MigrationName, MigrationSource, MigrationVersion},
};
use diesel_migrations::MigrationHarness;
use migrate_core::Dialect;

use super::{Contender, Open, Run};
use crate::{history::History, place::Place, table::Column};

pub(super) const CONTENDER: Contender = Contender { column: Column::Diesel, cannot, load };

fn cannot(dialect: Dialect) -> Option<&'static str> {
    match dialect {
        Dialect::Postgres if !cfg!(feature = "libpq") => {
            Some("built without the feature `libpq` (Debian: libpq-dev)")
        }
        Dialect::Mysql if !cfg!(feature = "libmariadb") => {
            Some("built without the feature `libmariadb` (Debian: libmariadb-dev)")
        }
        Dialect::Sqlite | Dialect::Postgres | Dialect::Mysql => None,
    }
}

fn load(history: &History) -> Result<Open> {
    let scripts = history.revisions.iter().map(|revision| Script {
        name: Name { version: revision.version().to_string(), slug: revision.slug.clone() },
        up: revision.up.clone(),
    });
    let scripts = Rc::new(Scripts(scripts.map(Rc::new).collect()));
    Ok(Box::new(move |place| {
        let scripts = Rc::clone(&scripts);
        match place.dialect {
            Dialect::Sqlite => {
                let connection = SqliteConnection::establish(&place.file().to_string_lossy())?;
                Ok(run(connection, scripts))
            }
            dialect => server(dialect, place, scripts),
        }
    }))
}

#[cfg_attr(
    not(any(feature = "libpq", feature = "libmariadb")),
    expect(unused_variables, reason = "no server is compiled in")
)]
fn server(dialect: Dialect, place: &Place, scripts: Rc<Scripts>) -> Result<Run> {
    #[cfg(feature = "libpq")]
    if dialect == Dialect::Postgres {
        return Ok(run(diesel::PgConnection::establish(place.url.as_str())?, scripts));
    }
    #[cfg(feature = "libmariadb")]
    if dialect == Dialect::Mysql {
        return Ok(run(diesel::MysqlConnection::establish(place.url.as_str())?, scripts));
    }
    Err(anyhow!("{}", cannot(dialect).unwrap_or("it has no connection")))
}

fn run<DB, C>(mut connection: C, scripts: Rc<Scripts>) -> Run
where
    DB: Backend,
    C: MigrationHarness<DB> + 'static,
{
    Box::new(move || {
        connection.run_pending_migrations(&*scripts).map_err(|error| anyhow!("{error}"))?;
        Ok(())
    })
}

/// The history in memory, as `embed_migrations!` has it: the source of Diesel's own that takes scripts at run time
/// reads them from the disk each time.
struct Scripts(Vec<Rc<Script>>);

struct Script {
    name: Name,
    up: String,
}

struct Name {
    version: String,
    slug: String,
}

struct InTransaction;

impl<DB: Backend> MigrationSource<DB> for &Scripts {
    fn migrations(&self) -> migration::Result<Vec<Box<dyn Migration<DB>>>> {
        Ok(self
            .0
            .iter()
            .map(|script| Box::new(Embedded(Rc::clone(script))) as Box<dyn Migration<DB>>)
            .collect())
    }
}

struct Embedded(Rc<Script>);

impl<DB: Backend> Migration<DB> for Embedded {
    fn run(&self, connection: &mut dyn BoxableConnection<DB>) -> migration::Result<()> {
        Ok(connection.batch_execute(&self.0.up)?)
    }

    fn revert(&self, _: &mut dyn BoxableConnection<DB>) -> migration::Result<()> {
        Err("nothing is reverted here".into())
    }

    fn metadata(&self) -> &dyn MigrationMetadata {
        &InTransaction
    }

    fn name(&self) -> &dyn MigrationName {
        &self.0.name
    }
}

impl MigrationMetadata for InTransaction {}

impl MigrationName for Name {
    fn version(&self) -> MigrationVersion<'_> {
        (&self.version).into()
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.version, self.slug)
    }
}
