//! Behind a pooler that gives each transaction another session of the server.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use migrate_runtime::{Dialect, ErrorKind, Event, Graph, Standing, Transaction};
use tokio::{task::JoinSet, time::sleep};

use crate::{
    bookkeeping::{applied, log, tables},
    database::Pool,
    history::{chain, drawn},
    site::{Site, on},
    wire::Wire,
};

on!([pgbouncer]:
    all_verbs_work_through_a_pooler,
    a_start_with_nothing_to_do_is_one_query_through_a_pooler,
    many_runners_behind_a_pooler_do_nothing_twice,
    a_step_outside_a_transaction_is_refused_before_anything_is_done,
    a_direct_url_is_where_the_work_is_done,
    runners_on_both_sides_of_a_pooler_wait_for_each_other,
    what_a_script_sets_stays_in_its_transaction,
    the_schema_of_a_tenant_is_entered_for_a_transaction_alone,
    a_lock_is_waited_for_behind_a_pooler,
);
on!([sqlite, mysql]: other_databases_have_no_such_pooler);
on!([postgres]: a_direct_url_of_another_database_is_refused);

fn steps(dialect: Dialect) -> Graph {
    chain(
        dialect,
        &[
            ("a", "CREATE TABLE t_a (n integer)", "DROP TABLE t_a"),
            ("b", "INSERT INTO t_a VALUES (1)", "DELETE FROM t_a"),
            ("c", "CREATE TABLE t_c (n integer)", "DROP TABLE t_c"),
        ],
    )
}

async fn all_verbs_work_through_a_pooler(site: Site) {
    let graph = steps(Dialect::Postgres);
    assert_eq!(site.on(&graph).pooled().upgrade("b").await.unwrap().steps.len(), 2);
    assert_eq!(site.on(&graph).pooled().upgrade("head").await.unwrap().steps.len(), 1);
    assert!(site.on(&graph).pooled().upgrade("head").await.unwrap().is_empty());
    assert_eq!(site.on(&graph).pooled().status().await.unwrap().standing, Standing::Current);
    assert_eq!(site.on(&graph).pooled().downgrade("a").await.unwrap().steps.len(), 2);
    site.on(&graph).pooled().stamp("c").await.unwrap();
    let on = site.on(&graph).pooled().namespace("other").transaction(Transaction::Upgrade);
    let error = on.upgrade("head").await.unwrap_err();
    assert_eq!((error.kind(), error.revision()), (ErrorKind::Statement, Some("a")));
    assert_eq!(
        log(&site).await,
        "up a done, up b done, up c done, down c done, down b done, stamp c done, up a failed"
    );
    let mut lent = site.connect().await;
    let whole = chain(Dialect::Postgres, &[("x", "CREATE TABLE t_x (n integer)", ""), ("y", "SELECT 1", "")]);
    let on = lent.on(&whole).pooled().namespace("whole").transaction(Transaction::Upgrade);
    assert_eq!(on.upgrade("head").await.unwrap().steps.len(), 2);
}

async fn a_start_with_nothing_to_do_is_one_query_through_a_pooler(site: Site) {
    let graph = steps(Dialect::Postgres);
    site.on(&graph).pooled().upgrade("head").await.unwrap();
    let wire = Wire::to(Dialect::Postgres, site.url()).await;
    let pool = Pool::to(Dialect::Postgres, wire.url(), 1);
    assert!(
        pool.on(&graph)
            .pooled()
            .direct_url(site.direct_url().unwrap())
            .upgrade("head")
            .await
            .unwrap()
            .is_empty()
    );
    let sent = wire.take();
    let queries: Vec<_> = sent.iter().filter(|sent| sent.kind == "Query").collect();
    assert!(matches!(&queries[..], [one] if one.text.starts_with("SELECT 's', ")), "{sent:#?}");
}

async fn many_runners_behind_a_pooler_do_nothing_twice(site: Site) {
    let graph = Arc::new(drawn(Dialect::Postgres, "a; b1,b2 < a; c < b1,b2; d < c; e < d"));
    let mut runners = JoinSet::new();
    for _ in 0..20 {
        let (pool, graph) = (site.pool_of(1), Arc::clone(&graph));
        runners.spawn(async move {
            let report = pool.on(&graph).pooled().upgrade("head").await;
            pool.close().await;
            report.unwrap().steps.len()
        });
    }
    assert_eq!(runners.join_all().await.into_iter().sum::<usize>(), 6);
    assert_eq!(log(&site).await, "up a done, up b1 done, up b2 done, up c done, up d done, up e done");
}

fn with_a_step_outside() -> Graph {
    chain(
        Dialect::Postgres,
        &[
            ("a", "CREATE TABLE t_a (n integer)", "DROP TABLE t_a"),
            ("b", "transaction:false\nCREATE INDEX CONCURRENTLY i_a ON t_a (n)", "DROP INDEX i_a"),
        ],
    )
}

async fn a_step_outside_a_transaction_is_refused_before_anything_is_done(site: Site) {
    let graph = with_a_step_outside();
    let error = site.on(&graph).pooled().upgrade("head").await.unwrap_err();
    assert_eq!((error.kind(), error.revision()), (ErrorKind::Unsupported, Some("b")));
    assert!(error.hint().unwrap().contains("`direct_url`"), "{error:?}");
    assert_eq!(tables(&site).await, "");
    // What comes before it can be done.
    site.on(&graph).pooled().upgrade("a").await.unwrap();
    assert_eq!(applied(&site).await, "a");
}

