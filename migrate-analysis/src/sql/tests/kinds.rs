use std::fmt::Write as _;

use insta::assert_snapshot;
use migrate_core::Dialect;

use crate::sql::statement_kind;

/// Each line is a statement.
fn kinds(statements: &str, dialect: Dialect) -> String {
    let mut kinds = String::new();
    for statement in statements.lines() {
        let kind = format!("{:?}", statement_kind(statement, dialect));
        writeln!(kinds, "{kind:18} {statement}").unwrap();
    }
    kinds
}

#[test]
fn of_sqlite() {
    assert_snapshot!(kinds(
        "select 1
VALUES (1)
WITH a AS (SELECT 1) DELETE FROM b
INSERT OR IGNORE INTO a VALUES (1)
UPDATE a SET b = 1
DELETE FROM a
REPLACE INTO a VALUES (1)
/* a */ CREATE /* b */ TEMP TABLE a (id INT)
CREATE VIRTUAL TABLE a USING fts5(b)
ALTER TABLE a RENAME TO b
DROP INDEX IF EXISTS a
PRAGMA foreign_keys = ON
BEGIN IMMEDIATE
COMMIT
END TRANSACTION
ROLLBACK
ROLLBACK TRANSACTION TO SAVEPOINT a
SAVEPOINT a
RELEASE a
VACUUM
ANALYZE
REINDEX a
ATTACH 'a' AS b
EXPLAIN SELECT 1
\"SELECT\" 1", Dialect::Sqlite), @r#"
    Data               select 1
    Data               VALUES (1)
    Data               WITH a AS (SELECT 1) DELETE FROM b
    Data               INSERT OR IGNORE INTO a VALUES (1)
    Data               UPDATE a SET b = 1
    Data               DELETE FROM a
    Data               REPLACE INTO a VALUES (1)
    Schema             /* a */ CREATE /* b */ TEMP TABLE a (id INT)
    Schema             CREATE VIRTUAL TABLE a USING fts5(b)
    Schema             ALTER TABLE a RENAME TO b
    Schema             DROP INDEX IF EXISTS a
    Session            PRAGMA foreign_keys = ON
    TransactionControl BEGIN IMMEDIATE
    TransactionControl COMMIT
    TransactionControl END TRANSACTION
    TransactionControl ROLLBACK
    Other              ROLLBACK TRANSACTION TO SAVEPOINT a
    Other              SAVEPOINT a
    Other              RELEASE a
    Other              VACUUM
    Schema             ANALYZE
    Schema             REINDEX a
    Session            ATTACH 'a' AS b
    Data               EXPLAIN SELECT 1
    Other              "SELECT" 1
    "#);
}

#[test]
fn of_postgres() {
    assert_snapshot!(kinds(
        "SELECT 1 INTO a
((SELECT 1) UNION SELECT 2)
TABLE a
MERGE INTO a USING b ON true WHEN MATCHED THEN DELETE
WITH a AS (INSERT INTO b VALUES (1) RETURNING c) SELECT c FROM a
CREATE TABLE a AS SELECT 1
CREATE UNIQUE INDEX a ON b (c)
CREATE UNIQUE INDEX CONCURRENTLY a ON b (c)
CREATE INDEX CONCURRENTLY IF NOT EXISTS a ON b (c)
CREATE DATABASE a
CREATE TABLESPACE a LOCATION 'b'
CREATE SUBSCRIPTION a CONNECTION 'b' PUBLICATION c
CREATE EXTENSION a
CREATE SCHEMA a
CREATE OR REPLACE FUNCTION a() RETURNS int AS 'SELECT 1' LANGUAGE sql
ALTER TABLE a ADD COLUMN b int, DROP COLUMN c
ALTER TABLE a DETACH PARTITION b
ALTER TABLE a DETACH PARTITION b CONCURRENTLY
ALTER TYPE a ADD VALUE 'b'
ALTER DATABASE a SET b = 1
ALTER SYSTEM SET a = 1
DROP TABLE a, b CASCADE
DROP INDEX a
DROP INDEX CONCURRENTLY a
DROP DATABASE a
DROP OWNED BY a
SET a = 1
SET LOCAL a = 1
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE
RESET ALL
DISCARD ALL
BEGIN
START TRANSACTION
COMMIT AND CHAIN
COMMIT PREPARED 'a'
END
ABORT
ROLLBACK
ROLLBACK PREPARED 'a'
ROLLBACK WORK TO SAVEPOINT a
ROLLBACK TO a
SAVEPOINT a
RELEASE SAVEPOINT a
PREPARE TRANSACTION 'a'
PREPARE a AS SELECT 1
DO $$ BEGIN END $$
DO $$ BEGIN COMMIT; END $$
CALL a()
COPY a TO STDOUT
TRUNCATE a
LOCK TABLE a
COMMENT ON TABLE a IS 'b'
GRANT SELECT ON a TO b
REFRESH MATERIALIZED VIEW a
REINDEX TABLE a
VACUUM a
EXPLAIN ANALYZE DELETE FROM a", Dialect::Postgres), @"
    Data               SELECT 1 INTO a
    Data               ((SELECT 1) UNION SELECT 2)
    Data               TABLE a
    Data               MERGE INTO a USING b ON true WHEN MATCHED THEN DELETE
    Data               WITH a AS (INSERT INTO b VALUES (1) RETURNING c) SELECT c FROM a
    Schema             CREATE TABLE a AS SELECT 1
    Schema             CREATE UNIQUE INDEX a ON b (c)
    Other              CREATE UNIQUE INDEX CONCURRENTLY a ON b (c)
    Other              CREATE INDEX CONCURRENTLY IF NOT EXISTS a ON b (c)
    Other              CREATE DATABASE a
    Other              CREATE TABLESPACE a LOCATION 'b'
    Other              CREATE SUBSCRIPTION a CONNECTION 'b' PUBLICATION c
    Schema             CREATE EXTENSION a
    Schema             CREATE SCHEMA a
    Schema             CREATE OR REPLACE FUNCTION a() RETURNS int AS 'SELECT 1' LANGUAGE sql
    Schema             ALTER TABLE a ADD COLUMN b int, DROP COLUMN c
    Schema             ALTER TABLE a DETACH PARTITION b
    Other              ALTER TABLE a DETACH PARTITION b CONCURRENTLY
    Schema             ALTER TYPE a ADD VALUE 'b'
    Schema             ALTER DATABASE a SET b = 1
    Other              ALTER SYSTEM SET a = 1
    Schema             DROP TABLE a, b CASCADE
    Schema             DROP INDEX a
    Other              DROP INDEX CONCURRENTLY a
    Other              DROP DATABASE a
    Schema             DROP OWNED BY a
    Session            SET a = 1
    Session            SET LOCAL a = 1
    Session            SET TRANSACTION ISOLATION LEVEL SERIALIZABLE
    Session            RESET ALL
    Session            DISCARD ALL
    TransactionControl BEGIN
    TransactionControl START TRANSACTION
    TransactionControl COMMIT AND CHAIN
    TransactionControl COMMIT PREPARED 'a'
    TransactionControl END
    TransactionControl ABORT
    TransactionControl ROLLBACK
    TransactionControl ROLLBACK PREPARED 'a'
    Other              ROLLBACK WORK TO SAVEPOINT a
    Other              ROLLBACK TO a
    Other              SAVEPOINT a
    Other              RELEASE SAVEPOINT a
    TransactionControl PREPARE TRANSACTION 'a'
    Session            PREPARE a AS SELECT 1
    Data               DO $$ BEGIN END $$
    Other              DO $$ BEGIN COMMIT; END $$
    Other              CALL a()
    Data               COPY a TO STDOUT
    Data               TRUNCATE a
    Data               LOCK TABLE a
    Schema             COMMENT ON TABLE a IS 'b'
    Schema             GRANT SELECT ON a TO b
    Data               REFRESH MATERIALIZED VIEW a
    Other              REINDEX TABLE a
    Other              VACUUM a
    Data               EXPLAIN ANALYZE DELETE FROM a
    ");
}

#[test]
fn of_mysql() {
    assert_snapshot!(kinds(
        "SELECT 1
(SELECT 1) UNION (SELECT 2)
WITH a AS (SELECT 1) SELECT * FROM a
TABLE a
REPLACE INTO a VALUES (1)
LOAD DATA INFILE 'a' INTO TABLE b
LOAD INDEX INTO CACHE a
CREATE TABLE a AS SELECT 1, 2
CREATE TEMPORARY TABLE a (b INT, c INT)
CREATE OR REPLACE TABLE a (b INT)
CREATE OR REPLACE ALGORITHM = MERGE DEFINER = `event`@`%` SQL SECURITY DEFINER VIEW a AS SELECT 1
CREATE FULLTEXT INDEX a ON b (c, d)
/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`b`*/ /*!50003 PROCEDURE c() SELECT 1 */
CREATE DATABASE a
CREATE SCHEMA a
CREATE USER a
CREATE USER a, b
ALTER TABLE a ADD COLUMN b INT, DROP COLUMN c
ALTER ONLINE TABLE a FORCE
ALTER DATABASE a CHARACTER SET utf8mb4
ALTER INSTANCE ROTATE INNODB MASTER KEY
DROP TABLE a
DROP TABLE IF EXISTS a, b
DROP TABLES a, b
DROP VIEW a, b
DROP INDEX a ON b
DROP DATABASE a
DROP PREPARE a
RENAME TABLE a TO b
RENAME TABLE a TO b, c TO d
RENAME USER a TO b
TRUNCATE TABLE a
USE a
SET NAMES utf8mb4
SET @autocommit = 0, @@foreign_key_checks = 0
SET @a = @@autocommit
SET autocommit = 0
SET NAMES utf8mb4, @@session.autocommit := 1
SET @@AUTOCOMMIT=1
SET TRANSACTION READ ONLY
SET STATEMENT max_statement_time = 1 FOR SELECT 1
SET PASSWORD = 'a'
BEGIN
BEGIN WORK
BEGIN NOT ATOMIC SELECT 1; END
START TRANSACTION READ ONLY
START REPLICA
COMMIT
ROLLBACK
ROLLBACK WORK TO SAVEPOINT a
SAVEPOINT a
XA START 'a'
LOCK TABLES a WRITE
UNLOCK TABLES
CALL a()
DO SLEEP(1)
PREPARE a FROM 'SELECT 1'
EXECUTE a
GRANT SELECT ON a TO b
ANALYZE TABLE a
EXPLAIN DELETE FROM a", Dialect::Mysql), @"
    Data               SELECT 1
    Data               (SELECT 1) UNION (SELECT 2)
    Data               WITH a AS (SELECT 1) SELECT * FROM a
    Data               TABLE a
    Data               REPLACE INTO a VALUES (1)
    Data               LOAD DATA INFILE 'a' INTO TABLE b
    Other              LOAD INDEX INTO CACHE a
    Schema             CREATE TABLE a AS SELECT 1, 2
    Data               CREATE TEMPORARY TABLE a (b INT, c INT)
    Other              CREATE OR REPLACE TABLE a (b INT)
    Schema             CREATE OR REPLACE ALGORITHM = MERGE DEFINER = `event`@`%` SQL SECURITY DEFINER VIEW a AS SELECT 1
    Schema             CREATE FULLTEXT INDEX a ON b (c, d)
    Schema             /*!50003 CREATE*/ /*!50017 DEFINER=`a`@`b`*/ /*!50003 PROCEDURE c() SELECT 1 */
    Other              CREATE DATABASE a
    Other              CREATE SCHEMA a
    Schema             CREATE USER a
    Other              CREATE USER a, b
    Schema             ALTER TABLE a ADD COLUMN b INT, DROP COLUMN c
    Schema             ALTER ONLINE TABLE a FORCE
    Other              ALTER DATABASE a CHARACTER SET utf8mb4
    Other              ALTER INSTANCE ROTATE INNODB MASTER KEY
    Schema             DROP TABLE a
    Other              DROP TABLE IF EXISTS a, b
    Other              DROP TABLES a, b
    Other              DROP VIEW a, b
    Schema             DROP INDEX a ON b
    Other              DROP DATABASE a
    Session            DROP PREPARE a
    Schema             RENAME TABLE a TO b
    Other              RENAME TABLE a TO b, c TO d
    Other              RENAME USER a TO b
    Schema             TRUNCATE TABLE a
    Session            USE a
    Session            SET NAMES utf8mb4
    Session            SET @autocommit = 0, @@foreign_key_checks = 0
    Session            SET @a = @@autocommit
    TransactionControl SET autocommit = 0
    TransactionControl SET NAMES utf8mb4, @@session.autocommit := 1
    TransactionControl SET @@AUTOCOMMIT=1
    Session            SET TRANSACTION READ ONLY
    Data               SET STATEMENT max_statement_time = 1 FOR SELECT 1
    Other              SET PASSWORD = 'a'
    TransactionControl BEGIN
    TransactionControl BEGIN WORK
    Other              BEGIN NOT ATOMIC SELECT 1; END
    TransactionControl START TRANSACTION READ ONLY
    Other              START REPLICA
    TransactionControl COMMIT
    TransactionControl ROLLBACK
    Other              ROLLBACK WORK TO SAVEPOINT a
    Other              SAVEPOINT a
    TransactionControl XA START 'a'
    Other              LOCK TABLES a WRITE
    Other              UNLOCK TABLES
    Other              CALL a()
    Data               DO SLEEP(1)
    Session            PREPARE a FROM 'SELECT 1'
    Other              EXECUTE a
    Other              GRANT SELECT ON a TO b
    Other              ANALYZE TABLE a
    Data               EXPLAIN DELETE FROM a
    ");
}
