use std::path::Path;

use migrate_runtime::Dialect;

use crate::{
    history::history,
    package::{Package, tool},
    site::{Site, on},
};

on!([sqlite, postgres, mysql]: dbmate_hands_over);

async fn dbmate_hands_over(site: Site) {
    let Some(dbmate) = tool("dbmate") else { return };
    let files: Vec<(String, String)> = (1..)
        .zip(history(site.dialect()))
        .map(|(day, migration)| {
            let text = format!("-- migrate:up\n{}\n-- migrate:down\n{}", migration.up, migration.down);
            (format!("202401{day:02}000000_{}.sql", migration.slug), text)
        })
        .collect();
    let Some(package) = Package::of(&site, &files) else { return };
    let url = match site.dialect() {
        Dialect::Sqlite => site.url().replace("sqlite://", "sqlite:").replace("?mode=rwc", ""),
        Dialect::Postgres => format!("{}?sslmode=disable", site.url()),
        Dialect::Mysql => site.url().to_owned(),
    };
    run(&package, &dbmate, &url, "migrate");
    package.take_over("dbmate", "schema_migrations", "20240103000000").await;
    let said = run(&package, &dbmate, &url, "status");
    assert!(said.contains("Applied: 3") && said.contains("Pending: 0"), "{said}");
}

fn run(package: &Package<'_>, dbmate: &Path, url: &str, command: &str) -> String {
    let arguments = ["--url", url, "--migrations-dir", "migrations", "--no-dump-schema", command];
    let (said, content) = package.run(dbmate, &arguments);
    assert!(content, "{said}");
    said
}
