//! What a doctor says of a database: nothing of a healthy one, and of each ill exactly what it is.

use std::{
    fs,
    io::{Seek as _, SeekFrom, Write as _},
    time::Duration,
};

use migrate_runtime::{Diagnosis, Dialect, Graph};

use crate::{
    bookkeeping::interrupt,
    database::{Connection, Pool},
    history::{chain, drawn},
    site::{Site, on},
};

on!([sqlite, postgres, mysql]:
    of_a_healthy_database_nothing_is_said,
    rows_of_the_tables_that_do_not_hang_together_are_said,
    tables_that_are_not_ours_are_said,
    an_interrupted_step_is_said_with_its_statement,
);
on!([postgres, mysql]:
    transactions_that_are_open_for_long_are_said,
    a_session_that_waits_is_said,
    who_holds_the_migration_lock_is_said,
    missing_rights_are_said,
);
on!([postgres]: invalid_indexes_are_said, a_prepared_transaction_is_said);
on!([mysql]: tables_without_transactions_are_said);
on!([sqlite]: rows_without_parents_are_said, a_damaged_file_is_said, a_file_that_cannot_be_written_is_said);

const MADE: [(&str, &str, &str); 2] = [
    ("a", "CREATE TABLE t_a (n integer NOT NULL);", "DROP TABLE t_a;"),
    ("b", "CREATE TABLE t_b (n integer NOT NULL);", "DROP TABLE t_b;"),
];

async fn of_a_healthy_database_nothing_is_said(site: Site) {
    let graph = chain(site.dialect(), &MADE);
    assert_eq!(said(&site, &graph).await, "");
    site.on(&graph).upgrade("a").await.expect("an upgrade");
    assert_eq!(said(&site, &graph).await, "");
    let before = site.rows("SELECT generation FROM migrate_state").await;
    let mut connection = site.connect().await;
    assert_eq!(text(&connection.on(&graph).doctor().await.expect("a diagnosis")), "");
    assert_eq!(site.rows("SELECT generation FROM migrate_state").await, before, "nothing was changed");
}

async fn rows_of_the_tables_that_do_not_hang_together_are_said(site: Site) {
    let graph = drawn(site.dialect(), "a; b < a; c < b; d < c");
    site.on(&graph).upgrade("head").await.expect("an upgrade");
    for change in [
        "INSERT INTO migrate_version SELECT namespace, 'x', fingerprint, 'd', '', 1, down, applied_at \
         FROM migrate_version WHERE revision = 'd'",
        "DELETE FROM migrate_version WHERE revision = 'b'",
        "UPDATE migrate_version SET fingerprint = 'v1:edited' WHERE revision = 'a'",
        "UPDATE migrate_version SET parents = 'a' WHERE revision = 'd'",
    ] {
        site.rows(change).await;
    }
    let table = match site.dialect() {
        Dialect::Sqlite => "\"migrate_version\"".to_owned(),
        Dialect::Postgres => "\"public\".\"migrate_version\"".to_owned(),
        Dialect::Mysql => format!("`{}`.`migrate_version`", site.rows("SELECT DATABASE()").await[0]),
    };
    let heads = |is_head: u8, id: &str| {
        format!("UPDATE {table} SET is_head = {is_head} WHERE namespace = '' AND revision IN ('{id}')")
    };
    let expected = format!(
        "unknown-revision: `x` is applied, and these migrations do not have it\n  look with the version of the service that \
         has it; where none has, mend the tables: `cargo migrate stamp --purge <target>`\n\
         edited-revision: `a`, or what it rests on, was applied with another text than it has now\n  restore the file as \
         it was; if the schema is right as it is: `cargo migrate stamp head`\n\
         missing-revision: `c` is applied, but `b`, which it rests on, is not\n  a row was lost: write down what is really \
         applied by `cargo migrate stamp <target>`\n\
         other-edges: `d` was written down as resting on `a`; it rests on `c`\n  the row was changed by hand, or the \
         history was: `cargo migrate stamp <target>` writes it anew\n\
         wrong-head: nothing rests on `c`, and it is not marked as a head\n  {}\n\
         wrong-head: `d` is marked as a head, and `x` rests on it\n  {}\n",
        heads(1, "c"),
        heads(0, "d"),
    );
    site.rows("UPDATE migrate_version SET is_head = 1 WHERE revision = 'd'").await;
    assert_eq!(said(&site, &graph).await, expected);
}

