use ::refinery::{Runner, load_sql_migrations};
use migrate_runtime::Dialect;
use tokio_postgres::NoTls;

use crate::{
    history::history,
    package::Package,
    site::{Site, on},
};

on!([sqlite, postgres, mysql]: refinery_hands_over);

async fn refinery_hands_over(site: Site) {
    let files: Vec<(String, String)> = (1..)
        .zip(history(site.dialect()))
        .map(|(version, migration)| (format!("V{version}__{}.sql", migration.slug), migration.up.to_owned()))
        .collect();
    let Some(package) = Package::of(&site, &files) else { return };
    assert_eq!(run(&site, &package).await, 3);
    package.take_over("refinery", "refinery_schema_history", "3").await;
    assert_eq!(run(&site, &package).await, 0, "it checks its checksums, and finds nothing to do");
}

/// Applies what is pending; how many migrations that were.
async fn run(site: &Site, package: &Package<'_>) -> usize {
    let migrations = load_sql_migrations(package.directory()).expect("refinery reads the directory");
    let runner = Runner::new(&migrations);
    let url = site.url();
    let report = match site.dialect() {
        Dialect::Sqlite => {
            let path = url.trim_start_matches("sqlite://").trim_end_matches("?mode=rwc");
            runner.run(&mut rusqlite::Connection::open(path).expect("a connection"))
        }
        Dialect::Postgres => {
            let (mut client, connection) = tokio_postgres::connect(url, NoTls).await.expect("a connection");
            tokio::spawn(connection);
            runner.run_async(&mut client).await
        }
        Dialect::Mysql => {
            let mut pool = mysql_async::Pool::from_url(url).expect("a URL");
            runner.run_async(&mut pool).await
        }
    };
    report.expect("refinery migrates").applied_migrations().len()
}
