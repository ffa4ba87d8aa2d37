use ::diesel::{Connection as _, SqliteConnection};
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use migrate_runtime::Dialect;

use crate::{
    history::history,
    package::Package,
    site::{Site, on},
};

on!([sqlite, postgres, mysql]: diesel_hands_over);

async fn diesel_hands_over(site: Site) {
    let mut files = Vec::new();
    for (day, migration) in (1..).zip(history(site.dialect())) {
        let name = format!("2024-01-{day:02}-000000_{}", migration.slug);
        files.push((format!("{name}/up.sql"), migration.up.to_owned()));
        files.push((format!("{name}/down.sql"), migration.down.to_owned()));
    }
    let Some(package) = Package::of(&site, &files) else { return };
    if run(&site, &package).is_none() {
        eprintln!("skipped: built without the library of C for {}", site.dialect());
        return;
    }
    package.take_over("diesel", "__diesel_schema_migrations", "2024-01-03-000000").await;
    assert_eq!(run(&site, &package), Some(0), "it finds nothing to do");
}

/// Applies what is pending; how many migrations that were. `None` where Diesel cannot connect as it was built.
fn run(site: &Site, package: &Package<'_>) -> Option<usize> {
    let migrations = FileBasedMigrations::from_path(package.directory()).expect("diesel reads the directory");
    let url = site.url();
    match site.dialect() {
        Dialect::Sqlite => {
            let path = url.trim_start_matches("sqlite://").trim_end_matches("?mode=rwc");
            Some(pending(SqliteConnection::establish(path).expect("a connection"), migrations))
        }
        #[cfg(feature = "libpq")]
        Dialect::Postgres => {
            Some(pending(::diesel::PgConnection::establish(url).expect("a connection"), migrations))
        }
        #[cfg(feature = "libmariadb")]
        Dialect::Mysql => {
            Some(pending(::diesel::MysqlConnection::establish(url).expect("a connection"), migrations))
        }
        #[cfg(not(all(feature = "libpq", feature = "libmariadb")))]
        _ => None,
    }
}

fn pending<DB: ::diesel::backend::Backend>(
    mut connection: impl MigrationHarness<DB>,
    migrations: FileBasedMigrations,
) -> usize {
    connection.run_pending_migrations(migrations).expect("diesel migrates").len()
}
