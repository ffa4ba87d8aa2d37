//! The sample history in `migrations/`, by the macro and the runtime that a service uses, on real databases.

#[path = "support/catalog.rs"]
mod catalog;
#[path = "support/database.rs"]
#[expect(dead_code, reason = "single connections are for other tests")]
mod database;
#[path = "support/server.rs"]
mod server;
#[path = "support/site.rs"]
#[expect(dead_code, reason = "single connections are for other tests")]
mod site;

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    mem,
};

use migrate_runtime::{Direction, Graph, embed_migrations};

use crate::{
    catalog::{Rows, catalog},
    database::Pool,
    site::{Site, on},
};

static MIGRATIONS: Graph = embed_migrations!();

const FIRST: &str = "eab860ea7126";
/// The last revision with the scores in columns.
const SCORES: &str = "641164bad2ba";
/// Where the two features part.
const FORK: &str = "17f1da104162";
const HEAD: &str = "432c3b17c0f8";

const BEFORE: [&str; 6] = [FIRST, "bb151d0dd5bb", "3afd8b164933", SCORES, "614f5b35eafe", FORK];
const WEBHOOKS: [&str; 2] = ["0933e63de279", "8b8ce0179837"];
const BUDGETS: [&str; 2] = ["f5b7b531887f", "e8f76bb4894e"];
const AFTER: [&str; 2] = ["876ee19c3071", HEAD];

on!([sqlite, postgres]:
    every_step_leaves_no_trace_when_it_is_taken_back,
    rows_survive_every_step_both_ways,
    old_rows_get_the_values_that_new_columns_need,
    scores_come_back_from_json_as_they_were,
    the_schema_depends_on_what_is_applied_and_not_on_the_way,
);

async fn every_step_leaves_no_trace_when_it_is_taken_back(site: Site) {
    let step = async |revision: &str| {
        let before = catalog(&site).await;
        up(&site, revision).await;
        let after = catalog(&site).await;
        down(&site, revision).await;
        assert_eq!(catalog(&site).await, before, "after the down of {revision}");
        up(&site, revision).await;
        assert_eq!(catalog(&site).await, after, "after the second up of {revision}");
    };
    for revision in [&BEFORE[..], &WEBHOOKS, &BUDGETS, &AFTER].concat() {
        step(revision).await;
    }
    site.on(&MIGRATIONS).downgrade(FORK).await.unwrap();
    for revision in [&BUDGETS[..], &WEBHOOKS, &AFTER].concat() {
        step(revision).await;
    }
    site.on(&MIGRATIONS).downgrade("base").await.unwrap();
    assert_eq!(catalog(&site).await, Vec::<String>::new());
}

async fn rows_survive_every_step_both_ways(site: Site) {
    let step = async |revision: &str| {
        let (above, schema) = (Rows::of(&site).await, catalog(&site).await);
        down(&site, revision).await;
        let below = Rows::of(&site).await;
        above.assert_survived(&below, &format!("the down of {revision}"));
        up(&site, revision).await;
        assert_eq!(catalog(&site).await, schema, "after the up of {revision}");
        below.assert_survived(&Rows::of(&site).await, &format!("the up of {revision}"));
        down(&site, revision).await;
    };
    at_head_with_rows(&site).await;
    for revision in [&BEFORE[..], &WEBHOOKS, &BUDGETS, &AFTER].concat().into_iter().rev() {
        step(revision).await;
    }
    at_head_with_rows(&site).await;
    for revision in [&BUDGETS[..], &WEBHOOKS, &AFTER].concat().into_iter().rev() {
        step(revision).await;
    }
}

async fn old_rows_get_the_values_that_new_columns_need(site: Site) {
    up(&site, FIRST).await;
    site.rows(include_str!("fixtures/early_rows.sql")).await;
    site.on(&MIGRATIONS).upgrade(FORK).await.unwrap();
    let tasks = site.rows("SELECT id, priority, complexity_score FROM tasks ORDER BY id").await;
    assert_eq!(tasks, ["bugfix|3|0.7", "chore|8|0.5", "feature|5|0.8", "incident|1|0.5"]);

    up(&site, WEBHOOKS[0]).await;
    site.rows(
        "INSERT INTO webhooks (id, project_id, url, signing_secret) VALUES ('hook', 'project', 'u', 's');
         INSERT INTO webhook_deliveries (id, webhook_id, event_id, created_at, delivered_at) VALUES
             ('arrived', 'hook', 'event-1', '2025-11-13 10:00:00+00', '2025-11-13 10:00:01+00'),
             ('lost', 'hook', 'event-2', '2025-11-13 11:00:00+00', NULL)",
    )
    .await;
    up(&site, WEBHOOKS[1]).await;
    let due = "SELECT id, attempts FROM webhook_deliveries WHERE next_attempt_at = created_at";
    assert_eq!(site.rows(due).await, ["lost|1"]);

    up(&site, BUDGETS[0]).await;
    site.rows("INSERT INTO budgets (id, project_id, limit_usd) VALUES ('budget', 'project', 10)").await;
    up(&site, BUDGETS[1]).await;
    let alerts = "SELECT id, budget_id, threshold_percent FROM budget_alerts";
    assert_eq!(site.rows(alerts).await, ["budget-80|budget|80"]);

    site.on(&MIGRATIONS).upgrade("head").await.unwrap();
    site.rows("UPDATE tasks SET status = 'running' WHERE id = 'chore'").await;
    let changes = "SELECT task_id, detail FROM task_events WHERE kind = 'status_changed'";
    assert_eq!(site.rows(changes).await, ["chore|pending -> running"]);
}