async fn tables_that_are_not_ours_are_said(site: Site) {
    let graph = chain(site.dialect(), &MADE);
    site.on(&graph).upgrade("head").await.expect("an upgrade");
    site.rows("UPDATE migrate_state SET format = 999").await;
    let newer = said(&site, &graph).await;
    assert!(
        newer.starts_with("unreadable-tables: `migrate_state` has format 999; this binary knows"),
        "{newer}"
    );
    site.rows("DROP TABLE migrate_history").await;
    assert_eq!(
        said(&site, &graph).await,
        "missing-table: of the bookkeeping tables there is no `migrate_history`\n  restore it from a backup: the next run \
         makes an empty one\n"
    );
    site.rows("CREATE TABLE migrate_history (colour integer)").await;
    let foreign = said(&site, &graph).await;
    assert!(
        foreign.starts_with(
            "unreadable-tables: the table `migrate_history` has a column `colour` that is not ours\n"
        ),
        "{foreign}"
    );
}

async fn an_interrupted_step_is_said_with_its_statement(site: Site) {
    let steps = [
        MADE[0],
        (
            "b",
            "transaction:false\nCREATE TABLE t_b (n integer NOT NULL);\nCREATE TABLE t_c (n integer NOT NULL);",
            "DROP TABLE t_b; DROP TABLE t_c;",
        ),
    ];
    let graph = chain(site.dialect(), &steps);
    site.on(&graph).upgrade("a").await.expect("an upgrade");
    interrupt(&site, "b", "up", 1).await;
    let lock = if site.dialect() == Dialect::Sqlite { "" } else { ", and holds no lock any more" };
    let found = said(&site, &graph).await;
    let expected = format!(
        "interrupted-step: the up step of `b` stopped at statement 2 of 2, `CREATE TABLE t_c (n integer NOT NULL)`: \
         service [7] began it at <date>{lock}\n  run again: the next run finds out what was carried out, and goes on from \
         there\n"
    );
    assert_eq!(found, expected);
}

async fn transactions_that_are_open_for_long_are_said(site: Site) {
    let graph = chain(site.dialect(), &MADE);
    site.on(&graph).upgrade("head").await.expect("an upgrade");
    let mut other = site.connect().await;
    other.rows("BEGIN").await;
    other.rows("INSERT INTO t_a VALUES (1)").await;
    assert_eq!(said(&site, &graph).await, "", "it has just begun");
    tokio::time::sleep(Duration::from_millis(300)).await;
    let diagnosis =
        site.on(&graph).long_transaction(Duration::from_millis(200)).doctor().await.expect("a diagnosis");
    let id = session(&mut other).await;
    let (who, state, remedy) = match site.dialect() {
        Dialect::Postgres => (
            format!("process {id} (user migrate)"),
            "idle in transaction",
            format!("SELECT pg_terminate_backend({id})"),
        ),
        _ => (format!("connection {id} (migrate@<client>)"), "idle", format!("KILL {id}")),
    };
    assert_eq!(
        text(&diagnosis),
        format!(
            "open-transaction: {who} has had a transaction open since <date> ({state}): schema changes wait for it\n  \
             {remedy}\n"
        )
    );
    other.rows("ROLLBACK").await;
    // MariaDB reads its list of transactions anew after a tenth of a second.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let diagnosis = site.on(&graph).long_transaction(Duration::ZERO).doctor().await.expect("a diagnosis");
    assert_eq!(text(&diagnosis), "", "our own transaction is none");
}

