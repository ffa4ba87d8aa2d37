//! When the database cannot be reached, or written to, or goes away.

use std::time::Duration;

use migrate_runtime::{Dialect, ErrorKind, Resolution, Standing};
use sqlx::{
    MySqlPool, PgPool, SqlitePool,
    mysql::MySqlPoolOptions,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

use crate::{
    bookkeeping::{applied, log, running, tables},
    database::Pool,
    history::{chain, drawn},
    site::{Site, on},
};

on!([postgres, mysql]:
    a_wrong_password_is_told,
    a_server_that_is_not_there_is_told,
    a_connection_lost_outside_a_transaction_leaves_the_step_open,
);
on!([sqlite, postgres, mysql]: an_exhausted_pool_is_told, a_closed_pool_is_told);
on!([postgres]:
    a_read_only_postgres_is_told,
    a_connection_lost_in_a_step_leaves_nothing_of_it,
    a_user_without_rights_can_look_and_is_told,
);
on!([mysql]: a_read_only_mysql_is_told, a_user_of_mysql_without_rights_is_told);
on!([sqlite]: a_read_only_file_is_told, a_missing_file_is_told, a_file_that_is_no_database_is_told);

const SHORT: Duration = Duration::from_millis(300);

async fn a_wrong_password_is_told(site: Site) {
    let graph = drawn(site.dialect(), "a");
    let url = site.url_with_wrong_password();
    let error = Pool::to(site.dialect(), &url, 1).on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert_eq!(error.hint(), Some("check user, password and database of the URL"));
    let password = url.split(':').nth(2).unwrap().split('@').next().unwrap();
    assert!(!format!("{error} {error:?} {:?}", error.database()).contains(password), "{error:?}");
}

async fn a_server_that_is_not_there_is_told(site: Site) {
    let graph = drawn(site.dialect(), "a");
    let url = "://user:password@127.0.0.1:1/nosuch";
    let error = match site.dialect() {
        Dialect::Postgres => {
            let pool = PgPoolOptions::new().acquire_timeout(SHORT).connect_lazy(&format!("postgres{url}"));
            graph.upgrade(&pool.unwrap(), "head").await
        }
        _ => {
            let pool = MySqlPoolOptions::new().acquire_timeout(SHORT).connect_lazy(&format!("mysql{url}"));
            graph.upgrade(&pool.unwrap(), "head").await
        }
    }
    .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(!format!("{error:?}").contains("password"), "{error:?}");
}

async fn an_exhausted_pool_is_told(site: Site) {
    let graph = drawn(site.dialect(), "a");
    site.on(&graph).upgrade("head").await.unwrap();
    let error = match site.dialect() {
        Dialect::Sqlite => {
            let pool = SqlitePoolOptions::new().max_connections(1).acquire_timeout(SHORT);
            let pool = pool.connect(site.url()).await.unwrap();
            let _taken = pool.acquire().await.unwrap();
            graph.upgrade(&pool, "head").await
        }
        Dialect::Postgres => {
            let pool = PgPoolOptions::new().max_connections(1).acquire_timeout(SHORT);
            let pool = pool.connect(site.url()).await.unwrap();
            let _taken = pool.acquire().await.unwrap();
            graph.upgrade(&pool, "head").await
        }
        Dialect::Mysql => {
            let pool = MySqlPoolOptions::new().max_connections(1).acquire_timeout(SHORT);
            let pool = pool.connect(site.url()).await.unwrap();
            let _taken = pool.acquire().await.unwrap();
            graph.upgrade(&pool, "head").await
        }
    }
    .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PoolExhausted);
    assert!(error.to_string().contains("all 1 connections of the pool were in use for 300ms"), "{error}");
    assert!(error.hint().unwrap().contains("max_connections"), "{error:?}");
}

async fn a_closed_pool_is_told(site: Site) {
    let graph = drawn(site.dialect(), "a");
    let pool = site.pool_of(1);
    pool.close().await;
    assert_eq!(pool.on(&graph).upgrade("head").await.unwrap_err().kind(), ErrorKind::Connection);
}

async fn a_read_only_postgres_is_told(site: Site) {
    let graph = drawn(Dialect::Postgres, "a; b < a");
    let url = format!("{}?options=-c%20default_transaction_read_only%3Don", site.url());
    let pool = PgPool::connect(&url).await.unwrap();
    let read_only = Pool::Postgres(pool);
    for there in ["nothing", "a"] {
        let error = read_only.on(&graph).upgrade("head").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ReadOnly, "{there}: {error}");
        assert!(error.hint().unwrap().contains("primary"), "{error:?}");
        assert!(!read_only.on(&graph).status().await.unwrap().up_to_date);
        site.on(&graph).upgrade("a").await.unwrap();
    }
    assert_eq!(log(&site).await, "up a done");
}