async fn a_direct_url_is_where_the_work_is_done(site: Site) {
    let graph = with_a_step_outside();
    site.on(&graph).pooled().direct_url(site.direct_url().unwrap()).upgrade("head").await.unwrap();
    assert_eq!(applied(&site).await, "a b");
    assert_eq!(
        site.rows("SELECT count(*) FROM pg_index WHERE indrelid = 't_a'::regclass AND indisvalid").await,
        ["1"]
    );
    let mut lent = site.connect().await;
    lent.on(&graph).pooled().direct_url(site.direct_url().unwrap()).downgrade("base").await.unwrap();
    assert_eq!(applied(&site).await, "");
}

async fn runners_on_both_sides_of_a_pooler_wait_for_each_other(site: Site) {
    let graph = chain(
        Dialect::Postgres,
        &[
            ("a", "CREATE TABLE t_a (n integer)", ""),
            ("b", "SELECT pg_sleep(0.3)", ""),
            ("c", "CREATE TABLE t_c (n integer)", ""),
        ],
    );
    let (inside, outside) = (site.pool_of(1), Pool::to(Dialect::Postgres, site.direct_url().unwrap(), 1));
    let (one, two) =
        tokio::join!(inside.on(&graph).pooled().upgrade("head"), outside.on(&graph).upgrade("head"));
    assert_eq!(one.unwrap().steps.len() + two.unwrap().steps.len(), 3);
    assert_eq!(log(&site).await, "up a done, up b done, up c done");
}

/// The sessions of the server go from client to client: what one leaves behind, another finds.
async fn what_a_script_sets_stays_in_its_transaction(site: Site) {
    let role = site.rows("SELECT current_user").await.remove(0);
    let graph = chain(
        Dialect::Postgres,
        &[
            ("a", "CREATE SCHEMA elsewhere;\nCREATE TABLE t_a (n integer)", ""),
            (
                "b",
                "SET lock_timeout = 77;\nSET statement_timeout = '1h';\n\
                 SELECT set_config('search_path', '', false);\nCREATE TABLE elsewhere.t_b (n integer);\n\
                 SET TIME ZONE 'Asia/Tokyo';\nSET ROLE pg_monitor",
                "",
            ),
            ("c", "CREATE TABLE t_c (n integer)", ""),
        ],
    );
    let ask = "SELECT current_setting('lock_timeout'), current_setting('statement_timeout'), \
               current_setting('search_path'), current_setting('TimeZone'), current_user, \
               current_setting('migrate.settings', true)";
    let before = site.rows(ask).await;
    for transaction in [Transaction::Step, Transaction::Upgrade] {
        let on = site.on(&graph).pooled().transaction(transaction).lock_timeout(Duration::from_secs(9));
        assert_eq!(on.upgrade("head").await.unwrap().steps.len(), 3);
        for after in site.rows(ask).await {
            assert_eq!(after.replace("NULL", ""), before[0].replace("NULL", ""), "{transaction:?}");
            assert!(after.contains(&role));
        }
        assert_eq!(site.rows("SELECT tablename FROM pg_tables WHERE tablename LIKE 't\\__' AND schemaname = 'public' ORDER BY 1").await, ["t_a", "t_c"]);
        site.rows("DROP SCHEMA elsewhere CASCADE; DROP TABLE t_a, t_c, migrate_state, migrate_version, migrate_history").await;
    }
}

async fn the_schema_of_a_tenant_is_entered_for_a_transaction_alone(site: Site) {
    site.rows("CREATE SCHEMA tenant_a").await;
    let graph = steps(Dialect::Postgres);
    site.on(&graph).pooled().schema("tenant_a").upgrade("head").await.unwrap();
    assert!(site.on(&graph).pooled().schema("tenant_a").upgrade("head").await.unwrap().is_empty());
    assert_eq!(site.rows("SELECT n FROM tenant_a.t_a").await, ["1"]);
    assert_eq!(site.rows("SHOW search_path").await, ["\"$user\", public"]);
}

async fn a_lock_is_waited_for_behind_a_pooler(site: Site) {
    let graph = chain(
        Dialect::Postgres,
        &[("a", "CREATE TABLE t_a (n integer)", ""), ("b", "SELECT pg_sleep(1.5)", "")],
    );
    let (worker, waiter) = (site.pool_of(1), site.pool_of(1));
    worker.on(&graph).pooled().upgrade("a").await.unwrap();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&heard);
    let (work, wait) = tokio::join!(worker.on(&graph).pooled().upgrade("head"), async {
        sleep(Duration::from_millis(300)).await;
        let on = waiter.on(&graph).pooled().lock_wait(Duration::from_millis(200));
        on.observer(move |event| hears.lock().unwrap().push(event.clone())).upgrade("head").await
    });
    assert_eq!(work.unwrap().steps.len(), 1);
    let error = wait.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Locked);
    assert!(error.to_string().contains("running `migrate: up b`"), "{error}");
    let heard = heard.lock().unwrap();
    assert!(matches!(&heard[..], [Event::Waiting { holder: Some(_) }]), "{heard:?}");
}

/// A service for several databases says `pooled` for all of them.
async fn other_databases_have_no_such_pooler(site: Site) {
    let graph = chain(site.dialect(), &[("a", "transaction:false\nCREATE TABLE t_a (n integer)", "")]);
    assert_eq!(site.on(&graph).pooled().upgrade("head").await.unwrap().steps.len(), 1);
}

async fn a_direct_url_of_another_database_is_refused(site: Site) {
    let graph = steps(Dialect::Postgres);
    let error = site.on(&graph).direct_url("mysql://app@localhost/app").upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongDatabase);
    assert!(site.ask("SELECT 1 FROM migrate_state").await.is_err());
}
