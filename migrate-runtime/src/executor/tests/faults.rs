//! Fault loops: a run fails at its first call to the database, then at its second, and so on until it completes
//! untouched. After each fault a new run, without a hand, makes the state right; so it does where the run that recovers
//! fails as well.
//!
//! The databases are real, each with its own rules about what a transaction holds.

use futures_core::future::BoxFuture;
use migrate_analysis::{check, config::Config, source::Sources};
use migrate_core::Dialect;

use super::mortal::{Fault, Harm, Mortal};
use crate::{
    Connectable, Edition, Graph, Result, Settings, Standing, Transaction,
    connectable::Door,
    database::{driver::Supported, room},
    executor::{Order, Progress, execute},
    server,
    settings::Options,
};

/// A history of both kinds of step. Every update shows how often it was run.
const HISTORY: [(&str, &str); 3] = [
    (
        "1.sql",
        "-- first\n-- revision: first\n-- migrate:up\nCREATE TABLE t (id int PRIMARY KEY, n int);\n\
         INSERT INTO t VALUES (1, 0);\nINSERT INTO t VALUES (2, 0);\n-- migrate:down\nDROP TABLE t;\n",
    ),
    (
        "2.sql",
        "-- second\n-- revision: second\n-- revises: first\n-- migrate:up transaction:false\n\
         CREATE INDEX i ON t (n);\nCREATE TABLE u (id int);\nUPDATE t SET n = n + 1;\nALONE;\nUPDATE t SET n = n + 1;\n\
         -- migrate:down transaction:false\nUPDATE t SET n = n - 1;\nDROP TABLE u;\nTAKEN_BACK;\nDROP_INDEX;\n\
         UPDATE t SET n = n - 1;\n",
    ),
    (
        "3.sql",
        "-- third\n-- revision: third\n-- revises: second\n-- migrate:up\nUPDATE t SET n = n + 10;\n\
         -- migrate:down\nUPDATE t SET n = n - 10;\n",
    ),
];

/// What cannot share a transaction, its way back, and how an index is dropped.
fn spelled(dialect: Dialect, text: &str) -> String {
    let [alone, taken_back, drop_index] = match dialect {
        Dialect::Sqlite => ["VACUUM", "PRAGMA optimize", "DROP INDEX i"],
        Dialect::Postgres => {
            ["CREATE INDEX CONCURRENTLY j ON t (n)", "DROP INDEX CONCURRENTLY j", "DROP INDEX i"]
        }
        Dialect::Mysql => [
            "ALTER TABLE t ADD COLUMN m int, MODIFY n bigint",
            "ALTER TABLE t DROP COLUMN m",
            "DROP INDEX i ON t",
        ],
    };
    text.replace("ALONE", alone).replace("TAKEN_BACK", taken_back).replace("DROP_INDEX", drop_index)
}

fn graph(dialect: Dialect) -> Graph {
    let files = HISTORY.map(|(name, text)| (name, spelled(dialect, text)));
    let sources = Sources::new("migrations", files.iter().map(|(name, text)| (*name, text.as_str())));
    let mut config = Config::default();
    config.databases.push(dialect);
    let report = check(&sources, &config);
    let edition =
        |edition: migrate_analysis::Edition| Edition { dialect: edition.dialect, graph: edition.graph };
    Graph::new(report.editions.into_iter().map(edition).collect(), Settings::default())
}

/// What a test can do with a database.
trait Place: Sync {
    fn door(&self) -> Box<dyn Door + 'static>;

    /// Empties the database.
    fn clear(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {
            let tables = ["t", "u", "migrate_state", "migrate_version", "migrate_history"];
            let drops = tables.map(|table| format!("DROP TABLE IF EXISTS {table}")).join("; ");
            self.door().ask(&drops).await.complete().expect("the tables are dropped");
        })
    }

    /// A query for texts; `None` where it cannot be answered.
    fn ask<'a>(&'a self, query: &'a str) -> BoxFuture<'a, Option<Vec<String>>> {
        Box::pin(async move {
            let rows = self.door().ask(query).await.rows().ok()?;
            Some(rows.into_iter().flatten().map(Option::unwrap_or_default).collect())
        })
    }
}

