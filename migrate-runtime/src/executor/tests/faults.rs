//! Fault loops: a run fails at its first call to the database, then at its second, and so on until it completes
//! untouched. After each fault a new run makes the state right, or says that somebody has to look.
//!
//! The databases are real. The fault is that of a process that dies: the connection is dropped, before or after the
//! database has done what it was asked.

use futures_core::future::BoxFuture;
use migrate_analysis::{check, config::Config, source::Sources};
use migrate_core::Dialect;

use crate::{
    Connectable, Edition, ErrorKind, Graph, Report, Result, Settings, Standing, Transaction,
    connectable::Door,
    database::room,
    executor::{Order, execute},
    server,
    session::{Class, Failure, Sent, Session},
    settings::Options,
};

/// What dies at which call.
#[derive(Clone, Copy, Debug)]
struct Fault {
    /// The call, from 1.
    call: usize,
    /// Whether the database still does what it is asked.
    after: bool,
}

/// A session that dies.
struct Mortal<'s> {
    session: Option<Box<dyn Session + 's>>,
    fault: Fault,
    calls: usize,
}

impl<'s> Mortal<'s> {
    async fn call(&mut self, text: &str, rows: bool) -> Sent {
        self.calls += 1;
        let Some(session) = &mut self.session else { return lost() };
        let dies = self.calls == self.fault.call;
        if dies && !self.fault.after {
            self.session = None;
            return lost();
        }
        let sent = if rows { session.query(text).await } else { session.send(text).await };
        if dies {
            self.session = None;
            return lost();
        }
        sent
    }
}

fn lost() -> Sent {
    Sent { failure: Some(Failure::new(Class::Connection, "the connection was lost")), ..Sent::default() }
}

impl Session for Mortal<'_> {
    fn send<'a>(&'a mut self, text: &'a str) -> BoxFuture<'a, Sent> {
        Box::pin(self.call(text, false))
    }

    fn query<'a>(&'a mut self, text: &'a str) -> BoxFuture<'a, Sent> {
        Box::pin(self.call(text, true))
    }

    fn is_own(&self) -> bool {
        true
    }

    fn remember(&mut self, _: &str) {}

    fn close<'a>(self: Box<Self>) -> BoxFuture<'a, ()>
    where
        Self: 'a,
    {
        Box::pin(async move {
            if let Some(session) = self.session {
                session.close().await;
            }
        })
    }
}

/// A history of both kinds of step.
const HISTORY: [(&str, &str); 3] = [
    (
        "1.sql",
        "-- first\n-- revision: first\n-- migrate:up\nCREATE TABLE t (id int PRIMARY KEY, n int);\n\
         INSERT INTO t VALUES (1, 0);\nINSERT INTO t VALUES (2, 0);\n-- migrate:down\nDROP TABLE t;\n",
    ),
    (
        "2.sql",
        "-- second\n-- revision: second\n-- revises: first\n-- migrate:up transaction:false\n\
         CREATE INDEX i ON t (n);\nCREATE TABLE u (id int);\nUPDATE t SET n = n + 1;\nUPDATE t SET n = n + 1;\n\
         -- migrate:down transaction:false\nUPDATE t SET n = n - 2;\nDROP TABLE u;\nDROP_INDEX;\n",
    ),
    (
        "3.sql",
        "-- third\n-- revision: third\n-- revises: second\n-- migrate:up\nUPDATE t SET n = n + 10;\n\
         -- migrate:down\nUPDATE t SET n = n - 10;\n",
    ),
];

fn graph(dialect: Dialect, files: &[(&str, &str)]) -> Graph {
    let drop_index = if dialect == Dialect::Mysql { "DROP INDEX i ON t" } else { "DROP INDEX i" };
    let files: Vec<(&str, String)> =
        files.iter().map(|(name, text)| (*name, text.replace("DROP_INDEX", drop_index))).collect();
    let sources = Sources::new("migrations", files.iter().map(|(name, text)| (*name, text.as_str())));
    let mut config = Config::default();
    config.databases.push(dialect);
    let report = check(&sources, &config);
    assert!(!report.is_refused(), "{:?}", report.diagnostics);
    let editions = report.editions.into_iter();
    let editions =
        editions.map(|edition| Edition { dialect: edition.dialect, graph: edition.graph }).collect();
    Graph::new(editions, Settings::default())
}

