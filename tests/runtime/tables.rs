//! The bookkeeping tables: whose they are, where they are, and what they say of things that are not ours.

use std::borrow::Cow;

use migrate_runtime::{Dialect, ErrorKind, Graph, Settings, Standing};
use sqlx::{AssertSqlSafe, Executor as _, MySqlPool, PgPool, postgres::PgPoolOptions};

use crate::{
    bookkeeping::{applied, heads, tables},
    history::drawn,
    site::{Site, on},
    walk::told,
};

on!([sqlite, postgres, mysql]:
    namespaces_do_not_see_each_other,
    hostile_namespaces_are_told_apart,
    namespaces_that_a_database_would_mistake_are_refused,
    prefixes_do_not_see_each_other,
    a_prefix_that_is_too_long_is_refused,
    foreign_tables_are_refused,
    tables_of_a_newer_format_are_refused,
    garbage_is_told,
    one_missing_table_is_made,
);
on!([postgres]:
    a_schema_has_tables_of_its_own,
    a_missing_schema_is_told,
    tables_in_a_later_schema_of_the_path_are_found,
);
on!([mysql]: another_database_has_tables_of_its_own, a_missing_database_is_told);
on!([sqlite]: a_schema_of_sqlite_is_refused);

async fn namespaces_do_not_see_each_other(site: Site) {
    let one = drawn(site.dialect(), "a; b < a");
    let two = drawn(site.dialect(), "x; y < x");
    site.on(&one).namespace("one").upgrade("a").await.unwrap();
    site.on(&two).namespace("two").upgrade("head").await.unwrap();
    assert_eq!(site.on(&one).namespace("one").current().await.unwrap(), ["a"]);
    assert_eq!(site.on(&two).namespace("two").current().await.unwrap(), ["y"]);
    assert_eq!(site.on(&one).status().await.unwrap().standing, Standing::Empty);
    site.on(&two).namespace("two").downgrade("base").await.unwrap();
    site.on(&one).namespace("one").upgrade("head").await.unwrap();
    assert_eq!(tables(&site).await, "a b");
    let rows = site.rows("SELECT namespace, generation FROM migrate_state ORDER BY namespace").await;
    assert_eq!(rows, ["one|2", "two|4"]);
}

async fn hostile_namespaces_are_told_apart(site: Site) {
    let names = [
        "",
        "a",
        "A",
        "ä",
        " a",
        "a' OR '1'='1",
        "a\\",
        "a\\'",
        "\"",
        "`",
        "--",
        "$$",
        "%",
        "_",
        "🦀",
        "\n.",
    ];
    let graph = drawn(site.dialect(), "a");
    for (index, name) in names.iter().enumerate() {
        let status = site.on(&graph).namespace(*name).status().await.unwrap();
        assert_eq!(status.standing, Standing::Empty, "{name:?} after {index}");
        site.on(&graph).namespace(*name).stamp("a").await.unwrap();
        assert_eq!(site.on(&graph).namespace(*name).current().await.unwrap(), ["a"], "{name:?}");
        let rows = site.rows("SELECT count(*) FROM migrate_version").await;
        assert_eq!(rows, [(index + 1).to_string()], "{name:?}");
    }
}

/// MySQL takes `a` and `a ` for equal; others cut.
async fn namespaces_that_a_database_would_mistake_are_refused(site: Site) {
    let graph = drawn(site.dialect(), "a");
    for name in [" ", "a ", "a\n", "a\0", &"n".repeat(256)] {
        let error = site.on(&graph).namespace(name).upgrade("head").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unsupported, "{name:?}");
    }
    site.on(&graph).namespace("n".repeat(255)).upgrade("head").await.unwrap();
}

fn prefixed(dialect: Dialect, prefix: &str) -> Graph {
    let graph = drawn(dialect, "a; b < a");
    let settings = Settings { prefix: Cow::Owned(prefix.to_owned()), ..Settings::DEFAULT };
    Graph::new(graph.editions().to_vec(), settings)
}

async fn prefixes_do_not_see_each_other(site: Site) {
    for prefix in
        ["migrate", "Other", "with blank", "quo\"te", "tick`", "o'clock", "bäck\\slash", "; DROP TABLE x; --"]
    {
        let graph = prefixed(site.dialect(), prefix);
        assert_eq!(site.on(&graph).status().await.unwrap().standing, Standing::Empty, "{prefix}");
        site.on(&graph).stamp("a").await.unwrap_or_else(|error| panic!("{prefix}: {error:?}"));
        site.on(&graph).upgrade("head").await.unwrap_or_else(|error| panic!("{prefix}: {error:?}"));
        assert!(site.on(&graph).upgrade("head").await.unwrap().is_empty(), "{prefix}");
        assert_eq!(site.on(&graph).current().await.unwrap(), ["b"], "{prefix}");
        site.rows("DROP TABLE t_b").await;
    }
}