impl<DB: Supported> Place for sqlx::Pool<DB> {
    fn door(&self) -> Box<dyn Door + 'static> {
        door_of(self)
    }
}

fn door_of<'c, T: Connectable<'c>>(on: T) -> Box<dyn Door + 'c> {
    on.door()
}

/// A history on a database, one order, and what has to come of it.
struct Trial<'t> {
    place: &'t dyn Place,
    graph: Graph,
    order: Order,
    transaction: Transaction,
}

impl Trial<'_> {
    fn dialect(&self) -> Dialect {
        self.place.door().dialect()
    }

    /// Runs an order on a session with a fault; tells how many calls were made.
    async fn run(&self, order: &Order, fault: Fault) -> (Result<()>, usize) {
        let dialect = self.dialect();
        let options = Options::new(Settings { transaction: self.transaction, ..Settings::default() });
        let mut door = self.place.door();
        let session = door.session().await.expect("a session");
        let room = room(dialect).expect("a room");
        let edition = self.graph.edition(dialect).expect("an edition");
        let mut calls = 0;
        let mortal = Mortal::new(session, fault, &mut calls);
        let mut progress = Progress::new(dialect);
        let result = execute(Box::new(mortal), room, edition, &options, order, &mut progress).await;
        (result, calls)
    }

    /// An empty database, or for a downgrade one with everything.
    async fn prepare(&self) {
        self.place.clear().await;
        if matches!(self.order, Order::Downgrade(_)) {
            self.run(&upgrade(), Fault::NEVER).await.0.expect("an upgrade");
        }
    }

    /// What is there now is what an undisturbed run leaves: schema, rows, bookkeeping, history.
    async fn verify(&self, faults: &[Fault]) {
        let dialect = self.dialect();
        let context = format!("{dialect}, {:?}, {faults:?}", self.order);
        let text = |expression: &str| room(dialect).expect("a room").as_text(expression);
        let up = matches!(self.order, Order::Upgrade(_));
        let status = crate::On::through(&self.graph, self.place.door()).status().await.expect("a status");
        let expected = if up { Standing::Current } else { Standing::Empty };
        assert_eq!(status.standing, expected, "{context}");
        let sum = self.place.ask(&format!("SELECT {} FROM t", text("sum(n)"))).await;
        assert_eq!(sum, up.then(|| vec!["24".to_owned()]), "{context}");
        let u = self.place.ask(&format!("SELECT {} FROM u", text("count(*)"))).await;
        assert_eq!(u.is_some(), up, "{context}");
        let (direction, steps) =
            if up { ("up", "first second third") } else { ("down", "third second first") };
        let done = format!(
            "SELECT revision FROM migrate_history WHERE direction = '{direction}' AND outcome = 'done' ORDER BY id"
        );
        assert_eq!(self.place.ask(&done).await.expect("a history").join(" "), steps, "{context}");
    }

    /// Runs with every fault in turn, each followed by a run with none; `second` says which calls of that run fail as
    /// well, each followed by a third. Tells how many faults there were.
    async fn survive(&self, harms: &[Harm], second: &[usize]) -> usize {
        let mut faults = 0;
        for &harm in harms {
            for call in 1.. {
                let first = Fault { call, harm };
                self.prepare().await;
                let (result, calls) = self.run(&self.order, first).await;
                if calls < call {
                    result.expect("a run without a fault");
                    break;
                }
                faults += 1;
                self.finish(&[first]).await;
                for &call in second {
                    let again = Fault { call, harm };
                    self.prepare().await;
                    let _ = self.run(&self.order, first).await;
                    let _ = self.run(&self.order, again).await;
                    self.finish(&[first, again]).await;
                }
            }
        }
        faults
    }

    /// A run without a fault brings everything to where it should be.
    async fn finish(&self, faults: &[Fault]) {
        let (result, _) = self.run(&self.order, Fault::NEVER).await;
        result.unwrap_or_else(|error| panic!("{}, {:?}, {faults:?}: {error:?}", self.dialect(), self.order));
        self.verify(faults).await;
    }
}