async fn scores_come_back_from_json_as_they_were(site: Site) {
    up(&site, FIRST).await;
    site.rows(include_str!("fixtures/early_rows.sql")).await;
    let scores = "SELECT quality, correctness, completeness, efficiency, maintainability, security, iteration \
                  FROM quality_snapshots ORDER BY id";
    let before = site.rows(scores).await;
    site.on(&MIGRATIONS).upgrade("head").await.unwrap();
    assert!(site.ask(scores).await.is_err(), "the columns are gone");
    site.on(&MIGRATIONS).downgrade(SCORES).await.unwrap();
    assert_eq!(site.rows(scores).await, before);
}

/// Random commands: whatever the way to a set of applied revisions, the schema there is the same, and rows survive.
async fn the_schema_depends_on_what_is_applied_and_not_on_the_way(site: Site) {
    let mut random = fastrand::Rng::with_seed(20_251_110);
    let ids: Vec<String> = MIGRATIONS.revisions().map(|revision| revision.id().to_owned()).collect();
    let mut applied = BTreeSet::new();
    let mut known: BTreeMap<BTreeSet<String>, Vec<String>> = BTreeMap::new();
    let mut rows = Rows::of(&site).await;
    let mut visits = 0;
    for _ in 0..60 {
        let on = site.on(&MIGRATIONS);
        let (command, done) = if random.bool() {
            let target = random.choice(&ids).unwrap();
            (format!("upgrade {target}"), on.upgrade(target).await)
        } else {
            let target = random.choice(&applied).map_or("base", String::as_str).to_owned();
            (format!("downgrade {target}"), on.downgrade(&target).await)
        };
        for step in done.unwrap_or_else(|error| panic!("{command}: {error:?}")).steps {
            match step.direction {
                Direction::Up => applied.insert(step.revision),
                Direction::Down => applied.remove(&step.revision),
            };
        }
        let before = mem::replace(&mut rows, Rows::of(&site).await);
        before.assert_survived(&rows, &command);
        let schema = catalog(&site).await;
        match known.entry(applied.clone()) {
            Entry::Vacant(place) => {
                place.insert(schema);
            }
            Entry::Occupied(first) => {
                assert_eq!(&schema, first.get(), "after {command}, with {applied:?}");
                visits += 1;
            }
        }
        if applied.contains(HEAD) && rows.count("projects") == 0 {
            site.rows(include_str!("fixtures/sample_data.sql")).await;
            rows = Rows::of(&site).await;
        }
    }
    assert!(visits > 10 && known.len() > 10, "{visits} second visits to {} places", known.len());
}

/// Takes exactly the step of this revision.
async fn up(pool: &Pool, revision: &str) {
    let report = pool.on(&MIGRATIONS).upgrade(revision).await.unwrap_or_else(|error| panic!("{error:?}"));
    let steps: Vec<_> = report.steps.iter().map(|step| step.revision.as_str()).collect();
    assert_eq!(steps, [revision]);
}

/// Takes exactly this revision back, whatever else is a head.
async fn down(pool: &Pool, revision: &str) {
    let on = pool.on(&MIGRATIONS);
    let target = match pool.on(&MIGRATIONS).current().await.unwrap().len() {
        1 => "-1",
        _ if WEBHOOKS.contains(&revision) => "webhooks@-1",
        _ => "budgets@-1",
    };
    let report = on.downgrade(target).await.unwrap_or_else(|error| panic!("{error:?}"));
    let steps: Vec<_> = report.steps.iter().map(|step| step.revision.as_str()).collect();
    assert_eq!(steps, [revision]);
}

async fn at_head_with_rows(pool: &Pool) {
    pool.on(&MIGRATIONS).upgrade("head").await.unwrap();
    pool.rows(include_str!("fixtures/sample_data.sql")).await;
}