/// Runs an order on a session that dies, and tells how many calls were made.
async fn run(
    door: &mut dyn Door,
    graph: &Graph,
    order: &Order,
    transaction: Transaction,
    fault: Fault,
) -> (Result<Report>, bool) {
    let dialect = door.dialect();
    let options = Options::new(Settings { transaction, ..Settings::default() });
    let session = door.session().await.expect("a session");
    let mortal = Mortal { session: Some(session), fault, calls: 0 };
    let room = room(dialect).expect("a room");
    let edition = graph.edition(dialect).expect("an edition");
    // The session is moved into the executor; whether it died shows in what became of the run.
    let result = execute(Box::new(mortal), room, edition, &options, order).await;
    let died = matches!(&result, Err(error) if error.kind() == ErrorKind::Connection);
    (result, died)
}

/// No fault at all.
const NEVER: Fault = Fault { call: usize::MAX, after: false };

fn to(target: &str) -> migrate_core::graph::Target {
    target.parse().expect("a target")
}

/// What a test can see of a database.
trait Eyes {
    fn door(&self) -> Box<dyn Door + 'static>;
    /// Empties the database.
    fn clear(&self) -> BoxFuture<'_, ()>;
    /// A query for one text.
    fn ask<'a>(&'a self, query: &'a str) -> BoxFuture<'a, Option<String>>;
}

struct Pooled<DB: crate::database::driver::Supported>(sqlx::Pool<DB>);

impl<DB: crate::database::driver::Supported> Eyes for Pooled<DB> {
    fn door(&self) -> Box<dyn Door + 'static> {
        door_of(&self.0)
    }

    fn clear(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {
            let tables = ["t", "u", "migrate_state", "migrate_version", "migrate_history"];
            let drops = tables.map(|table| format!("DROP TABLE IF EXISTS {table}")).join("; ");
            self.door().ask(&drops).await.complete().expect("the tables are dropped");
        })
    }

    fn ask<'a>(&'a self, query: &'a str) -> BoxFuture<'a, Option<String>> {
        Box::pin(async move {
            let rows = self.door().ask(query).await.rows().ok()?;
            rows.into_iter().flatten().next().flatten()
        })
    }
}

fn door_of<'c, T: Connectable<'c>>(on: T) -> Box<dyn Door + 'c> {
    on.door()
}

/// The sum of `t.n`, which tells how often each update was run; `None` without the table.
async fn sum(eyes: &dyn Eyes, dialect: Dialect) -> Option<String> {
    let room = room(dialect).expect("a room");
    eyes.ask(&format!("SELECT {} FROM t", room.as_text("sum(n)"))).await
}

/// Runs with every fault in turn; after each, a run without faults has to bring the database to `expected`, or to find
/// the step outside a transaction interrupted, with its statements before the noted one done once and no other.
async fn fault_loop(eyes: &dyn Eyes, graph: &Graph, transaction: Transaction, up: bool) {
    let dialect = eyes.door().dialect();
    let order = if up { Order::Upgrade(to("head")) } else { Order::Downgrade(to("base")) };
    let mut faults = 0;
    for after in [false, true] {
        for call in 1.. {
            eyes.clear().await;
            if !up {
                let whole = Order::Upgrade(to("head"));
                run(&mut *eyes.door(), graph, &whole, transaction, NEVER).await.0.expect("an upgrade");
            }
            let fault = Fault { call, after };
            let (first, died) = run(&mut *eyes.door(), graph, &order, transaction, fault).await;
            if !died {
                first.expect("a run without a fault");
                break;
            }
            faults += 1;
            let (second, _) = run(&mut *eyes.door(), graph, &order, transaction, NEVER).await;
            let status = crate::On::through(graph, eyes.door()).status().await.expect("a status");
            match second {
                Ok(_) => {
                    let expected = if up { Standing::Current } else { Standing::Empty };
                    assert_eq!(status.standing, expected, "{dialect}, {fault:?}");
                    let expected = up.then(|| "24".to_owned());
                    assert_eq!(sum(eyes, dialect).await, expected, "{dialect}, {fault:?}");
                }
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::Interrupted, "{dialect}, {fault:?}: {error:?}");
                    interrupted(eyes, dialect, &status.standing, up, fault).await;
                }
            }
        }
    }
    assert!(faults > 10, "{faults} faults on {dialect}");
}

