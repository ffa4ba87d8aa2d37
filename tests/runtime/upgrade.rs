//! Up: what a target needs is applied, in order, and each step is recorded.

use std::sync::{Arc, LazyLock, Mutex};

use migrate_runtime::{Dialect, Graph, embed_migrations, revision};

use crate::{
    bookkeeping::{applied, log, tables},
    database::Pool,
    history::{chain, drawn, history},
    site::{Site, on},
    walk::walk,
};

on!([sqlite, postgres, mysql]:
    branches_part_and_meet_again,
    a_dependency_comes_along_and_is_no_head,
    steps_are_counted_from_what_is_applied,
    labels_and_prefixes_name_revisions,
    a_wrong_target_changes_nothing,
    the_report_says_what_was_done,
    an_upgrade_can_be_spawned,
    an_empty_graph_has_nothing_to_do,
    comments_and_missing_semicolons_do_no_harm,
    bodies_with_semicolons_are_one_statement,
    an_observer_hears_of_each_step_and_statement,
    several_targets_are_reached_at_once,
);
on!([sqlite, postgres]: an_embedded_graph_names_its_revisions);

async fn branches_part_and_meet_again(site: Site) {
    walk(
        &site,
        "a; b1,b2 < a; c < b1,b2; d < c",
        "
        upgrade a -> +a = a
        upgrade b1 -> +b1 = b1
        upgrade b2 -> +b2 = b1 b2
        upgrade c -> +c = c
        upgrade head -> +d = d
        upgrade head -> = d
        upgrade b1 -> = d
        ",
    )
    .await;
}

async fn a_dependency_comes_along_and_is_no_head(site: Site) {
    walk(
        &site,
        "a1; b1 < a1; c1 < b1; a2; b2 < a2; c2 < b2 & c1",
        "
        upgrade b2 -> +a2 +b2 = b2
        upgrade c2 -> +a1 +b1 +c1 +c2 = c2
        downgrade b1 -> -c2 -c1 = b1 b2
        upgrade heads -> +c1 +c2 = c2
        ",
    )
    .await;
}

async fn steps_are_counted_from_what_is_applied(site: Site) {
    walk(
        &site,
        "a; b < a; c < b; d < c; e < d",
        "
        upgrade +1 -> +a = a
        upgrade +2 -> +b +c = c
        upgrade c+1 -> +d = d
        upgrade +1 -> +e = e
        ",
    )
    .await;
}

async fn labels_and_prefixes_name_revisions(site: Site) {
    walk(
        &site,
        "base0; api1 < base0 [api]; api2 < api1; web1 < base0 [web]; web2 < web1",
        "
        upgrade b -> +base0 = base0
        upgrade api -> +api1 = api1
        upgrade web@head -> +web1 +web2 = api1 web2
        upgrade api@+1 -> +api2 = api2 web2
        downgrade web@base -> -web2 -web1 = api2
        upgrade heads -> +web1 +web2 = api2 web2
        ",
    )
    .await;
}

async fn a_wrong_target_changes_nothing(site: Site) {
    walk(
        &site,
        "a; b1,b2 < a",
        "
        upgrade nosuch -> Target: there is no revision and no label `nosuch`
        help: `history` lists the revisions and their labels
        ",
    )
    .await;
    assert_eq!(tables(&site).await, "");
}

async fn the_report_says_what_was_done(site: Site) {
    let graph = chain(
        site.dialect(),
        &[
            ("a", "CREATE TABLE t_a (n integer);\nINSERT INTO t_a VALUES (1)", "DROP TABLE t_a"),
            ("b", "CREATE TABLE t_b (n integer)", "DROP TABLE t_b"),
        ],
    );
    let report = site.on(&graph).upgrade("head").await.unwrap();
    assert_eq!(report.database, site.dialect());
    assert_eq!(report.unknown, [""; 0]);
    let steps: Vec<_> = report
        .steps
        .iter()
        .map(|step| format!("{} {} ({}): {}", step.direction, step.revision, step.message, step.statements))
        .collect();
    assert_eq!(steps, ["up a (make a): 2", "up b (make b): 1"]);
    assert_eq!(log(&site).await, "up a done, up b done");
    assert!(site.on(&graph).upgrade("head").await.unwrap().is_empty());
}

async fn an_upgrade_can_be_spawned(site: Site) {
    static SQLITE: LazyLock<Graph> = LazyLock::new(|| drawn(Dialect::Sqlite, "a; b < a"));
    static POSTGRES: LazyLock<Graph> = LazyLock::new(|| drawn(Dialect::Postgres, "a; b < a"));
    static MYSQL: LazyLock<Graph> = LazyLock::new(|| drawn(Dialect::Mysql, "a; b < a"));
    let graph: &'static Graph = match site.dialect() {
        Dialect::Sqlite => &SQLITE,
        Dialect::Postgres => &POSTGRES,
        Dialect::Mysql => &MYSQL,
    };
    let task = match &*site {
        Pool::Sqlite(pool) => tokio::spawn(graph.upgrade(pool, "head")),
        Pool::Postgres(pool) => tokio::spawn(graph.upgrade(pool, "head")),
        Pool::Mysql(pool) => tokio::spawn(graph.upgrade(pool, "head")),
    };
    assert_eq!(task.await.unwrap().unwrap().steps.len(), 2);
}

async fn an_empty_graph_has_nothing_to_do(site: Site) {
    let graph = history(site.dialect(), "");
    assert!(site.on(&graph).upgrade("head").await.unwrap().is_empty());
    assert!(site.on(&graph).status().await.unwrap().up_to_date);
}