async fn a_session_that_waits_is_said(site: Site) {
    let graph = chain(site.dialect(), &MADE);
    site.on(&graph).upgrade("head").await.expect("an upgrade");
    let mut holder = site.connect().await;
    holder.rows("BEGIN").await;
    holder.rows("INSERT INTO t_a VALUES (1)").await;
    let mut waiter = site.connect().await;
    let (holds, waits) = (session(&mut holder).await, session(&mut waiter).await);
    let waiting =
        tokio::spawn(async move { waiter.ask("ALTER TABLE t_a ADD COLUMN more integer").await.map(|_| ()) });
    tokio::time::sleep(Duration::from_millis(2200)).await;
    let found = said(&site, &graph).await;
    let expected = match site.dialect() {
        Dialect::Postgres => format!(
            "waiting-session: process {waits} (user migrate) waits for a lock on `t_a`, which process {holds} holds\n  \
             SELECT pg_terminate_backend({holds})\n"
        ),
        _ => format!(
            "waiting-session: connection {waits} (migrate@<client>) waits for a table metadata lock\n  end the session that \
             is in the way: `SHOW FULL PROCESSLIST` lists all of them\n"
        ),
    };
    assert_eq!(found, expected);
    holder.rows("ROLLBACK").await;
    waiting.await.expect("the task").expect("it got the lock");
}

async fn who_holds_the_migration_lock_is_said(site: Site) {
    let graph =
        chain(site.dialect(), &[("a", SLOW[usize::from(site.dialect() == Dialect::Mysql)], "SELECT 1;")]);
    let running = {
        let (pool, graph) = (Pool::clone(&site), graph.clone());
        tokio::spawn(async move { pool.on(&graph).upgrade("head").await.map(|_| ()) })
    };
    // The step begins with its bookkeeping tables.
    while site.ask("SELECT * FROM migrate_state").await.is_err() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    let found = said(&site, &graph).await;
    assert!(found.starts_with("held-lock: "), "{found}");
    assert!(
        found.contains(" holds the migration lock\n  a run is at work: wait for it, or end that session\n"),
        "{found}"
    );
    assert_eq!(found.lines().count(), 2, "{found}");
    running.await.expect("the task").expect("the run");
    assert_eq!(said(&site, &graph).await, "");
}

const SLOW: [&str; 2] = ["SELECT pg_sleep(2);", "DO SLEEP(2);"];

async fn missing_rights_are_said(site: Site) {
    let graph = chain(site.dialect(), &MADE);
    site.on(&graph).upgrade("head").await.expect("an upgrade");
    let user = format!("reader_{:x}", fastrand::u32(..));
    let (made, gone) = match site.dialect() {
        Dialect::Postgres => (
            format!(
                "CREATE ROLE {user} LOGIN PASSWORD 'x'; GRANT USAGE ON SCHEMA public TO {user}; \
                 GRANT SELECT ON ALL TABLES IN SCHEMA public TO {user}; GRANT INSERT, UPDATE ON migrate_version TO {user}"
            ),
            format!("DROP OWNED BY {user}; DROP ROLE {user}"),
        ),
        _ => {
            let database = site.rows("SELECT DATABASE()").await.remove(0);
            (
                format!(
                    "CREATE USER {user} IDENTIFIED BY 'x'; GRANT SELECT, INSERT, ALTER ON {database}.* TO {user}"
                ),
                format!("DROP USER {user}"),
            )
        }
    };
    site.rows(&made).await;
    let (scheme, rest) = site.url().split_once("://").expect("a URL");
    let url = format!("{scheme}://{user}:x@{}", rest.split_once('@').expect("a server").1);
    let pool = Pool::to(site.dialect(), &url, 1);
    let diagnosis = pool.on(&graph).doctor().await;
    pool.close().await;
    site.rows(&gone).await;
    let diagnosis = diagnosis.expect("reading is enough");
    let missing: Vec<&str> = diagnosis.symptoms.iter().map(|symptom| symptom.message.as_str()).collect();
    match site.dialect() {
        Dialect::Postgres => {
            let on = |table: &str, rights: &[&str]| {
                let line = |right: &&str| {
                    format!("the user lacks the right {right} on the table `\"public\".\"{table}\"`")
                };
                rights.iter().map(line).collect::<Vec<_>>()
            };
            let mut expected = vec!["the user lacks the right CREATE on the schema `\"public\"`".to_owned()];
            expected.extend(on("migrate_state", &["INSERT", "UPDATE", "DELETE"]));
            expected.extend(on("migrate_version", &["DELETE"]));
            expected.extend(on("migrate_history", &["INSERT", "UPDATE", "DELETE"]));
            assert_eq!(missing, expected);
            assert_eq!(
                diagnosis.symptoms[0].remedy,
                format!("GRANT USAGE, CREATE ON SCHEMA \"public\" TO {user}")
            );
        }
        _ => {
            let lacks: Vec<&str> = missing.iter().filter_map(|text| text.split(' ').nth(5)).collect();
            assert_eq!(lacks, ["UPDATE", "DELETE", "CREATE", "DROP", "INDEX", "REFERENCES"]);
            let unseen = "open transactions cannot be seen: ";
            assert!(diagnosis.unseen.iter().any(|text| text.starts_with(unseen)), "{:?}", diagnosis.unseen);
        }
    }
}

