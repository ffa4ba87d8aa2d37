//! Names and texts that would like to be SQL: they are stored as they are, and nothing else happens.

use migrate_runtime::{Dialect, Graph, Settings, sqlx};
use sqlx::{Executor as _, MySqlPool, PgPool, mysql::MySqlPoolOptions, postgres::PgPoolOptions};

use crate::{
    bookkeeping::errors,
    database::Pool,
    history::{chain, drawn, history},
    site::{Site, on},
};

on!([sqlite, postgres, mysql]:
    ids_labels_and_messages_are_stored_exactly,
    scripts_are_run_and_stored_exactly,
    an_id_of_255_bytes_is_kept,
    ids_that_differ_in_case_or_accent_are_two,
    a_namespace_is_a_text,
    a_prefix_is_a_part_of_a_name,
    an_error_is_stored_exactly,
);
on!([postgres, mysql]: a_schema_is_a_name);
on!([postgres]: they_are_stored_exactly_whatever_postgres_calls_a_string);
on!([mysql]: they_are_stored_exactly_whatever_mysql_calls_a_string);

const IDS: [&str; 15] =
    ["'", "''';DROP", "\"", "`", "a--b", "$$", "$migrate$", "E'x'", "%s", "_", "?", "$1", "é", "🦀", "null"];

/// A chain of such ids, with a message and a label as bad.
fn hostile(dialect: Dialect) -> Graph {
    let mut text = String::new();
    let mut parent = "";
    for (index, id) in IDS.iter().enumerate() {
        text += &format!(
            "== {index}.sql ==\n-- {id}'; DROP TABLE migrate_state; --\n--\n-- revision: {id}\n-- revises: {parent}\n\
             -- labels: l{id}\n-- migrate:up\nCREATE TABLE t_{index} (n integer);\n\
             -- migrate:down\nDROP TABLE t_{index};\n"
        );
        parent = id;
    }
    history(dialect, &text)
}

async fn assert_stored_exactly(pool: &Pool) {
    let graph = hostile(pool.dialect());
    let ids: Vec<&str> = graph.revisions().map(migrate_runtime::Revision::id).collect();
    pool.on(&graph).upgrade("head").await.unwrap();
    let stored = pool.rows("SELECT revision FROM migrate_history ORDER BY id").await;
    assert_eq!(stored, ids);
    let parents: Vec<_> = std::iter::once("").chain(ids.iter().copied().take(ids.len() - 1)).collect();
    let text = "SELECT v.parents FROM migrate_version v JOIN migrate_history h ON h.revision = v.revision ORDER BY h.id";
    assert_eq!(pool.rows(text).await, parents);
    assert_eq!(pool.on(&graph).current().await.unwrap(), ids[ids.len() - 1..]);
    for id in ids.iter().rev().skip(1) {
        pool.on(&graph).downgrade(id).await.unwrap_or_else(|error| panic!("{id}: {error:?}"));
        assert_eq!(pool.on(&graph).current().await.unwrap(), [*id]);
    }
    for id in &ids {
        pool.on(&graph).upgrade(&format!("l{id}")).await.unwrap_or_else(|error| panic!("{id}: {error:?}"));
    }
    pool.on(&graph).stamp(ids[1]).await.unwrap();
    assert_eq!(pool.rows("SELECT count(*) FROM migrate_version").await, ["2"]);
    assert_eq!(pool.rows("SELECT count(*) FROM migrate_state").await, ["1"]);
}

async fn ids_labels_and_messages_are_stored_exactly(site: Site) {
    assert_stored_exactly(&site).await;
}