/// What follows a script in its text must not end up in a comment of the script.
async fn comments_and_missing_semicolons_do_no_harm(site: Site) {
    let graph = chain(
        site.dialect(),
        &[
            ("a", "-- first\nCREATE TABLE t_a (n integer) -- no semicolon", "DROP TABLE t_a -- gone"),
            ("b", "CREATE TABLE t_b (n integer); -- after it", "DROP TABLE t_b; /* done */"),
            (
                "c",
                "/* before */ INSERT INTO t_a /* within */ VALUES (1) -- last\n-- and last",
                "DELETE FROM t_a --",
            ),
            ("d", ";;INSERT INTO t_b VALUES (1);;\n;", ";DELETE FROM t_b;;"),
        ],
    );
    site.on(&graph).upgrade("head").await.unwrap();
    assert_eq!(applied(&site).await, "a b c d");
    site.on(&graph).downgrade("base").await.unwrap();
    assert_eq!(applied(&site).await, "");
    assert_eq!(site.on(&graph).upgrade("head").await.unwrap().steps.len(), 4);
}

async fn bodies_with_semicolons_are_one_statement(site: Site) {
    let (trigger, down) = match site.dialect() {
        Dialect::Postgres => (
            "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN\n  INSERT INTO t_b VALUES (new.n); RETURN new;\nEND $f$;\n\
             CREATE TRIGGER g AFTER INSERT ON t_a FOR EACH ROW EXECUTE FUNCTION f()",
            "DROP TRIGGER g ON t_a; DROP FUNCTION f",
        ),
        Dialect::Mysql => (
            "CREATE TRIGGER g AFTER INSERT ON t_a FOR EACH ROW BEGIN\n  INSERT INTO t_b VALUES (new.n);\n  SET @x = 1;\nEND",
            "DROP TRIGGER g",
        ),
        Dialect::Sqlite => (
            "CREATE TRIGGER g AFTER INSERT ON t_a BEGIN\n  INSERT INTO t_b VALUES (new.n);\n  SELECT CASE WHEN 1 THEN 2 END;\nEND",
            "DROP TRIGGER g",
        ),
    };
    let graph = chain(
        site.dialect(),
        &[
            ("a", "CREATE TABLE t_a (n integer);\nCREATE TABLE t_b (n integer)", ""),
            ("b", trigger, down),
            ("c", "INSERT INTO t_a VALUES (7)", "DELETE FROM t_a"),
        ],
    );
    site.on(&graph).upgrade("head").await.unwrap();
    assert_eq!(site.rows("SELECT n FROM t_b").await, ["7"]);
    site.on(&graph).downgrade("a").await.unwrap();
    site.on(&graph).upgrade("head").await.unwrap();
}

async fn an_observer_hears_of_each_step_and_statement(site: Site) {
    let graph = chain(
        site.dialect(),
        &[
            (
                "a",
                "transaction:false\nCREATE TABLE t_a (n integer);\nINSERT INTO t_a VALUES (1)",
                "DROP TABLE t_a",
            ),
            ("b", "INSERT INTO t_a VALUES (2);\nINSERT INTO t_a VALUES (3)", "DELETE FROM t_a"),
        ],
    );
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&heard);
    let on = site.on(&graph).observer(move |event| {
        let mut value = serde_json::to_value(event).unwrap();
        value.as_object_mut().unwrap().remove("elapsed_ms");
        hears.lock().unwrap().push(value.to_string());
    });
    on.upgrade("head").await.unwrap();
    assert_eq!(
        *heard.lock().unwrap(),
        [
            r#"{"event":"planned","steps":2}"#,
            r#"{"direction":"up","event":"step_started","number":1,"of":2,"revision":"a"}"#,
            r#"{"event":"statement_started","number":1,"of":2,"revision":"a"}"#,
            r#"{"event":"statement_started","number":2,"of":2,"revision":"a"}"#,
            r#"{"direction":"up","event":"step_finished","revision":"a"}"#,
            r#"{"direction":"up","event":"step_started","number":2,"of":2,"revision":"b"}"#,
            r#"{"direction":"up","event":"step_finished","revision":"b"}"#,
        ]
    );
}

async fn several_targets_are_reached_at_once(site: Site) {
    walk(
        &site,
        "a; b1,b2 < a; c1 < b1; c2 < b2",
        "
        upgrade b1,b2 -> +a +b1 +b2 = b1 b2
        upgrade c1,b2 -> +c1 = b2 c1
        downgrade b1,b2 -> Target: `b1,b2` is several targets, which is no target for `downgrade`
        help: several targets are for `upgrade` and `stamp`
        ",
    )
    .await;
}

/// The sample history, as a service embeds it.
static EMBEDDED: Graph = embed_migrations!("migrations", sqlite, postgres);

async fn an_embedded_graph_names_its_revisions(site: Site) {
    const PRIORITY: &str = revision!(EMBEDDED, "bb151d0dd5bb");
    let task = match &*site {
        Pool::Sqlite(pool) => tokio::spawn(EMBEDDED.upgrade(pool, PRIORITY)),
        Pool::Postgres(pool) => tokio::spawn(EMBEDDED.upgrade(pool, PRIORITY)),
        Pool::Mysql(_) => unreachable!("it is not embedded for MySQL"),
    };
    assert_eq!(task.await.unwrap().unwrap().steps.len(), 2);
    assert_eq!(site.on(&EMBEDDED).current().await.unwrap(), [PRIORITY]);
    site.on(&EMBEDDED).upgrade("head").await.unwrap();
    site.on(&EMBEDDED).downgrade(PRIORITY).await.unwrap();
    assert_eq!(site.on(&EMBEDDED).current().await.unwrap(), [PRIORITY]);
}