async fn foreign_tables_are_refused(site: Site) {
    let graph = drawn(site.dialect(), "a");
    for (table, columns, expected) in [
        (
            "migrate_version",
            "version bigint",
            "the table `migrate_version` has a column `version` that is not ours",
        ),
        (
            "migrate_state",
            "namespace varchar(9), format integer",
            "the table `migrate_state` has no column `generation`",
        ),
        (
            "migrate_history",
            "id integer, namespace integer, colour integer",
            "the table `migrate_history` has a column `colour` that is not ours",
        ),
    ] {
        site.rows(&format!("CREATE TABLE {table} ({columns})")).await;
        let error = site.on(&graph).upgrade("head").await.unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Bookkeeping, expected));
        let error = site.on(&graph).stamp_purged("head").await.unwrap_err();
        assert_eq!(error.to_string(), expected);
        site.rows(&format!("DROP TABLE {table}")).await;
    }
    assert_eq!(tables(&site).await, "");
    site.on(&graph).upgrade("head").await.unwrap();
}

async fn tables_of_a_newer_format_are_refused(site: Site) {
    let graph = drawn(site.dialect(), "a; b < a");
    site.on(&graph).upgrade("a").await.unwrap();
    site.rows("UPDATE migrate_state SET format = 2").await;
    for error in [
        site.on(&graph).upgrade("head").await.unwrap_err(),
        site.on(&graph).downgrade("base").await.unwrap_err(),
        site.on(&graph).stamp_purged("b").await.unwrap_err(),
    ] {
        assert_eq!(
            told(&error),
            "Bookkeeping: `migrate_state` has format 2; this binary knows formats up to 1\n\
             help: a newer version of migrate-runtime wrote it: update this binary"
        );
    }
    // And where the newer format has a column more.
    site.rows("ALTER TABLE migrate_version ADD colour integer").await;
    let error = site.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Bookkeeping);
    assert!(error.hint().unwrap().contains("update this binary"), "{error:?}");
    assert_eq!(applied(&site).await, "a");
}

async fn garbage_is_told(site: Site) {
    let graph = drawn(site.dialect(), "a; b < a");
    site.on(&graph).upgrade("a").await.unwrap();
    for (garbage, column) in [
        (
            "UPDATE migrate_state SET running_revision = 'a', running_direction = 'sideways', running_statement = 0",
            "running_direction",
        ),
        (
            "UPDATE migrate_state SET running_revision = 'a', running_direction = 'up', running_statement = -1",
            "running_statement",
        ),
        ("UPDATE migrate_state SET running_revision = 'a', running_direction = NULL", "running_direction"),
        ("UPDATE migrate_state SET running_revision = NULL, format = -1", "format"),
        ("UPDATE migrate_state SET format = 1; UPDATE migrate_version SET is_head = 7", "is_head"),
    ] {
        site.rows(garbage).await;
        let error = site.on(&graph).upgrade("head").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Bookkeeping, "{garbage}: {error}");
        assert!(error.to_string().contains(&format!("`{column}`")), "{garbage}: {error}");
        assert!(error.hint().unwrap().contains("by hand"), "{error:?}");
    }
    site.rows("UPDATE migrate_version SET is_head = 1, fingerprint = 'garbage'").await;
    assert_eq!(site.on(&graph).upgrade("head").await.unwrap_err().kind(), ErrorKind::Diverged);
    site.on(&graph).stamp("a").await.unwrap();
    site.on(&graph).upgrade("head").await.unwrap();
}

async fn one_missing_table_is_made(site: Site) {
    let graph = drawn(site.dialect(), "a; b < a");
    site.on(&graph).upgrade("a").await.unwrap();
    site.rows("DROP TABLE migrate_history").await;
    site.on(&graph).upgrade("head").await.unwrap();
    assert_eq!(heads(&site).await, "b");
    site.rows("DELETE FROM migrate_state").await;
    assert!(site.on(&graph).upgrade("head").await.unwrap().is_empty());
    assert_eq!(site.rows("SELECT count(*) FROM migrate_state").await, ["1"]);
}

async fn a_schema_has_tables_of_its_own(site: Site) {
    site.rows("CREATE SCHEMA tenant_a; CREATE SCHEMA \"Tenant \"\"b\"\"\"").await;
    let graph = drawn(Dialect::Postgres, "a; b < a");
    site.on(&graph).upgrade("head").await.unwrap();
    for (schema, quoted) in [("tenant_a", "tenant_a"), ("Tenant \"b\"", "\"Tenant \"\"b\"\"\"")] {
        let status = site.on(&graph).schema(schema).status().await.unwrap();
        assert_eq!(status.standing, Standing::Empty, "{schema}");
        assert_eq!(site.on(&graph).schema(schema).upgrade("head").await.unwrap().steps.len(), 2);
        assert!(site.on(&graph).schema(schema).upgrade("head").await.unwrap().is_empty());
        site.rows(&format!("SELECT * FROM {quoted}.t_a, {quoted}.migrate_version")).await;
        site.on(&graph).schema(schema).downgrade("a").await.unwrap();
        assert_eq!(site.on(&graph).schema(schema).current().await.unwrap(), ["a"]);
    }
    assert_eq!(heads(&site).await, "b");
    let mut connection = site.connect().await;
    connection.on(&graph).schema("tenant_a").upgrade("head").await.unwrap();
    assert_eq!(connection.rows("SHOW search_path").await, ["\"$user\", public"]);
}

