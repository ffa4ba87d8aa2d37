//! What goes over the wire while steps are taken.

use migrate_runtime::{Dialect, Graph};
use sqlx::{MySqlPool, PgPool};

use crate::{
    history::chain,
    site::{Site, on},
    wire::{Sent, Wire},
};

on!([postgres]:
    a_postgres_step_is_one_message,
    a_postgres_script_goes_as_it_is_written,
);
on!([mysql]: nothing_is_prepared_on_mysql);

fn steps(dialect: Dialect, count: usize) -> Graph {
    let tables: Vec<_> =
        (1..=count).map(|n| (format!("r{n}"), format!("CREATE TABLE t_{n} (n integer)"))).collect();
    let revisions: Vec<_> = tables.iter().map(|(id, up)| (&**id, &**up, "SELECT 1")).collect();
    chain(dialect, &revisions)
}

/// What was sent while the graph was applied, in another namespace each time.
async fn sent(site: &Site, graph: &Graph, namespace: &'static str) -> Vec<Sent> {
    let wire = Wire::to(site.dialect(), site.url()).await;
    match site.dialect() {
        Dialect::Postgres => {
            let pool = PgPool::connect(wire.url()).await.unwrap();
            wire.take();
            graph.on(&pool).namespace(namespace).upgrade("head").await.unwrap();
        }
        _ => {
            let pool = MySqlPool::connect(wire.url()).await.unwrap();
            wire.take();
            graph.on(&pool).namespace(namespace).upgrade("head").await.unwrap();
        }
    }
    wire.take()
}

async fn a_postgres_step_is_one_message(site: Site) {
    sent(&site, &steps(Dialect::Postgres, 1), "make the tables").await;
    site.rows("DROP TABLE t_1").await;
    let one = sent(&site, &steps(Dialect::Postgres, 1), "one").await;
    site.rows("DROP TABLE t_1").await;
    let five = sent(&site, &steps(Dialect::Postgres, 5), "five").await;
    let queries = |sent: &[Sent]| sent.iter().filter(|sent| sent.kind == "Query").count();
    assert_eq!(queries(&five) - queries(&one), 4);
    // A second connection comes where the first is still on its way back into the pool.
    let others = |sent: &Sent| !matches!(&*sent.kind, "Query" | "Sync" | "Terminate" | "Password");
    assert!(!five.iter().any(others), "{five:#?}");
}

async fn a_postgres_script_goes_as_it_is_written(site: Site) {
    let script = "CREATE TABLE t_a (n integer /* ; */);\n\n  INSERT INTO t_a VALUES (1) -- one";
    let graph = chain(Dialect::Postgres, &[("a", script, "")]);
    let sent = sent(&site, &graph, "").await;
    let step = sent.iter().find(|sent| sent.text.contains("t_a")).unwrap();
    assert!(
        step.text.contains("CREATE TABLE t_a (n integer /* ; */);\nINSERT INTO t_a VALUES (1);\n"),
        "{step:?}"
    );
}

async fn nothing_is_prepared_on_mysql(site: Site) {
    let sent = sent(&site, &steps(Dialect::Mysql, 3), "").await;
    let others = |sent: &Sent| !matches!(&*sent.kind, "Query" | "Ping" | "Quit");
    assert!(!sent.iter().any(others), "{sent:#?}");
}