fn upgrade() -> Order {
    Order::Upgrade("head".parse().expect("a target"))
}

fn downgrade() -> Order {
    Order::Downgrade("base".parse().expect("a target"))
}

/// What goes wrong with servers, where a run takes its time: to lose the connection before a call is much the same as to
/// lose it after the one before.
const ON_SERVERS: [Harm; 2] = [Harm::LostAfter, Harm::Refused];

/// All loops on a database; `second` as in [`Trial::survive`].
async fn all_loops<DB: Supported>(place: sqlx::Pool<DB>, harms: &[Harm], second: &[usize]) {
    let mut transactions = vec![Transaction::Step];
    if DB::DIALECT.capabilities().transactional_ddl {
        transactions.push(Transaction::Upgrade);
    }
    for transaction in transactions {
        for order in [upgrade(), downgrade()] {
            let trial = Trial { place: &place, graph: graph(DB::DIALECT), order, transaction };
            let faults = trial.survive(harms, second).await;
            assert!(faults > 20, "{faults} faults on {}", DB::DIALECT);
        }
    }
    adoption_loop(&place).await;
}

/// Adopts with every fault in turn; after each, a run without faults finishes the job or finds it done.
async fn adoption_loop(place: &dyn Place) {
    let dialect = place.door().dialect();
    let graph = graph(dialect);
    let order = Order::Adopt(graph.revisions().map(|revision| revision.id().to_owned()).collect());
    let trial = Trial { place, graph, order, transaction: Transaction::Step };
    let mut faults = 0;
    for harm in ON_SERVERS {
        for call in 1.. {
            place.clear().await;
            let fault = Fault { call, harm };
            let (first, calls) = trial.run(&trial.order, fault).await;
            if calls < call {
                first.expect("a run without a fault");
                break;
            }
            faults += 1;
            trial.run(&trial.order, Fault::NEVER).await.0.expect("an adoption");
            let status = crate::On::through(&trial.graph, place.door()).status().await.expect("a status");
            assert_eq!(status.standing, Standing::Current, "{dialect}, {fault:?}");
            let stamps = place.ask("SELECT direction FROM migrate_history").await;
            assert_eq!(stamps, Some(vec!["stamp".to_owned()]), "{dialect}, {fault:?}");
        }
    }
    assert!(faults > 8, "{faults} faults on {dialect}");
}

#[tokio::test]
async fn a_run_on_sqlite_may_fail_at_any_call() {
    let directory = tempfile::tempdir().expect("a directory");
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(directory.path().join("faults.db"))
        .create_if_missing(true)
        .synchronous(sqlx::sqlite::SqliteSynchronous::Off);
    let second: Vec<usize> = (2..26).step_by(6).collect();
    all_loops(sqlx::SqlitePool::connect_with(options).await.expect("a pool"), &Harm::ALL, &second).await;
}

#[tokio::test]
async fn a_run_on_postgres_may_fail_at_any_call() {
    let Some(database) = server::postgres() else { return };
    // The server does not die here: what it has committed need not reach the disk.
    let options = database.url().parse::<sqlx::postgres::PgConnectOptions>().expect("options");
    let options = options.options([("synchronous_commit", "off")]);
    all_loops(sqlx::PgPool::connect_with(options).await.expect("a pool"), &ON_SERVERS, &[7]).await;
}

#[tokio::test]
async fn a_run_on_mysql_may_fail_at_any_call() {
    let Some(database) = server::mysql() else { return };
    all_loops(sqlx::MySqlPool::connect(database.url()).await.expect("a pool"), &ON_SERVERS, &[]).await;
}
