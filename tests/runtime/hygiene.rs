//! What a script sets does not outlive its step, and a lent connection comes back as it was.

use migrate_runtime::{Dialect, Graph, sqlx};
use sqlx::{Executor as _, mysql::MySqlPoolOptions, postgres::PgPoolOptions};

use crate::{
    bookkeeping::{applied, log},
    database::Connection,
    history::chain,
    site::{Site, on},
};

on!([postgres]:
    what_a_postgres_script_sets_ends_with_its_step,
    a_lent_postgres_connection_comes_back_as_it_was,
    a_setting_of_the_callers_own_survives,
    the_hooks_of_a_postgres_pool_have_run,
    a_role_of_the_pool_is_kept,
);
on!([mysql]:
    what_a_mysql_script_sets_ends_with_its_step,
    a_lent_mysql_connection_comes_back_as_it_was,
    a_mysql_script_means_what_it_means_to_the_server_s_own_client,
    the_hooks_of_a_mysql_pool_have_run,
    tables_locked_by_a_script_do_not_lock_out_the_bookkeeping,
    a_procedure_may_answer_with_rows,
);
on!([sqlite, postgres, mysql]: a_setting_holds_for_the_rest_of_its_script);
on!([sqlite]: what_sqlite_does_outside_transactions_is_done);
on!([sqlite]: a_lent_sqlite_connection_comes_back_as_it_was);

/// A history whose first step sets something, and whose second needs it to be as before.
fn setting(dialect: Dialect, setting: &str) -> Graph {
    chain(
        dialect,
        &[
            ("a", &format!("CREATE TABLE t_a (name varchar(99));\n{setting}"), "DROP TABLE t_a"),
            ("b", "INSERT INTO t_a VALUES ('ä€\\n')", &format!("DELETE FROM t_a;\n{setting}")),
            (
                "c",
                "CREATE TABLE t_c (name varchar(99));\nINSERT INTO t_c SELECT name FROM t_a",
                "DROP TABLE t_c",
            ),
        ],
    )
}

async fn what_a_postgres_script_sets_ends_with_its_step(site: Site) {
    let mut worse = Vec::new();
    for text in [
        "SELECT pg_catalog.set_config('search_path', '', false)",
        "SELECT Set_Config('search_path', '', false)",
        "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN SET search_path = ''; END $$;\nSELECT f();\nDROP FUNCTION public.f()",
        "SET search_path = nosuch",
        "SET ROLE pg_monitor",
        "SET SESSION AUTHORIZATION pg_monitor",
        "SET lock_timeout = '1ms'",
        "SET statement_timeout = '1s'",
        "SET standard_conforming_strings = off",
        "SET client_encoding = 'LATIN1'",
        "SET default_transaction_read_only = on",
        "SET TRANSACTION READ ONLY",
        "SET LOCAL row_security = off",
        "SET CONSTRAINTS ALL DEFERRED",
        "SET DateStyle = 'German'",
        "DISCARD TEMP",
    ] {
        let graph = setting(Dialect::Postgres, text);
        match site.on(&graph).upgrade("head").await {
            Ok(_) => {
                assert_eq!(site.rows("SELECT name FROM public.t_c").await, ["ä€\\n"], "{text}");
                assert_eq!(applied(&site).await, "a b c", "{text}");
                site.on(&graph).downgrade("base").await.unwrap_or_else(|error| panic!("{text}: {error:?}"));
            }
            // The bookkeeping shares the transaction, and cannot be written.
            Err(error) if text.contains("READ ONLY") => assert_eq!(error.revision(), Some("a")),
            Err(error) => {
                worse.push(format!("{text}: {error}"));
                site.rows("DROP TABLE IF EXISTS t_a, t_c; DROP FUNCTION IF EXISTS f").await;
                site.on(&graph).stamp("base").await.unwrap();
            }
        }
    }
    assert_eq!(worse, [""; 0]);
    assert_eq!(site.rows("SELECT count(*) FROM pg_class WHERE relname = 'migrate_state'").await, ["1"]);
}

/// Those of `plpgsql` are there once it was used.
const POSTGRES_SETTINGS: &str = "SELECT name, setting, source FROM pg_settings WHERE name NOT LIKE 'plpgsql.%' \
                                 UNION ALL SELECT 'user', current_user || session_user, '' ORDER BY 1";

async fn assert_comes_back(connection: &mut Connection, settings: &str, graph: &Graph, what: &str) {
    let before = connection.rows(settings).await;
    let _ = connection.on(graph).upgrade("head").await;
    assert_same(&connection.rows(settings).await, &before, what);
    let _ = connection.on(graph).downgrade("base").await;
    assert_same(&connection.rows(settings).await, &before, what);
    let _ = connection.on(graph).upgrade("nosuch").await;
    assert_same(&connection.rows(settings).await, &before, what);
}

