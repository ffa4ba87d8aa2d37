//! The start with nothing to do: one query.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Mutex, PoisonError},
    thread,
    time::Duration,
};

use migrate_runtime::Dialect;
use sqlx::{
    Database, MySqlPool, PgPool, Pool, SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};
use tokio::time::sleep;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

use crate::{
    history::drawn,
    site::{Site, on},
    wire::{Sent, Wire},
};

on!([postgres]:
    postgres_is_sent_one_query,
    a_new_postgres_connection_is_sent_one_query,
    a_stale_postgres_connection_is_replaced,
    a_database_that_is_read_only_is_served,
);
on!([mysql]: mysql_is_sent_one_query, a_stale_mysql_connection_is_replaced);
on!([sqlite]: sqlite_is_given_one_statement);

/// A connection comes back to its pool in the background, after a ping.
async fn until_idle<DB: Database>(pool: &Pool<DB>) {
    while pool.num_idle() == 0 {
        sleep(Duration::from_millis(5)).await;
    }
}

/// What the client sent but for the ping by which a pool takes a connection back, in the background.
fn without_pings(wire: &Wire) -> Vec<Sent> {
    let mut sent = wire.take();
    sent.retain(|sent| !matches!(&*sent.kind, "Sync" | "Ping"));
    sent
}

#[track_caller]
fn assert_one_select(target: &str, sent: &[Sent]) {
    let [Sent { kind, text }] = sent else { panic!("{target}: {sent:#?}") };
    assert_eq!(kind, "Query");
    assert!(text.starts_with("SELECT ") && !text.contains(';'), "{text}");
}

async fn postgres_is_sent_one_query(site: Site) {
    let graph = drawn(Dialect::Postgres, "a; b1,b2 < a; c < b1,b2");
    site.on(&graph).upgrade("head").await.unwrap();
    let wire = Wire::to(Dialect::Postgres, site.url()).await;
    let pool = PgPool::connect(wire.url()).await.unwrap();
    for target in ["head", "heads", "c", "b1", "b1,b2"] {
        until_idle(&pool).await;
        wire.take();
        assert!(graph.upgrade(&pool, target).await.unwrap().is_empty());
        assert_one_select(target, &without_pings(&wire));
    }
}

async fn a_new_postgres_connection_is_sent_one_query(site: Site) {
    let graph = drawn(Dialect::Postgres, "a; b < a");
    site.on(&graph).upgrade("head").await.unwrap();
    let wire = Wire::to(Dialect::Postgres, site.url()).await;
    let pool = PgPool::connect_lazy(wire.url()).unwrap();
    assert!(graph.upgrade(&pool, "head").await.unwrap().is_empty());
    let mut sent = without_pings(&wire);
    sent.retain(|sent| sent.kind != "Password");
    assert_one_select("head", &sent);
}

async fn a_stale_postgres_connection_is_replaced(site: Site) {
    let graph = drawn(Dialect::Postgres, "a");
    site.on(&graph).upgrade("head").await.unwrap();
    let pool = PgPool::connect(site.url()).await.unwrap();
    let text = "SELECT pg_backend_pid()";
    let process: i32 = sqlx::query_scalar(text).fetch_one(&pool).await.unwrap();
    until_idle(&pool).await;
    site.rows(&format!("SELECT pg_terminate_backend({process})")).await;
    assert!(graph.upgrade(&pool, "head").await.unwrap().is_empty());
    assert_ne!(sqlx::query_scalar::<_, i32>(text).fetch_one(&pool).await.unwrap(), process);
}

async fn a_database_that_is_read_only_is_served(site: Site) {
    let graph = drawn(Dialect::Postgres, "a");
    site.on(&graph).upgrade("head").await.unwrap();
    let url = format!("{}?options=-c%20default_transaction_read_only%3Don", site.url());
    let pool = PgPool::connect(&url).await.unwrap();
    assert!(graph.upgrade(&pool, "head").await.unwrap().is_empty());
}

async fn mysql_is_sent_one_query(site: Site) {
    let graph = drawn(Dialect::Mysql, "a; b < a");
    site.on(&graph).upgrade("head").await.unwrap();
    let wire = Wire::to(Dialect::Mysql, site.url()).await;
    let pool = MySqlPool::connect(wire.url()).await.unwrap();
    for target in ["head", "a"] {
        until_idle(&pool).await;
        wire.take();
        assert!(graph.upgrade(&pool, target).await.unwrap().is_empty());
        assert_one_select(target, &without_pings(&wire));
    }
}

async fn a_stale_mysql_connection_is_replaced(site: Site) {
    let graph = drawn(Dialect::Mysql, "a");
    site.on(&graph).upgrade("head").await.unwrap();
    let pool = MySqlPool::connect(site.url()).await.unwrap();
    let id: u64 = sqlx::query_scalar("SELECT CONNECTION_ID()").fetch_one(&pool).await.unwrap();
    until_idle(&pool).await;
    site.rows(&format!("KILL {id}")).await;
    assert!(graph.upgrade(&pool, "head").await.unwrap().is_empty());
}

async fn sqlite_is_given_one_statement(site: Site) {
    const WORKER: &str = "counted-by-the-boot-test";
    let graph = drawn(Dialect::Sqlite, "a; b < a");
    site.on(&graph).upgrade("head").await.unwrap();
    let options: SqliteConnectOptions = site.url().parse().unwrap();
    let options = options.thread_name(|_| WORKER.to_owned());
    let pool: SqlitePool = SqlitePoolOptions::new().connect_with(options).await.unwrap();
    until_idle(&pool).await;
    Statements::listen();
    Statements::take(WORKER);
    assert!(graph.upgrade(&pool, "head").await.unwrap().is_empty());
    let texts = Statements::take(WORKER);
    let [text] = &*texts else { panic!("{texts:#?}") };
    assert!(text.trim().starts_with("SELECT ") && !text.contains(';'), "{text}");
}

/// The texts that each worker thread of SQLite was given, as sqlx logs them.
struct Statements;

static TEXTS: Mutex<BTreeMap<String, Vec<String>>> = Mutex::new(BTreeMap::new());

impl Statements {
    fn listen() {
        tracing::subscriber::set_global_default(Self).expect("no other subscriber");
    }

    fn take(worker: &str) -> Vec<String> {
        TEXTS.lock().unwrap_or_else(PoisonError::into_inner).remove(worker).unwrap_or_default()
    }
}

impl Subscriber for Statements {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn event(&self, event: &Event<'_>) {
        struct Text(String);
        impl Visit for Text {
            fn record_str(&mut self, field: &Field, value: &str) {
                if field.name() == "db.statement" {
                    value.clone_into(&mut self.0);
                }
            }

            fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
        }
        let mut text = Text(String::new());
        event.record(&mut text);
        let worker = thread::current().name().unwrap_or_default().to_owned();
        TEXTS.lock().unwrap_or_else(PoisonError::into_inner).entry(worker).or_default().push(text.0);
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}