/// Texts that mean the same under every setting of a server.
async fn assert_scripts_are_exact(pool: &Pool) {
    let text = "== a.sql ==\n-- revision: a\n-- migrate:up\nCREATE TABLE t_a (name varchar(99));\n\
                INSERT INTO t_a VALUES ('it''s; -- \"no\" `comment` /* */ $$ $1 ? é 🦀\ttab');\n\
                -- migrate:down\n-- it's \\ a comment; \"\n\
                DELETE FROM t_a WHERE name = 'it''s; -- \"no\" `comment` /* */ $$ $1 ? é 🦀\ttab';\n\
                /* \\' */ DROP TABLE t_a;\n\n-- $migrate$ \\\n";
    for text in [
        text.to_owned(),
        text.replacen("-- revision", "\u{feff}-- revision", 1),
        text.replace('\n', "\r\n").replace(" ==\r\n", " ==\n"),
    ] {
        let graph = history(pool.dialect(), &text);
        pool.on(&graph).upgrade("head").await.unwrap();
        let name = pool.rows("SELECT name FROM t_a").await;
        assert_eq!(name, ["it's; -- \"no\" `comment` /* */ $$ $1 ? é 🦀\ttab"]);
        let stored = pool.rows("SELECT down FROM migrate_version").await.remove(0);
        let (head, script) = stored.split_once("\n\n").unwrap();
        assert!(head.starts_with("script transaction:true\n"), "{head}");
        let (_, down) = text.split_once("-- migrate:down").unwrap();
        assert_eq!(script, down.trim_start_matches(['\r']).strip_prefix('\n').unwrap());
        pool.on(&graph).downgrade("base").await.unwrap();
    }
}

async fn scripts_are_run_and_stored_exactly(site: Site) {
    assert_scripts_are_exact(&site).await;
}

async fn they_are_stored_exactly_whatever_postgres_calls_a_string(site: Site) {
    let url = format!(
        "{}?options=-c%20standard_conforming_strings%3Doff%20-c%20backslash_quote%3Don%20-c%20quote_all_identifiers%3Don",
        site.url()
    );
    let pool = PgPoolOptions::new().max_connections(1).connect(&url);
    let pool: PgPool = pool.await.unwrap();
    assert_scripts_are_exact(&Pool::Postgres(pool.clone())).await;
    site.rows("DROP TABLE migrate_state, migrate_version, migrate_history").await;
    assert_stored_exactly(&Pool::Postgres(pool)).await;
}

/// Reading, and giving back, happen in the caller's mode.
async fn they_are_stored_exactly_whatever_mysql_calls_a_string(site: Site) {
    for mode in ["ANSI_QUOTES", "NO_BACKSLASH_ESCAPES", "ANSI,NO_BACKSLASH_ESCAPES,NO_ZERO_DATE", ""] {
        let set = format!("SET sql_mode = '{mode}'");
        let pool = MySqlPoolOptions::new().max_connections(1).after_connect(move |connection, _| {
            let set = set.clone();
            Box::pin(async move {
                connection.execute(sqlx::AssertSqlSafe(set)).await?;
                Ok(())
            })
        });
        let pool: MySqlPool = pool.connect(site.url()).await.unwrap();
        let graph = hostile(Dialect::Mysql);
        graph.upgrade(&pool, "head").await.unwrap();
        let mut lent = pool.acquire().await.unwrap();
        let heads = graph.current(&mut lent).await.unwrap();
        assert_eq!(heads, ["null"], "{mode}");
        let text = "SELECT revision FROM migrate_history ORDER BY id";
        assert_eq!(
            site.rows(text).await,
            graph.revisions().map(migrate_runtime::Revision::id).collect::<Vec<_>>(),
            "{mode}"
        );
        assert!(graph.upgrade(&mut lent, "head").await.unwrap().is_empty());
        graph.downgrade(&mut lent, "base").await.unwrap();
        site.rows("DROP TABLE migrate_state, migrate_version, migrate_history").await;
    }
}

async fn an_id_of_255_bytes_is_kept(site: Site) {
    let (long, wide) = ("i".repeat(255), "é".repeat(127));
    let text = format!(
        "== a.sql ==\n-- revision: {long}\n-- migrate:up\nCREATE TABLE t_a (n integer);\n-- migrate:down\nDROP TABLE t_a;\n\
         == b.sql ==\n-- revision: {wide}\n-- revises: {long}\n-- migrate:up\nCREATE TABLE t_b (n integer);\n-- migrate:down\nDROP TABLE t_b;\n"
    );
    let graph = history(site.dialect(), &text);
    site.on(&graph).upgrade("head").await.unwrap();
    assert_eq!(site.on(&graph).current().await.unwrap(), [&*wide]);
    site.on(&graph).downgrade(&long).await.unwrap();
    assert_eq!(site.on(&graph).current().await.unwrap(), [&*long]);
}