#[track_caller]
fn assert_same(after: &[String], before: &[String], what: &str) {
    let changed: Vec<_> = after.iter().filter(|line| !before.contains(line)).collect();
    assert!(changed.is_empty(), "{what}: {changed:#?}");
    assert_eq!(after.len(), before.len(), "{what}");
}

async fn a_lent_postgres_connection_comes_back_as_it_was(site: Site) {
    let mut connection = site.connect().await;
    connection
        .rows(
            "SET application_name = 'a ''quoted'' \\ name'; SET lock_timeout = '7s'; SET statement_timeout = '70s'; \
             SET search_path = public, pg_catalog; SET standard_conforming_strings = off; SET work_mem = '9MB'; \
             SET DateStyle = 'German'; SET ROLE pg_write_all_data; RESET ROLE",
        )
        .await;
    for text in ["SELECT 1", "SET search_path = nosuch; SET work_mem = '1MB'; SET ROLE pg_monitor", "SELEKT"]
    {
        let graph = setting(Dialect::Postgres, text);
        assert_comes_back(&mut connection, POSTGRES_SETTINGS, &graph, text).await;
    }
    let broken =
        chain(Dialect::Postgres, &[("a", "transaction:false\nSET work_mem = '1MB';\nDROP TABLE nosuch", "")]);
    assert_comes_back(&mut connection, POSTGRES_SETTINGS, &broken, "broken").await;
}

/// Settings such as `app.tenant` are in no view of the server.
async fn a_setting_of_the_callers_own_survives(site: Site) {
    let mut connection = site.connect().await;
    connection.rows("SET app.tenant = '7'").await;
    let graph = chain(
        Dialect::Postgres,
        &[
            ("a", "CREATE TABLE t_a (n text)", ""),
            ("b", "INSERT INTO t_a SELECT current_setting('app.tenant')", ""),
        ],
    );
    connection.on(&graph).upgrade("head").await.unwrap();
    assert_eq!(connection.rows("SELECT n FROM t_a").await, ["7"]);
    assert_eq!(connection.rows("SELECT current_setting('app.tenant')").await, ["7"]);
}

async fn the_hooks_of_a_postgres_pool_have_run(site: Site) {
    site.rows("CREATE SCHEMA \"tenant a\"").await;
    let pool = PgPoolOptions::new().after_connect(|connection, _| {
        Box::pin(async move {
            connection.execute("SET search_path = \"tenant a\", public").await?;
            Ok(())
        })
    });
    let pool = pool.connect(site.url()).await.unwrap();
    let graph = setting(Dialect::Postgres, "SELECT set_config('search_path', '', false)");
    graph.upgrade(&pool, "head").await.unwrap();
    assert_eq!(site.rows("SELECT count(*) FROM \"tenant a\".t_c").await, ["1"]);
    assert_eq!(site.rows("SELECT count(*) FROM \"tenant a\".migrate_version").await, ["3"]);
    assert!(graph.upgrade(&pool, "head").await.unwrap().is_empty());
    graph.downgrade(&pool, "base").await.unwrap();
}

async fn a_role_of_the_pool_is_kept(site: Site) {
    let role = site.rows("SELECT 'owner_of_' || current_database()").await.remove(0);
    let database = site.rows("SELECT current_database()").await.remove(0);
    site.rows(&format!(
        "CREATE ROLE {role}; GRANT ALL ON DATABASE {database} TO {role}; GRANT ALL ON SCHEMA public TO {role}"
    ))
    .await;
    let set = format!("SET ROLE {role}");
    let pool = PgPoolOptions::new().after_connect(move |connection, _| {
        let set = set.clone();
        Box::pin(async move {
            connection.execute(sqlx::AssertSqlSafe(set)).await?;
            Ok(())
        })
    });
    let pool = pool.connect(site.url()).await.unwrap();
    setting(Dialect::Postgres, "RESET ROLE").upgrade(&pool, "head").await.unwrap();
    let owners = site.rows("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'").await;
    assert_eq!(owners, [&*role]);
    pool.close().await;
    site.rows(&format!("DROP OWNED BY {role}; DROP ROLE {role}")).await;
}

