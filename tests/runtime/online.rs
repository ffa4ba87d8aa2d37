//! What a schema change may cost on MySQL and MariaDB.

use migrate_runtime::Online;

use crate::{
    bookkeeping::{applied, running},
    history::{chain, history},
    site::{Site, on},
    walk::told,
};

on!([mysql]:
    what_costs_no_more_is_done,
    what_would_copy_a_table_is_refused_and_changes_nothing,
    a_statement_that_states_its_cost_is_sent_as_it_is,
    the_configuration_says_it_too,
);

const TABLE: (&str, &str, &str) =
    ("a", "CREATE TABLE t_a (id int PRIMARY KEY, n int, s varchar(20), UNIQUE KEY k (n))", "DROP TABLE t_a");

async fn what_costs_no_more_is_done(site: Site) {
    let changes = "ALTER TABLE t_a ADD c int COMMENT 'lock';\n\
                   ALTER TABLE t_a ADD INDEX (s), RENAME COLUMN c TO d;\n\
                   CREATE INDEX i ON t_a (d, s);\n\
                   DROP INDEX i ON t_a;\n\
                   ALTER TABLE t_a MODIFY d int NOT NULL;\n\
                   ALTER TABLE t_a ADD SYSTEM VERSIONING, ALGORITHM=COPY;\n\
                   ALTER TABLE t_a DROP SYSTEM VERSIONING, ALGORITHM=COPY;\n\
                   ALTER TABLE t_a ENGINE=InnoDB;\n\
                   ALTER TABLE t_a COMMENT 'a';\n\
                   ALTER TABLE t_a RENAME t_b;\n\
                   ALTER TABLE t_b DROP INDEX k PARTITION BY HASH (id) PARTITIONS 2;\n\
                   ALTER TABLE t_b ADD PARTITION PARTITIONS 1;\n\
                   ALTER TABLE t_b REMOVE PARTITIONING;\n\
                   CREATE FULLTEXT INDEX f ON t_b (s) LOCK=SHARED";
    let graph = chain(site.dialect(), &[TABLE, ("b", changes, "RENAME TABLE t_b TO t_a")]);
    site.on(&graph).online(Online::InPlace).upgrade("head").await.unwrap();
    assert_eq!(applied(&site).await, "a b");
    site.on(&graph).downgrade("base").await.unwrap();
    let graph = chain(site.dialect(), &[TABLE, ("b", "ALTER TABLE t_a ADD c int", "")]);
    site.on(&graph).online(Online::Instant).upgrade("head").await.unwrap();
}

async fn what_would_copy_a_table_is_refused_and_changes_nothing(site: Site) {
    let wide = ("b", "ALTER TABLE t_a MODIFY n bigint", "");
    let graph = chain(site.dialect(), &[TABLE, wide]);
    let error = site.on(&graph).online(Online::InPlace).upgrade("head").await.unwrap_err();
    assert_eq!(
        told(&error),
        "Statement: cannot apply `b`: ALGORITHM=INPLACE is not supported. Reason: Cannot change column type. \
         Try ALGORITHM=COPY, at b.sql:7:1 (statement 1 of 1)\n\
         help: the server cannot do it at so low a cost, which the statement or `online` in migrate.toml states: \
         split it into steps that it can do, or state in the statement what it may cost, as with `ALGORITHM=COPY`, \
         while which writers wait"
    );
    assert_eq!(
        error.statement().unwrap().text,
        "ALTER TABLE t_a MODIFY n bigint, /*M! ALGORITHM=INPLACE, */ LOCK=NONE"
    );
    assert_eq!((applied(&site).await, running(&site).await), ("a".into(), "NULL|NULL|NULL".into()));
    for (online, statement) in [
        (Online::Instant, "CREATE INDEX i ON t_a (s)"),
        (Online::NoCopy, "ALTER TABLE t_a ENGINE=InnoDB"),
        (Online::InPlace, "CREATE FULLTEXT INDEX i ON t_a (s)"),
        (Online::InPlace, "ALTER TABLE t_a ADD CHECK (n > 0)"),
        (Online::InPlace, "ALTER TABLE t_a ENGINE=Aria"),
    ] {
        let graph = chain(site.dialect(), &[TABLE, ("b", statement, "")]);
        let told = told(&site.on(&graph).online(online).upgrade("head").await.unwrap_err());
        assert!(
            told.contains("not supported") && told.contains("\nhelp: the server cannot"),
            "{statement}: {told}"
        );
    }
    site.on(&graph).upgrade("head").await.unwrap();
}

async fn a_statement_that_states_its_cost_is_sent_as_it_is(site: Site) {
    let wide = ("b", "ALTER TABLE t_a MODIFY n bigint, ALGORITHM=COPY", "");
    let graph = chain(site.dialect(), &[TABLE, wide]);
    site.on(&graph).online(Online::Instant).upgrade("head").await.unwrap();
}

async fn the_configuration_says_it_too(site: Site) {
    let text = "== migrate.toml ==\nonline = 'nocopy'\n== a.sql ==\n-- revision: a\n-- migrate:up\n\
                CREATE TABLE t_a (n int);\nCREATE INDEX i ON t_a (n);\nALTER TABLE t_a MODIFY n bigint;\n\
                -- migrate:down\nDROP TABLE t_a;\n";
    let graph = history(site.dialect(), text);
    let error = site.on(&graph).upgrade("head").await.unwrap_err();
    assert!(error.statement().unwrap().text.ends_with(", /*M! ALGORITHM=NOCOPY, */ LOCK=NONE"));
}
