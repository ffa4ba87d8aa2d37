//! The example `axum-service` over real HTTP.

#[path = "support/database.rs"]
#[expect(dead_code, reason = "the service has connections of its own")]
mod database;
#[path = "support/example.rs"]
mod example;
#[path = "support/http.rs"]
mod http;
#[path = "support/server.rs"]
mod server;
#[path = "support/service.rs"]
mod service;
#[path = "support/site.rs"]
#[expect(dead_code, reason = "the service has connections of its own")]
mod site;

use migrate_runtime::{Graph, embed_migrations};
use nix::sys::signal::Signal;
use serde_json::json;

use crate::{
    service::Service,
    site::{Site, on},
};

static MIGRATIONS: Graph = embed_migrations!();

const HEAD: &str = "432c3b17c0f8";
const BEFORE_HEAD: &str = "876ee19c3071";

on!([sqlite, postgres]:
    an_empty_database_is_migrated_when_that_is_allowed,
    a_database_that_is_behind_is_not_served,
    a_database_that_is_up_to_date_is_served_without_leave_to_migrate,
    a_database_that_falls_behind_is_seen_in_both_answers,
    replicas_that_start_at_once_migrate_once,
);

async fn an_empty_database_is_migrated_when_that_is_allowed(site: Site) {
    let service = start(&site, "true");
    let answer = service.get("/admin/migrations");
    assert_eq!(answer.status, 200);
    let expected = json!({ "current": [HEAD], "head": HEAD, "up_to_date": true, "pending": [] });
    assert_eq!(answer.body, expected);
    let health = service.get("/health");
    assert_eq!((health.status, health.body), (200, json!({ "status": "ok" })));
    assert_eq!(service.get("/nothing").status, 404);
    assert_eq!(site.on(&MIGRATIONS).current().await.unwrap(), [HEAD]);
}

async fn a_database_that_is_behind_is_not_served(site: Site) {
    let refused = Service::start(&[("DATABASE_URL", site.url())]).err().expect("it is empty");
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        refused.log.contains("the database is behind, 12 of its migrations are not applied"),
        "{}",
        refused.log
    );
    assert!(refused.log.contains("AUTO_MIGRATE=true"), "{}", refused.log);
    assert_eq!(site.on(&MIGRATIONS).current().await.unwrap(), Vec::<String>::new(), "nothing was done");

    site.on(&MIGRATIONS).upgrade(BEFORE_HEAD).await.unwrap();
    let variables = [("DATABASE_URL", site.url()), ("AUTO_MIGRATE", "false")];
    let refused = Service::start(&variables).err().expect("one revision is missing");
    assert_eq!(refused.status.code(), Some(1));
    let log = refused.log;
    assert!(
        log.contains("1 of its migrations is not applied\n  432c3b17c0f8 record changes of task status"),
        "{log}"
    );
    assert_eq!(site.on(&MIGRATIONS).current().await.unwrap(), [BEFORE_HEAD], "nothing was done");
}

async fn a_database_that_is_up_to_date_is_served_without_leave_to_migrate(site: Site) {
    site.on(&MIGRATIONS).upgrade("head").await.unwrap();
    let service = start(&site, "false");
    assert_eq!(service.get("/health").status, 200);
    let (status, log) = service.stop(Signal::SIGTERM);
    assert!(status.success(), "{status}: {log}");
    assert!(log.contains("terminated, stopping"), "{log}");
    assert!(log.contains("stopped"), "{log}");

    let service = start(&site, "false");
    let (status, log) = service.stop(Signal::SIGINT);
    assert!(status.success(), "{status}: {log}");
    assert!(log.contains("interrupted, stopping"), "{log}");
}

async fn a_database_that_falls_behind_is_seen_in_both_answers(site: Site) {
    let service = start(&site, "true");
    site.on(&MIGRATIONS).downgrade("-1").await.unwrap();
    let expected = json!({
        "current": [BEFORE_HEAD],
        "head": HEAD,
        "up_to_date": false,
        "pending": [{ "revision": HEAD, "message": "record changes of task status" }],
    });
    assert_eq!(service.get("/admin/migrations").body, expected);
    assert_eq!(service.get("/health").status, 503);
}

async fn replicas_that_start_at_once_migrate_once(site: Site) {
    let replicas = std::thread::scope(|scope| {
        let starting: [_; 3] = std::array::from_fn(|_| scope.spawn(|| start(&site, "true")));
        starting.map(|thread| thread.join().expect("it serves"))
    });
    assert!(replicas.iter().all(|replica| replica.get("/health").status == 200));
    let ups = "SELECT count(*) FROM migrate_history WHERE direction = 'up'";
    assert_eq!(site.rows(ups).await, ["12"]);
}

#[test]
fn a_setting_that_means_nothing_is_refused() {
    let refused = Service::start(&[("AUTO_MIGRATE", "yes")]).err().expect("`yes` is not `true`");
    assert_eq!(refused.status.code(), Some(1));
    assert!(refused.log.contains("`AUTO_MIGRATE` is `yes`; write `true` or `false`"), "{}", refused.log);

    let refused = Service::start(&[("DATABASE_URL", "oracle://host/db")]).err().expect("no such database");
    assert_eq!(refused.status.code(), Some(1));
    assert!(refused.log.contains("begins with neither `sqlite:` nor `postgres:`"), "{}", refused.log);
}

#[tokio::test]
async fn a_wrong_password_is_said_and_not_shown() {
    let Some(site) = Site::postgres() else { return };
    let url = site.url_with_wrong_password();
    let refused = Service::start(&[("DATABASE_URL", &url)]).err().expect("the password is wrong");
    assert_eq!(refused.status.code(), Some(1));
    assert!(refused.log.contains("check user, password and database of the URL"), "{}", refused.log);
    assert!(!refused.log.contains("-wrong"), "{}", refused.log);
}

fn start(site: &Site, auto_migrate: &str) -> Service {
    Service::start(&[("DATABASE_URL", site.url()), ("AUTO_MIGRATE", auto_migrate)])
        .unwrap_or_else(|refused| panic!("{}: {}", refused.status, refused.log))
}