async fn invalid_indexes_are_said(site: Site) {
    let graph = chain(Dialect::Postgres, &MADE);
    site.on(&graph).upgrade("head").await.expect("an upgrade");
    site.rows("INSERT INTO t_a VALUES (1), (1)").await;
    site.ask("CREATE UNIQUE INDEX CONCURRENTLY t_a_n ON t_a (n)").await.expect_err("there are two");
    site.rows("CREATE INDEX \"T b\" ON t_b (n)").await;
    site.rows("CREATE INDEX t_b_n_ccnew ON t_b (n)").await;
    site.rows("UPDATE pg_index SET indisvalid = false WHERE indexrelid IN ('\"T b\"'::regclass, 't_b_n_ccnew'::regclass)").await;
    assert_eq!(
        said(&site, &graph).await,
        "invalid-index: the index `public.\"T b\"` of `t_b` is invalid: its build was broken off\n  REINDEX INDEX \
         CONCURRENTLY public.\"T b\"\n\
         invalid-index: the index `public.t_a_n` of `t_a` is invalid: its build was broken off\n  REINDEX INDEX \
         CONCURRENTLY public.t_a_n\n\
         invalid-index: the index `public.t_b_n_ccnew` of `t_b` was left over by a rebuild that was broken off\n  DROP \
         INDEX CONCURRENTLY public.t_b_n_ccnew\n"
    );
}

async fn a_prepared_transaction_is_said(site: Site) {
    let graph = chain(Dialect::Postgres, &MADE);
    site.on(&graph).upgrade("head").await.expect("an upgrade");
    let mut other = site.connect().await;
    other.rows("BEGIN").await;
    other.rows("INSERT INTO t_a VALUES (1)").await;
    // Most servers allow none.
    if other.ask("PREPARE TRANSACTION 'doctor''s'").await.is_err() {
        return;
    }
    let diagnosis = site.on(&graph).long_transaction(Duration::ZERO).doctor().await.expect("a diagnosis");
    assert!(text(&diagnosis).ends_with("\n  ROLLBACK PREPARED 'doctor''s'\n"), "{}", text(&diagnosis));
    site.rows("ROLLBACK PREPARED 'doctor''s'").await;
}

async fn tables_without_transactions_are_said(site: Site) {
    let graph = chain(Dialect::Mysql, &MADE);
    site.on(&graph).upgrade("head").await.expect("an upgrade");
    site.rows("CREATE TABLE t_m (n integer) ENGINE = MyISAM").await;
    assert_eq!(
        said(&site, &graph).await,
        "no-transactions: the table `t_m` is kept by MyISAM, which knows no transactions: changes of its rows cannot be \
         rolled back\n  ALTER TABLE `t_m` ENGINE = InnoDB\n"
    );
}

async fn rows_without_parents_are_said(site: Site) {
    let graph = chain(Dialect::Sqlite, &MADE);
    site.on(&graph).upgrade("head").await.expect("an upgrade");
    site.rows("CREATE TABLE t_c (n integer REFERENCES t_p)").await;
    site.rows("CREATE TABLE t_p (n integer PRIMARY KEY)").await;
    site.rows("PRAGMA foreign_keys = OFF; INSERT INTO t_c VALUES (1), (2); PRAGMA foreign_keys = ON").await;
    assert_eq!(
        said(&site, &graph).await,
        "broken-reference: 2 rows of `t_c` refer to rows of `t_p` that are not there\n  mend or delete them: \
         SQLite's `foreign_key_check` lists them\n"
    );
}