async fn a_read_only_mysql_is_told(site: Site) {
    let graph = drawn(Dialect::Mysql, "a; b < a");
    let options = MySqlPoolOptions::new().after_connect(|connection, _| {
        Box::pin(async move {
            sqlx::raw_sql("SET SESSION TRANSACTION READ ONLY").execute(connection).await?;
            Ok(())
        })
    });
    let pool: MySqlPool = options.connect(site.url()).await.unwrap();
    for there in ["nothing", "a"] {
        let error = graph.upgrade(&pool, "head").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ReadOnly, "{there}: {error}");
        site.on(&graph).upgrade("a").await.unwrap();
    }
    assert_eq!(log(&site).await, "up a done");
}

async fn a_read_only_file_is_told(site: Site) {
    let graph = drawn(Dialect::Sqlite, "a; b < a");
    site.rows("CREATE TABLE t_mine (n)").await;
    let options: SqliteConnectOptions = site.url().parse().unwrap();
    let pool: SqlitePool =
        SqlitePool::connect_with(options.create_if_missing(false).read_only(true)).await.unwrap();
    for there in ["nothing", "a"] {
        let error = graph.upgrade(&pool, "head").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ReadOnly, "{there}: {error}");
        assert!(!graph.status(&pool).await.unwrap().up_to_date);
        site.on(&graph).upgrade("a").await.unwrap();
    }
    site.on(&graph).upgrade("head").await.unwrap();
    assert!(graph.upgrade(&pool, "head").await.unwrap().is_empty());
}

async fn a_missing_file_is_told(site: Site) {
    let graph = drawn(Dialect::Sqlite, "a");
    let url = site.url().replace("test.db?mode=rwc", "nosuch.db");
    let error = graph.upgrade(&SqlitePool::connect_lazy(&url).unwrap(), "head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
}

async fn a_file_that_is_no_database_is_told(site: Site) {
    let graph = drawn(Dialect::Sqlite, "a");
    let path = site.url().strip_prefix("sqlite://").unwrap().replace("test.db?mode=rwc", "text.db");
    std::fs::write(&path, "this is no database, however long one may look at it".repeat(99)).unwrap();
    let error = graph.upgrade(&SqlitePool::connect_lazy(&path).unwrap(), "head").await.unwrap_err();
    assert!(error.to_string().contains("file is not a database"), "{error:?}");
}

async fn a_connection_lost_in_a_step_leaves_nothing_of_it(site: Site) {
    let graph = chain(
        Dialect::Postgres,
        &[
            ("a", "CREATE TABLE t_a (n integer)", ""),
            (
                "b",
                "CREATE TABLE t_b (n integer);\nSELECT pg_terminate_backend(pg_backend_pid());\nCREATE TABLE t_c (n integer)",
                "",
            ),
        ],
    );
    let error = site.on(&graph).upgrade("head").await.unwrap_err();
    assert_eq!((error.kind(), error.revision()), (ErrorKind::Connection, Some("b")));
    assert_eq!((applied(&site).await, tables(&site).await), ("a".into(), "a".into()));
    assert_eq!(site.on(&graph).status().await.unwrap().standing, Standing::Behind);
    let mut connection = site.connect().await;
    assert_eq!(connection.on(&graph).upgrade("head").await.unwrap_err().kind(), ErrorKind::Connection);
}

async fn a_connection_lost_outside_a_transaction_leaves_the_step_open(site: Site) {
    // What a procedure does, and commits, cannot be told.
    let (first, kill) = match site.dialect() {
        Dialect::Postgres => (
            "CREATE TABLE t_a (n integer);\nCREATE PROCEDURE die() LANGUAGE sql AS \
             $$ SELECT pg_terminate_backend(pg_backend_pid()) $$",
            "CALL die()",
        ),
        _ => ("CREATE TABLE t_a (n integer)", "KILL CONNECTION_ID()"),
    };
    let script =
        format!("transaction:false\nCREATE TABLE t_b (n integer);\n{kill};\nCREATE TABLE t_c (n integer)");
    let graph = chain(site.dialect(), &[("a", first, ""), ("b", &script, "")]);
    let on = || site.on(&graph).reconnect_wait(Duration::ZERO);
    let error = on().upgrade("head").await.unwrap_err();
    assert_eq!((error.kind(), error.revision()), (ErrorKind::Connection, Some("b")), "{error:?}");
    assert_eq!(error.statement().map(|place| place.number), Some(2));
    assert_eq!((applied(&site).await, tables(&site).await), ("a".into(), "a b".into()));
    assert_eq!(running(&site).await, "b|up|1");
    // Nobody knows what such a statement has done, until somebody says so.
    let error = on().upgrade("head").await.unwrap_err();
    assert_eq!((error.kind(), error.revision()), (ErrorKind::Interrupted, Some("b")), "{error:?}");
    assert_eq!(error.statement().map(|place| place.number), Some(2));
    let wrong = site.on(&graph).resolve("b", 1, Resolution::Applied).await.unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::NothingInDoubt);
    site.on(&graph).resolve("b", 2, Resolution::NotApplied).await.unwrap();
    assert_eq!(on().upgrade("head").await.unwrap_err().kind(), ErrorKind::Connection);
    // Mending the script answers nothing.
    let mended = chain(site.dialect(), &[("a", first, ""), ("b", &script.replace(kill, "SELECT 1"), "")]);
    let error = site.on(&mended).upgrade("head").await.unwrap_err();
    assert!(error.to_string().contains("the statement was changed since"), "{error}");
    site.on(&mended).resolve("b", 2, Resolution::NotApplied).await.unwrap();
    site.on(&mended).upgrade("head").await.unwrap();
    assert_eq!((applied(&site).await, tables(&site).await), ("a b".into(), "a b c".into()));
    let wrong = site.on(&mended).resolve("b", 2, Resolution::Applied).await.unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::NothingInDoubt);
    assert_eq!(log(&site).await, "up a done, resolve b done, resolve b done, up b done");
}