async fn what_a_mysql_script_sets_ends_with_its_step(site: Site) {
    let mut worse = Vec::new();
    for text in [
        "SET sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT'",
        "SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES'",
        "SET NAMES latin1",
        "SET character_set_client = latin1",
        "SET foreign_key_checks = 0, unique_checks = 0",
        "USE mysql",
        "SET time_zone = '+05:00'",
        "SET @@session.group_concat_max_len = 4",
        "SET default_storage_engine = MEMORY",
        "SET character_set_connection = latin1, collation_connection = latin1_bin",
        "SET sql_quote_show_create = 0",
        "SET SESSION sql_safe_updates = 1",
        "SET SESSION sql_select_limit = 0",
        "SET SESSION max_statement_time = 0.001",
        "SET SESSION lock_wait_timeout = 1",
    ] {
        let graph = setting(Dialect::Mysql, text);
        if let Err(error) = site.on(&graph).upgrade("head").await {
            worse.push(format!("{text}: {error}"));
        }
        // The backslash is an escape again, and the table one that can be rolled back.
        let name = site.ask("SELECT name FROM t_c").await.unwrap_or_default();
        let engine = "SELECT engine FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 't_c'";
        let engine = site.rows(engine).await;
        if name != ["ä€\n"] || engine != ["InnoDB"] {
            worse.push(format!("{text}: {name:?} {engine:?}"));
        }
        if let Err(error) = site.on(&graph).downgrade("base").await {
            worse.push(format!("{text}: {error}"));
            site.rows("DROP TABLE IF EXISTS t_a, t_c").await;
            site.on(&graph).stamp("base").await.unwrap();
        }
    }
    assert_eq!(worse, [""; 0]);
}

const MYSQL_SETTINGS: &str = "SELECT variable_name, session_value FROM information_schema.system_variables \
     WHERE variable_scope <> 'GLOBAL' AND variable_name NOT IN \
     ('TIMESTAMP', 'INSERT_ID', 'LAST_INSERT_ID', 'IDENTITY', 'RAND_SEED1', 'RAND_SEED2', 'ERROR_COUNT', \
      'WARNING_COUNT', 'IN_TRANSACTION', 'LAST_GTID', 'GTID_SEQ_NO', 'SQL_LOG_BIN') \
     UNION ALL SELECT 'database', DATABASE() ORDER BY 1";

async fn a_lent_mysql_connection_comes_back_as_it_was(site: Site) {
    let mut connection = site.connect().await;
    connection
        .rows(
            "SET sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT', time_zone = '+01:00', lock_wait_timeout = 77, \
             max_statement_time = 60, foreign_key_checks = 0; SET NAMES utf8mb4 COLLATE utf8mb4_unicode_ci",
        )
        .await;
    for text in ["SELECT 1", "SET NAMES latin1; USE mysql; SET foreign_key_checks = 1", "SELEKT"] {
        let graph = setting(Dialect::Mysql, text);
        assert_comes_back(&mut connection, MYSQL_SETTINGS, &graph, text).await;
    }
    let graph = setting(Dialect::Mysql, "SET group_concat_max_len = 9, lock_wait_timeout = 1");
    assert_comes_back(&mut connection, MYSQL_SETTINGS, &graph, "settings that a script seldom has").await;
}

/// `||` is OR to the server's own client, and a concatenation to sqlx.
async fn a_mysql_script_means_what_it_means_to_the_server_s_own_client(site: Site) {
    let graph = chain(
        Dialect::Mysql,
        &[(
            "a",
            "CREATE TABLE t_a (n varchar(99));\nINSERT INTO t_a SELECT 1 || 0;\nINSERT INTO t_a SELECT @@sql_mode = @@GLOBAL.sql_mode;\n\
             INSERT INTO t_a SELECT @@time_zone = @@GLOBAL.time_zone",
            "",
        )],
    );
    site.on(&graph).upgrade("head").await.unwrap();
    assert_eq!(site.rows("SELECT n FROM t_a").await, ["1", "1", "1"]);
}

async fn the_hooks_of_a_mysql_pool_have_run(site: Site) {
    let pool = MySqlPoolOptions::new().after_connect(|connection, _| {
        Box::pin(async move {
            connection.execute("SET @tenant = 7").await?;
            Ok(())
        })
    });
    let pool = pool.connect(site.url()).await.unwrap();
    let graph =
        chain(Dialect::Mysql, &[("a", "CREATE TABLE t_a (n int);\nINSERT INTO t_a VALUES (@tenant)", "")]);
    graph.upgrade(&pool, "head").await.unwrap();
    assert_eq!(site.rows("SELECT n FROM t_a").await, ["7"]);
}

