use ::sqlx::migrate::Migrator;

use crate::{
    database::Pool,
    history::history,
    package::Package,
    site::{Site, on},
};

on!([sqlite, postgres, mysql]: sqlx_hands_over);

async fn sqlx_hands_over(site: Site) {
    let mut files = Vec::new();
    for (day, migration) in (1..).zip(history(site.dialect())) {
        let name = format!("202401{day:02}000000_{}", migration.slug);
        files.push((format!("{name}.up.sql"), migration.up.to_owned()));
        files.push((format!("{name}.down.sql"), migration.down.to_owned()));
    }
    let Some(package) = Package::of(&site, &files) else { return };
    run(&site, &package).await;
    package.take_over("sqlx", "_sqlx_migrations", "20240103000000").await;
    // It checks its checksums, and finds nothing to do.
    run(&site, &package).await;
    assert_eq!(site.rows("SELECT count(*) FROM _sqlx_migrations").await, ["3"]);
}

async fn run(site: &Site, package: &Package<'_>) {
    let migrator = Migrator::new(package.directory()).await.expect("sqlx reads the directory");
    match &**site {
        Pool::Sqlite(pool) => migrator.run(pool).await,
        Pool::Postgres(pool) => migrator.run(pool).await,
        Pool::Mysql(pool) => migrator.run(pool).await,
    }
    .expect("sqlx migrates");
}