/// A role that may read, and a pool that works as it.
async fn reader(site: &Site) -> (String, PgPool) {
    let role = site.rows("SELECT 'reader_of_' || current_database()").await.remove(0);
    site.rows(&format!("CREATE ROLE {role}; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")).await;
    let set = format!("SET ROLE {role}");
    let options = PgPoolOptions::new().after_connect(move |connection, _| {
        let set = set.clone();
        Box::pin(async move {
            sqlx::raw_sql(sqlx::AssertSqlSafe(set)).execute(connection).await?;
            Ok(())
        })
    });
    (role, options.connect(site.url()).await.unwrap())
}

async fn a_user_without_rights_can_look_and_is_told(site: Site) {
    let graph = drawn(Dialect::Postgres, "a; b < a");
    site.on(&graph).upgrade("a").await.unwrap();
    let (role, pool) = reader(&site).await;
    assert_eq!(graph.status(&pool).await.unwrap().standing, Standing::Behind);
    let error = graph.upgrade(&pool, "head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Permission, "{error:?}");
    site.on(&graph).upgrade("head").await.unwrap();
    assert!(graph.upgrade(&pool, "head").await.unwrap().is_empty());

    // And where there are no tables yet, and no right to make them.
    let empty = graph.on(&pool).namespace("other");
    assert_eq!(empty.status().await.unwrap().standing, Standing::Empty);
    assert_eq!(
        graph.on(&pool).namespace("other").upgrade("head").await.unwrap_err().kind(),
        ErrorKind::Permission
    );
    site.rows("DROP TABLE migrate_state, migrate_version, migrate_history").await;
    assert_eq!(graph.status(&pool).await.unwrap().standing, Standing::Empty);
    assert_eq!(graph.upgrade(&pool, "head").await.unwrap_err().kind(), ErrorKind::Permission);
    pool.close().await;
    site.rows(&format!("DROP OWNED BY {role}; DROP ROLE {role}")).await;
}

async fn a_user_of_mysql_without_rights_is_told(site: Site) {
    let graph = drawn(Dialect::Mysql, "a; b < a");
    site.on(&graph).upgrade("a").await.unwrap();
    let database = site.rows("SELECT DATABASE()").await.remove(0);
    let user = format!("u{}", &database[database.len() - 12..]);
    site.rows(&format!("CREATE USER {user} IDENTIFIED BY 'reader'; GRANT SELECT ON {database}.* TO {user}"))
        .await;
    let address = site.url().split_once('@').unwrap().1;
    let pool = MySqlPool::connect(&format!("mysql://{user}:reader@{address}")).await.unwrap();
    assert_eq!(graph.status(&pool).await.unwrap().standing, Standing::Behind);
    let error = graph.upgrade(&pool, "head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Permission, "{error:?}");
    pool.close().await;
    site.rows(&format!("DROP USER {user}")).await;
}