/// As mysqldump writes it.
async fn tables_locked_by_a_script_do_not_lock_out_the_bookkeeping(site: Site) {
    let graph = chain(
        Dialect::Mysql,
        &[(
            "a",
            "CREATE TABLE t_a (n int, KEY k (n));\nLOCK TABLES t_a WRITE;\n/*!40000 ALTER TABLE t_a DISABLE KEYS */;\n\
             INSERT INTO t_a VALUES (1), (2);\n/*!40000 ALTER TABLE t_a ENABLE KEYS */;\nUNLOCK TABLES;",
            "DROP TABLE t_a",
        )],
    );
    site.on(&graph).upgrade("head").await.unwrap();
    assert_eq!(site.rows("SELECT count(*) FROM t_a").await, ["2"]);
    assert_eq!(log(&site).await, "up a done");
}

async fn a_procedure_may_answer_with_rows(site: Site) {
    let graph = chain(
        Dialect::Mysql,
        &[
            (
                "a",
                "CREATE TABLE t_a (n int);\nDELIMITER //\nCREATE PROCEDURE fill() BEGIN\n INSERT INTO t_a VALUES (1);\n SELECT 1; SELECT n FROM t_a;\n\
                 END//\nDELIMITER ;\nCALL fill();\nINSERT INTO t_a VALUES (2)",
                "",
            ),
            ("b", "INSERT INTO t_a VALUES (3);\nCALL fill();\nINSERT INTO t_a VALUES (4)", ""),
        ],
    );
    site.on(&graph).upgrade("head").await.unwrap();
    assert_eq!(site.rows("SELECT n FROM t_a").await, ["1", "2", "3", "1", "4"]);
}

async fn a_lent_sqlite_connection_comes_back_as_it_was(site: Site) {
    let mut connection = site.connect().await;
    for text in [
        "PRAGMA foreign_keys = ON",
        "PRAGMA legacy_alter_table = ON",
        "transaction:false\nPRAGMA foreign_keys = OFF",
    ] {
        let graph = chain(Dialect::Sqlite, &[("a", text, "SELECT 1")]);
        for setting in ["PRAGMA foreign_keys", "PRAGMA legacy_alter_table", "PRAGMA defer_foreign_keys"] {
            assert_comes_back(&mut connection, setting, &graph, text).await;
        }
    }
}

async fn a_setting_holds_for_the_rest_of_its_script(site: Site) {
    let (set, made) = match site.dialect() {
        Dialect::Postgres => ("SET search_path = other", "SELECT n FROM other.t_b"),
        Dialect::Mysql => ("SET @n = 7, SESSION sql_mode = 'ANSI_QUOTES'", "SELECT n FROM t_b"),
        Dialect::Sqlite => ("CREATE TEMP TABLE x AS SELECT 7 AS n", "SELECT n FROM t_b"),
    };
    let rows = match site.dialect() {
        Dialect::Postgres => "INSERT INTO t_b VALUES (7)",
        Dialect::Mysql => "INSERT INTO \"t_b\" VALUES (@n)",
        Dialect::Sqlite => "INSERT INTO t_b SELECT n FROM x",
    };
    let other = if site.dialect() == Dialect::Postgres { "CREATE SCHEMA other" } else { "SELECT 1" };
    let script = format!("{set};\nCREATE TABLE t_b (n integer);\n{rows};\nDELETE FROM t_b WHERE n <> 7");
    let outside = format!("transaction:false\n{script}");
    for script in [script, outside] {
        let graph = chain(site.dialect(), &[("a", other, "SELECT 1"), ("b", &script, "SELECT 1")]);
        site.on(&graph).upgrade("head").await.unwrap_or_else(|error| panic!("{script}: {error:?}"));
        assert_eq!(site.rows(made).await, ["7"]);
        let drop =
            if site.dialect() == Dialect::Postgres { "DROP SCHEMA other CASCADE" } else { "DROP TABLE t_b" };
        site.rows(drop).await;
        site.on(&graph).downgrade("base").await.unwrap();
    }
}

async fn what_sqlite_does_outside_transactions_is_done(site: Site) {
    let script = "transaction:false\nPRAGMA journal_mode = WAL;\nCREATE TABLE t_a (n);\nVACUUM;\nINSERT INTO t_a VALUES (1)";
    let graph = chain(Dialect::Sqlite, &[("a", script, "transaction:false\nDROP TABLE t_a;\nVACUUM")]);
    site.on(&graph).upgrade("head").await.unwrap();
    // A connection that has read the file before would tell from memory.
    assert_eq!(site.connect().await.rows("PRAGMA journal_mode").await, ["wal"]);
    site.on(&graph).downgrade("base").await.unwrap();
    let in_a_transaction = chain(Dialect::Sqlite, &[("a", "VACUUM", "")]);
    let error = site.on(&in_a_transaction).upgrade("head").await.unwrap_err();
    assert!(error.hint().unwrap().contains("transaction:false"), "{error:?}");
}