async fn a_missing_schema_is_told(site: Site) {
    let graph = drawn(Dialect::Postgres, "a");
    let error = site.on(&graph).schema("nosuch").upgrade("head").await.unwrap_err();
    assert_eq!(
        told(&error),
        "Bookkeeping: there is no schema `nosuch`\nhelp: create the schema first, or set `search_path`"
    );
}

/// As where each role has a schema of its own in front of the common one.
async fn tables_in_a_later_schema_of_the_path_are_found(site: Site) {
    let graph = drawn(Dialect::Postgres, "a; b < a");
    site.on(&graph).upgrade("a").await.unwrap();
    site.rows("CREATE SCHEMA mine").await;
    let options = PgPoolOptions::new().after_connect(|connection, _| {
        Box::pin(async move {
            connection.execute("SET search_path = mine, public").await?;
            Ok(())
        })
    });
    let pool: PgPool = options.connect(site.url()).await.unwrap();
    assert_eq!(graph.current(&pool).await.unwrap(), ["a"]);
    assert_eq!(graph.upgrade(&pool, "head").await.unwrap().steps.len(), 1);
    assert_eq!(heads(&site).await, "b");
    assert_eq!(site.rows("SELECT count(*) FROM pg_class WHERE relname = 'migrate_state'").await, ["1"]);
}

/// PostgreSQL cuts a name after 63 bytes, and would take the three tables for one.
async fn a_prefix_that_is_too_long_is_refused(site: Site) {
    let graph = prefixed(site.dialect(), &"p".repeat(55));
    site.on(&graph).upgrade("a").await.unwrap();
    assert_eq!(site.on(&graph).upgrade("head").await.unwrap().steps.len(), 1);
    for length in [0, 56, 60, 70] {
        let graph = prefixed(site.dialect(), &"p".repeat(length));
        let error = site.on(&graph).upgrade("head").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unsupported, "{length}: {error:?}");
        assert_eq!(site.on(&graph).status().await.unwrap_err().kind(), ErrorKind::Unsupported);
    }
}

async fn another_database_has_tables_of_its_own(site: Site) {
    let graph = drawn(Dialect::Mysql, "a; b < a");
    let other = format!("{} `b`", site.rows("SELECT DATABASE()").await[0]);
    let quoted = format!("`{}`", other.replace('`', "``"));
    site.rows(&format!("CREATE DATABASE {quoted}")).await;
    let outcome = async {
        site.on(&graph).upgrade("a").await?;
        site.on(&graph).schema(&*other).upgrade("head").await?;
        let nothing = site.on(&graph).schema(&*other).upgrade("head").await?;
        let mut connection = site.connect().await;
        let before = connection.rows("SELECT DATABASE()").await;
        connection.on(&graph).schema(&*other).downgrade("base").await?;
        assert_eq!(connection.rows("SELECT DATABASE()").await, before);
        Ok::<_, migrate_runtime::Error>(nothing)
    };
    let outcome = outcome.await;
    site.rows(&format!("DROP DATABASE {quoted}")).await;
    assert!(outcome.unwrap().is_empty());
    assert_eq!(heads(&site).await, "a");
}

async fn a_missing_database_is_told(site: Site) {
    let graph = drawn(Dialect::Mysql, "a");
    let error = site.on(&graph).schema("nosuch").upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Bookkeeping, "{error:?}");
    assert!(error.to_string().contains("nosuch"), "{error}");
    let (address, _) = site.url().rsplit_once('/').unwrap();
    let pool = MySqlPool::connect(address).await.unwrap();
    let error = graph.upgrade(&pool, "head").await.unwrap_err();
    assert_eq!(
        (error.kind(), error.to_string().as_str()),
        (ErrorKind::Bookkeeping, "the connection has chosen no database")
    );
    let _ = pool.execute(AssertSqlSafe("SELECT 1")).await.unwrap();
}

async fn a_schema_of_sqlite_is_refused(site: Site) {
    let graph = drawn(Dialect::Sqlite, "a");
    let error = site.on(&graph).schema("other").upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert_eq!(site.on(&graph).schema("other").status().await.unwrap_err().kind(), ErrorKind::Unsupported);
}