/// What is true of a database whose step was interrupted: the noted statement may be done or not, those before it are
/// done, those behind it are not.
async fn interrupted(eyes: &dyn Eyes, dialect: Dialect, standing: &Standing, up: bool, fault: Fault) {
    let Standing::Interrupted { revision, statement, .. } = standing else { panic!("{standing:?}") };
    let sum = sum(eyes, dialect).await;
    let room = room(dialect).expect("a room");
    let has_u = eyes.ask(&format!("SELECT {} FROM u", room.as_text("count(*)"))).await.is_some();
    // The sums that are possible, and whether `u` is there, where that is certain.
    let (sums, u): (&[Option<&str>], Option<bool>) = match (up, revision.as_str(), statement) {
        // Of the first revision, which only MariaDB runs outside a transaction: `sum` of no rows and of zeros.
        (true, "first", 1) => (&[None], Some(false)),
        (true, "first", _) => (&[None, Some("0")], Some(false)),
        (true, "second", 1) => (&[Some("0")], Some(false)),
        (true, "second", 2) => (&[Some("0")], None),
        (true, "second", 3) => (&[Some("0")], Some(true)),
        (true, "second", 4) => (&[Some("2")], Some(true)),
        (true, "second", 5) => (&[Some("4")], Some(true)),
        (false, "second", 1) => (&[Some("4")], Some(true)),
        (false, "second", 2) => (&[Some("0")], None),
        (false, "second", 3 | 4) => (&[Some("0")], Some(false)),
        (false, "first", 1) => (&[None, Some("0")], Some(false)),
        other => panic!("{dialect}, {fault:?}: {other:?}"),
    };
    assert!(sums.contains(&sum.as_deref()), "{dialect}, {fault:?}, {standing:?}: {sum:?}");
    assert!(u.is_none_or(|u| u == has_u), "{dialect}, {fault:?}, {standing:?}: `u` is there: {has_u}");
}

/// Adopts with every fault in turn; after each, a run without faults finishes the job or finds it done.
async fn adoption_loop(eyes: &dyn Eyes, graph: &Graph) {
    let dialect = eyes.door().dialect();
    let order = Order::Adopt(graph.revisions().map(|revision| revision.id().to_owned()).collect());
    let mut faults = 0;
    for after in [false, true] {
        for call in 1.. {
            eyes.clear().await;
            let fault = Fault { call, after };
            let (first, died) = run(&mut *eyes.door(), graph, &order, Transaction::Step, fault).await;
            if !died {
                first.expect("a run without a fault");
                break;
            }
            faults += 1;
            let (second, _) = run(&mut *eyes.door(), graph, &order, Transaction::Step, NEVER).await;
            let written = second.expect("an adoption").stamped.len();
            assert!(written == 0 || written == graph.revisions().count(), "{dialect}, {fault:?}: {written}");
            let status = crate::On::through(graph, eyes.door()).status().await.expect("a status");
            assert_eq!(status.standing, Standing::Current, "{dialect}, {fault:?}");
            let count = room(dialect).expect("a room").as_text("count(*)");
            let stamps = eyes.ask(&format!("SELECT {count} FROM migrate_history")).await;
            assert_eq!(stamps.as_deref(), Some("1"), "{dialect}, {fault:?}");
        }
    }
    assert!(faults > 8, "{faults} faults on {dialect}");
}

async fn all_loops<DB: crate::database::driver::Supported>(pool: sqlx::Pool<DB>) {
    let eyes = Pooled(pool);
    let history = graph(DB::DIALECT, &HISTORY);
    fault_loop(&eyes, &history, Transaction::Step, true).await;
    fault_loop(&eyes, &history, Transaction::Step, false).await;
    adoption_loop(&eyes, &history).await;
    if DB::DIALECT.capabilities().transactional_ddl {
        fault_loop(&eyes, &history, Transaction::Upgrade, true).await;
        fault_loop(&eyes, &history, Transaction::Upgrade, false).await;
    }
}

#[tokio::test]
async fn a_run_on_sqlite_may_die_at_any_call() {
    let directory = tempfile::tempdir().expect("a directory");
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(directory.path().join("faults.db"))
        .create_if_missing(true)
        .synchronous(sqlx::sqlite::SqliteSynchronous::Off);
    all_loops(sqlx::SqlitePool::connect_with(options).await.expect("a pool")).await;
}

#[tokio::test]
async fn a_run_on_postgres_may_die_at_any_call() {
    let Some(database) = server::postgres() else { return };
    // The server does not die here: what it has committed need not reach the disk.
    let options = database.url().parse::<sqlx::postgres::PgConnectOptions>().expect("options");
    let options = options.options([("synchronous_commit", "off")]);
    all_loops(sqlx::PgPool::connect_with(options).await.expect("a pool")).await;
}

#[tokio::test]
async fn a_run_on_mysql_may_die_at_any_call() {
    let Some(database) = server::mysql() else { return };
    all_loops(sqlx::MySqlPool::connect(database.url()).await.expect("a pool")).await;
}
