use migrate_runtime::Dialect;

use crate::{
    history::history,
    package::{Package, tool},
    site::{Site, on},
};

on!([sqlite, postgres, mysql]: alembic_hands_over);

/// Its environment at its simplest.
const ENV: &str = "
import sqlalchemy
from alembic import context

engine = sqlalchemy.create_engine(context.config.get_main_option('sqlalchemy.url'))
with engine.begin() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
";

/// The migrations are Python there, and were written anew here, with the same ids.
async fn alembic_hands_over(site: Site) {
    let Some(alembic) = tool("alembic") else { return };
    let ids = ["1975ea83b712", "ae1027a6acf4", "27c6a30d7c24"];
    let (mut files, mut scripts) = (Vec::new(), Vec::new());
    let mut parent = None;
    for (id, migration) in ids.into_iter().zip(history(site.dialect())) {
        let revises = parent.unwrap_or_default();
        let ours = format!(
            "-- {}\n--\n-- revision: {id}\n-- revises: {revises}\n\n-- migrate:up\n{}\n-- migrate:down\n{}",
            migration.slug, migration.up, migration.down
        );
        files.push((format!("{id}_{}.sql", migration.slug), ours));
        let down_revision = parent.map_or("None".to_owned(), |parent| format!("'{parent}'"));
        let theirs = format!(
            "from alembic import op\nrevision = '{id}'\ndown_revision = {down_revision}\n\
             def upgrade():\n    op.execute({:?})\ndef downgrade():\n    op.execute({:?})\n",
            migration.up, migration.down
        );
        scripts.push((format!("alembic/versions/{id}_{}.py", migration.slug), theirs));
        parent = Some(id);
    }
    let Some(package) = Package::of(&site, &files) else { return };
    for (name, text) in &scripts {
        package.write(name, text);
    }
    let url = match site.dialect() {
        Dialect::Sqlite => site.url().replace("sqlite://", "sqlite:///").replace("?mode=rwc", ""),
        Dialect::Postgres => site.url().replace("postgres://", "postgresql+pg8000://"),
        Dialect::Mysql => site.url().replace("mysql://", "mysql+pymysql://"),
    };
    package.write("alembic.ini", &format!("[alembic]\nscript_location = alembic\nsqlalchemy.url = {url}\n"));
    package.write("alembic/env.py", ENV);
    let (said, content) = package.run(&alembic, &["upgrade", "head"]);
    assert!(content, "{said}");
    package.take_over("alembic", "alembic_version", ids[2]).await;
    let (said, content) = package.run(&alembic, &["current"]);
    assert!(content && said.contains("27c6a30d7c24 (head)"), "{said}");
}