async fn a_damaged_file_is_said(site: Site) {
    let graph = chain(Dialect::Sqlite, &MADE);
    site.on(&graph).upgrade("head").await.expect("an upgrade");
    let page =
        "SELECT rootpage * (SELECT page_size FROM pragma_page_size) FROM sqlite_schema WHERE name = 't_a'";
    let end: u64 = site.rows(page).await[0].parse().expect("a number");
    let file = site.rows("SELECT file FROM pragma_database_list").await.remove(0);
    site.close().await;
    let mut file = fs::File::options().write(true).open(file).expect("the file");
    file.seek(SeekFrom::Start(end - 4096))
        .and_then(|_| file.write_all(&[0xff; 64]))
        .expect("a page of garbage");
    drop(file);
    let found = said(&site.pool_of(1), &graph).await;
    assert!(found.starts_with("damaged-file: the file is damaged: "), "{found}");
    assert!(found.ends_with("\n  restore a backup: `cargo migrate restore <file>`\n"), "{found}");
}

async fn a_file_that_cannot_be_written_is_said(site: Site) {
    let graph = chain(Dialect::Sqlite, &MADE);
    site.on(&graph).upgrade("head").await.expect("an upgrade");
    let pool = Pool::to(Dialect::Sqlite, &site.url().replace("mode=rwc", "mode=ro"), 1);
    assert_eq!(
        said(&pool, &graph).await,
        "read-only: the file cannot be written to\n  let this user write to it, and open it for writing\n"
    );
    let off = Pool::to(Dialect::Sqlite, site.url(), 1);
    off.rows("PRAGMA journal_mode = OFF").await;
    assert_eq!(
        said(&off, &graph).await,
        "unsafe-journal: the journal mode is `off`: a process that is killed may leave the file damaged\n  let connections \
         use the mode `delete` or `wal`\n"
    );
}

/// What is said of the database, where all of it can be seen.
async fn said(pool: &Pool, graph: &Graph) -> String {
    let diagnosis = pool.on(graph).doctor().await.expect("a diagnosis");
    assert_eq!(diagnosis.unseen, [] as [&str; 0]);
    text(&diagnosis)
}

/// A symptom in two lines: name and message, and what to do. Dates and the addresses of clients are left out.
fn text(diagnosis: &Diagnosis) -> String {
    let line = |symptom: &migrate_runtime::Symptom| {
        format!("{}: {}\n  {}\n", symptom.name, symptom.message, symptom.remedy)
    };
    let text: String = diagnosis.symptoms.iter().map(line).collect();
    without_dates(&without_client(&text))
}

fn without_client(text: &str) -> String {
    match text.split_once("(migrate@") {
        None => text.to_owned(),
        Some((before, rest)) => {
            let (_, after) = rest.split_once(')').expect("it ends");
            format!("{before}(migrate@<client>){}", without_client(after))
        }
    }
}

/// Without what begins with a year and goes on with digits.
fn without_dates(text: &str) -> String {
    let mut short = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(" 20") {
        let (before, date) = rest.split_at(at + 1);
        let end = date.find(|c: char| !(c.is_ascii_digit() || "-:. +".contains(c))).unwrap_or(date.len());
        let date = date[..end].trim_end_matches([' ', ':']);
        short += before;
        short += if date.len() >= 19 { "<date>" } else { date };
        rest = &rest[at + 1 + date.len()..];
    }
    short + rest
}

/// The number by which the server knows a session.
async fn session(connection: &mut Connection) -> String {
    let text = match connection {
        Connection::Postgres(_) => "SELECT pg_backend_pid()::text",
        _ => "SELECT CAST(CONNECTION_ID() AS CHAR)",
    };
    connection.rows(text).await.remove(0)
}