async fn ids_that_differ_in_case_or_accent_are_two(site: Site) {
    let mut text = "== migrate.toml ==\n[rules]\nambiguous-id = 'allow'\n".to_owned();
    let mut parent = "";
    for (index, id) in ["abc", "ABC", "äbc", "a\u{308}bc", "ab\u{df}", "abss"].iter().enumerate() {
        text += &format!(
            "== {index}.sql ==\n-- revision: {id}\n-- revises: {parent}\n-- migrate:up\nCREATE TABLE t_{index} (n integer);\n\
             -- migrate:down\nDROP TABLE t_{index};\n"
        );
        parent = id;
    }
    let graph = history(site.dialect(), &text);
    site.on(&graph).upgrade("head").await.unwrap();
    assert_eq!(site.rows("SELECT count(*) FROM migrate_version").await, ["6"]);
    site.on(&graph).downgrade("abc").await.unwrap();
    assert_eq!(site.on(&graph).current().await.unwrap(), ["abc"]);
}

async fn a_namespace_is_a_text(site: Site) {
    let graph = drawn(site.dialect(), "a");
    for (index, namespace) in IDS.iter().enumerate() {
        site.rows("DROP TABLE IF EXISTS t_a").await;
        let on = || site.on(&graph).namespace(*namespace);
        on().upgrade("head").await.unwrap_or_else(|error| panic!("{namespace}: {error:?}"));
        assert_eq!(on().status().await.unwrap().current, ["a"]);
        let text = "SELECT namespace FROM migrate_history ORDER BY id";
        assert_eq!(site.rows(text).await, IDS[..=index]);
    }
    site.on(&graph).namespace(IDS[1]).stamp_purged("base").await.unwrap();
    let count = (IDS.len() - 1).to_string();
    assert_eq!(site.rows("SELECT count(*) FROM migrate_version").await, [count]);
}

async fn a_prefix_is_a_part_of_a_name(site: Site) {
    for prefix in ["a'b", "a\"b", "a`b", "a; DROP TABLE t_a; --", "a\\b", "Ä ?$1"] {
        // `migrate.toml` takes plain names only; a program may set others.
        let settings = Settings { prefix: prefix.into(), ..Settings::DEFAULT };
        let graph = Graph::new(drawn(site.dialect(), "a").editions().to_vec(), settings);
        let run = async {
            site.on(&graph).upgrade("head").await?;
            assert!(site.on(&graph).upgrade("head").await?.is_empty(), "{prefix}");
            site.on(&graph).downgrade("base").await
        };
        assert_eq!(run.await.unwrap_or_else(|error| panic!("{prefix}: {error:?}")).steps.len(), 1);
    }
}

async fn an_error_is_stored_exactly(site: Site) {
    let quoted = if site.dialect() == Dialect::Mysql { "`no'such\\\"`" } else { "\"no'such\\`\"" };
    let graph = chain(site.dialect(), &[("a", &format!("INSERT INTO {quoted} VALUES (1)"), "")]);
    let error = site.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), migrate_runtime::ErrorKind::Statement);
    let stored = errors(&site).await;
    assert!(stored.len() == 1 && stored[0].contains("no'such\\"), "{stored:?}");
}

async fn a_schema_is_a_name(site: Site) {
    let graph = drawn(site.dialect(), "a");
    let name = format!("a'b\"c`d; --{}", fastrand::u32(..));
    let quoted = match site.dialect() {
        Dialect::Mysql => format!("`{}`", name.replace('`', "``")),
        _ => format!("\"{}\"", name.replace('"', "\"\"")),
    };
    site.rows(&format!("CREATE SCHEMA {quoted}")).await;
    let on = || site.on(&graph).schema(&*name);
    let outcome = async {
        on().upgrade("head").await?;
        on().upgrade("head").await?;
        on().downgrade("base").await
    }
    .await;
    if site.dialect() == Dialect::Mysql {
        site.rows(&format!("DROP SCHEMA {quoted}")).await;
    }
    assert_eq!(outcome.unwrap().steps.len(), 1);
}
