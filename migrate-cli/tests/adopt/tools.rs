//! Each tool's table, taken over on each database.

use migrate_runtime::Dialect;

use crate::{
    books::{FILES, adopt, at},
    site::{Site, on},
    terminal::Terminal,
};

#[test]
fn what_is_applied_is_taken_over_and_the_rest_is_pending() {
    let commands = "cargo migrate adopt -D sqlite:app.db --dry-run
        cargo migrate adopt -D sqlite:app.db
        cat migrate.toml
        cargo migrate adopt -D sqlite:app.db
        cargo migrate check";
    insta::assert_snapshot!(adopt(FILES, &at(2), commands), @r#"
    $ cargo migrate adopt -D sqlite:app.db --dry-run
    golang-migrate: `schema_migrations` in `app.db`
    2 revisions would be taken over: `000001` to `000002`
    1 revision pending:
      000003  add due date
    migrate.toml: `layout = "golang-migrate"` and `baseline = "000002"` would be added
    $ cargo migrate adopt -D sqlite:app.db
    golang-migrate: `schema_migrations` in `app.db`
    2 revisions taken over: `000001` to `000002`
    1 revision pending:
      000003  add due date
    migrate.toml: `layout = "golang-migrate"` and `baseline = "000002"` added

    next: seal what has shipped with `cargo migrate lock 000002`, and let nothing migrate with golang-migrate any more.
    `schema_migrations` was read only; when no release needs it any more, drop it by hand.
    $ cat migrate.toml
    databases = ["sqlite"]
    layout = "golang-migrate"
    baseline = "000002"
    $ cargo migrate adopt -D sqlite:app.db
    golang-migrate: `schema_migrations` in `app.db`
    nothing to do: 2 revisions taken over already
    1 revision pending:
      000003  add due date
    migrate.toml: `baseline = "000002"` stays as it is

    next: seal what has shipped with `cargo migrate lock 000002`, and let nothing migrate with golang-migrate any more.
    `schema_migrations` was read only; when no release needs it any more, drop it by hand.
    $ cargo migrate check
    3 revisions (golang-migrate) for sqlite: nothing found
    "#);
}

#[test]
fn a_baseline_that_is_there_and_all_else_in_the_file_stays() {
    let files =
        format!("{FILES}== migrate.toml ==\n# ours\ndatabases = ['sqlite'] # for now\nbaseline = '000001'\n");
    let commands = "cargo migrate adopt -D sqlite:app.db\ncat migrate.toml";
    insta::assert_snapshot!(adopt(&files, &at(3), commands), @"
    $ cargo migrate adopt -D sqlite:app.db
    golang-migrate: `schema_migrations` in `app.db`
    3 revisions taken over: `000001` to `000003`
    migrate.toml: `baseline = '000001'` stays as it is

    next: seal what has shipped with `cargo migrate lock 000003`, and let nothing migrate with golang-migrate any more.
    `schema_migrations` was read only; when no release needs it any more, drop it by hand.
    $ cat migrate.toml
    # ours
    databases = ['sqlite'] # for now
    baseline = '000001'
    ");
}

#[test]
fn where_nothing_is_applied_there_is_nothing_to_take_over() {
    let books = "CREATE TABLE schema_migrations (version uint64, dirty bool)";
    insta::assert_snapshot!(adopt(FILES, books, "cargo migrate adopt -D sqlite:app.db\nls"), @"
    $ cargo migrate adopt -D sqlite:app.db
    golang-migrate: `schema_migrations` in `app.db` is empty: nothing is applied, and there is nothing to take over
    an upgrade applies all of it: 3 revisions pending
    $ ls
    Cargo.toml
    app.db
    migrations
    ");
}

#[test]
fn of_two_at_once_one_takes_over_and_the_other_finds_it_done() {
    let commands =
        "(cargo migrate adopt -D sqlite:app.db > a.out & cargo migrate adopt -D sqlite:app.db > b.out; wait)
        cat a.out b.out | grep -c '3 revisions taken over: `000001` to `000003`'
        cat a.out b.out | grep -c 'nothing to do: 3 revisions taken over already'
        cat migrate.toml";
    insta::assert_snapshot!(adopt(FILES, &at(3), commands), @r#"
    $ (cargo migrate adopt -D sqlite:app.db > a.out & cargo migrate adopt -D sqlite:app.db > b.out; wait)
    $ cat a.out b.out | grep -c '3 revisions taken over: `000001` to `000003`'
    1
    $ cat a.out b.out | grep -c 'nothing to do: 3 revisions taken over already'
    1
    $ cat migrate.toml
    databases = ["sqlite"]
    layout = "golang-migrate"
    baseline = "000003"
    "#);
}

on!([sqlite, postgres, mysql]: the_table_of_each_tool_is_read);
on!([postgres]: only_the_schema_that_is_meant_is_looked_into);

/// A tool: its name, its table with two of three migrations applied, and a directory of these.
struct Tool {
    name: &'static str,
    table: &'static str,
    columns: &'static str,
    rows: &'static str,
    files: [&'static str; 3],
    text: &'static str,
}

const TOOLS: [Tool; 4] = [
    Tool {
        name: "dbmate",
        table: "schema_migrations",
        columns: "version varchar(128) PRIMARY KEY",
        rows: "('20240101'), ('20240102')",
        files: ["20240101_a.sql", "20240102_b.sql", "20240103_c.sql"],
        text: "-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n",
    },
    Tool {
        name: "golang-migrate",
        table: "schema_migrations",
        columns: "version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL",
        rows: "(2, false)",
        files: ["000001_a.up.sql", "000002_b.up.sql", "000003_c.up.sql"],
        text: "SELECT 1;\n",
    },
    Tool {
        name: "goose",
        table: "goose_db_version",
        columns: "id integer PRIMARY KEY, version_id bigint NOT NULL, is_applied boolean NOT NULL",
        rows: "(1, 0, true), (2, 1, true), (3, 2, true), (4, 2, false), (5, 2, true), (6, 3, true), (7, 3, false)",
        files: ["00001_a.sql", "00002_b.sql", "00003_c.sql"],
        text: "-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n",
    },
    Tool {
        name: "sea-orm",
        table: "seaql_migrations",
        columns: "version varchar(255) PRIMARY KEY, applied_at bigint NOT NULL",
        rows: "('m20240101_a', 7), ('m20240102_b', 8)",
        files: ["m20240101_a.sql", "m20240102_b.sql", "m20240103_c.sql"],
        text: "-- revision: ID\n-- revises: BEFORE\n-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n",
    },
];

async fn the_table_of_each_tool_is_read(site: Site) {
    for Tool { name, table, columns, rows, files, text } in &TOOLS {
        site.rows(&format!("CREATE TABLE {table} ({columns})")).await;
        site.rows(&format!("INSERT INTO {table} VALUES {rows}")).await;
        let mut package = "\n== Cargo.toml ==\n[package]\n".to_owned();
        let mut before = String::new();
        for (number, file) in files.iter().enumerate() {
            let id = format!("revision{number}");
            let text = text.replace("ID", &id).replace("BEFORE", &before);
            package += &format!("== migrations/{file} ==\n{text}");
            before = id;
        }
        let told = Terminal::new(&package).run(&format!("cargo migrate adopt --dry-run -D '{}'", site.url()));
        let told = told.split_once('\n').expect("the command and its output").1;
        assert!(told.starts_with(&format!("{name}: `{table}` in ")), "{told}");
        assert!(
            told.contains("2 revisions would be taken over") && told.contains("1 revision pending"),
            "{told}"
        );
        let has_schema = told.contains("schema `");
        assert_eq!(has_schema, site.dialect() != Dialect::Sqlite, "{told}");
        site.rows(&format!("DROP TABLE {table}")).await;
    }
}

async fn only_the_schema_that_is_meant_is_looked_into(site: Site) {
    site.rows(&format!(
        "CREATE SCHEMA tenant; SET search_path = tenant; {}",
        at(3).replace("uint64", "bigint")
    ))
    .await;
    let terminal = Terminal::new(FILES);
    let told = terminal.run(&format!("cargo migrate adopt -D '{}'", site.url()));
    assert!(told.contains("no migration tool has kept its books in `test_"), "{told}");
    assert!(told.contains("help: there is `tenant.schema_migrations`: name its schema"), "{told}");

    let terminal =
        Terminal::new(&format!("{FILES}== migrate.toml ==\ndatabases = ['postgres']\nschema = 'tenant'\n"));
    let told = terminal.run(&format!("cargo migrate adopt -D '{}'", site.url()));
    assert!(told.contains("schema `tenant`\n3 revisions taken over"), "{told}");
    assert_eq!(site.rows("SELECT count(*) FROM tenant.migrate_version").await, ["3"]);
}
