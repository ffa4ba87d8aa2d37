use insta::assert_snapshot;
use migrate_core::Dialect;

fn listing(script: &str) -> String {
    super::listing(script, Dialect::Mysql)
}

#[test]
fn statements_end_at_semicolons_and_have_no_comments_around_them() {
    assert_snapshot!(listing(
        "-- first
CREATE TABLE a (id INT); /* a /* comment; */ DROP TABLE b # gone; really
;; #
SELECT 5--5; SELECT 5 --\t5;
; SELECT 6 --
;"
    ), @"
    2 [9..32] Schema: CREATE TABLE a (id INT)
    2 [54..66] Schema: DROP TABLE b
    4 [87..98] Data: SELECT 5--5
    4 [100..108] Data: SELECT 5
    5 [117..125] Data: SELECT 6
    ");
}

#[test]
fn quotes_hide_semicolons_and_quotes() {
    assert_snapshot!(listing(
        r#"SELECT 'it''s; \'', "say ""hi""; \""; SELECT `a;``\`; SELECT '\\'; SELECT _utf8mb4'ü;', N'\'';
SELECT '#', "--  ", `/*`; SELECT @'a;b'"#
    ), @r#"
    1 [0..36] Data: SELECT 'it''s; \'', "say ""hi""; \""
    1 [38..52] Data: SELECT `a;``\`
    1 [54..65] Data: SELECT '\\'
    1 [67..94] Data: SELECT _utf8mb4'ü;', N'\''
    2 [96..120] Data: SELECT '#', "--  ", `/*`
    2 [122..135] Data: SELECT @'a;b'
    "#);
}

#[test]
fn comments_that_run_belong_to_the_statement() {
    assert_snapshot!(listing(
        "/*!40101 SET NAMES utf8 */;
/*!40000 ALTER TABLE a DISABLE KEYS */; CREATE TABLE b (id INT) /*!50100 PARTITION BY HASH (id) */;
/*M!100100 SET x = 1; */ ; /*!999999\\- enable the sandbox mode */ SELECT /*+ NO_MERGE() */ 1 /* ; */;
/*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 TRIGGER c BEFORE INSERT ON a FOR EACH ROW BEGIN
  SET NEW.id = 1; /* ; */
END */; SELECT 2;"
    ), @"
    1 [0..26] Session: /*!40101 SET NAMES utf8 */
    2 [28..66] Schema: /*!40000 ALTER TABLE a DISABLE KEYS */
    2 [68..126] Schema: CREATE TABLE b (id INT) /*!50100 PARTITION BY HASH (id) */
    3 [128..152] Session: /*M!100100 SET x = 1; */
    3 [194..220] Data: SELECT /*+ NO_MERGE() */ 1
    4 [230..375] Schema: /*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 TRIGGER c BEFORE INSERT ON a FOR EACH ROW BEGIN⏎  SET NEW.id = 1; /* ; */⏎END */
    6 [377..385] Data: SELECT 2
    ");
}

#[test]
fn delimiters_are_those_of_the_client() {
    assert_snapshot!(listing(
        "DELIMITER //
CREATE PROCEDURE a() BEGIN SELECT 1; SELECT 2; END //
DROP PROCEDURE IF EXISTS b; CREATE PROCEDURE b() SELECT 3; //
delimiter $$
CREATE TRIGGER c BEFORE INSERT ON d FOR EACH ROW BEGIN SET NEW.e = 'x$$'; END$$
DELIMITER ;
SELECT 4;
  DELIMITER '|' rest
INSERT INTO f VALUES (1)|INSERT INTO f VALUES (2);
SELECT 5
DELIMITER ;
SELECT 6;;"
    ), @"
    2 [13..63] Schema: CREATE PROCEDURE a() BEGIN SELECT 1; SELECT 2; END
    3 [67..93] Schema: DROP PROCEDURE IF EXISTS b
    3 [95..124] Schema: CREATE PROCEDURE b() SELECT 3
    5 [142..219] Schema: CREATE TRIGGER c BEFORE INSERT ON d FOR EACH ROW BEGIN SET NEW.e = 'x$$'; END
    7 [234..242] Data: SELECT 4
    9 [265..289] Data: INSERT INTO f VALUES (1)
    9 [290..314] Data: INSERT INTO f VALUES (2)
    10 [316..324] Data: SELECT 5
    12 [337..345] Data: SELECT 6
    ");
}

#[test]
fn several_statements_between_two_delimiters_behind_a_program_stay_together() {
    assert_snapshot!(listing("DELIMITER ;;\nCREATE PROCEDURE a() SELECT 1; DROP TABLE b;;\nCREATE PROCEDURE c() BEGIN END;\n;;"), @"
    2 [13..56] Other: CREATE PROCEDURE a() SELECT 1; DROP TABLE b
    3 [59..89] Schema: CREATE PROCEDURE c() BEGIN END
    ");
}

#[test]
fn the_word_delimiter_is_a_command_only_where_it_can_be() {
    assert_snapshot!(listing("CREATE TABLE a (\ndelimiter VARCHAR(1),\n b INT); SELECT delimiter FROM a;"), @"
    1 [0..46] Schema: CREATE TABLE a (⏎delimiter VARCHAR(1),⏎ b INT)
    3 [48..71] Data: SELECT delimiter FROM a
    ");
    assert_snapshot!(listing("DELIMITER\nSELECT 1; DELIMITER  \r\nSELECT 2; DELIMITERS x; SELECT 3;"), @"
    2 [10..18] Data: SELECT 1
    3 [33..41] Data: SELECT 2
    3 [43..55] Other: DELIMITERS x
    3 [57..65] Data: SELECT 3
    1 [0..9] problem MissingDelimiter: DELIMITER
    2 [20..29] problem MissingDelimiter: DELIMITER
    ");
}

#[test]
fn stored_programs_are_whole_without_a_delimiter() {
    assert_snapshot!(listing(
        "CREATE DEFINER=`root`@`localhost` PROCEDURE a(IN begin INT, OUT b INT) COMMENT 'x;' DETERMINISTIC
main: BEGIN
  DECLARE done INT DEFAULT CASE WHEN 1 THEN 0 END;
  DECLARE c CURSOR FOR SELECT begin, end FROM t;
  DECLARE EXIT HANDLER FOR SQLEXCEPTION, NOT FOUND BEGIN ROLLBACK; END;
  DECLARE CONTINUE HANDLER FOR SQLSTATE '02000' SET done = 1;
  IF done THEN SELECT IF(1, 2, 3); ELSEIF 2 THEN BEGIN END; ELSE IF 3 THEN SELECT 4; END IF; END IF;
  CASE done WHEN 1 THEN SELECT CASE WHEN end THEN 1 ELSE end END; ELSE BEGIN END; END CASE;
  l: LOOP LEAVE l; END LOOP l;
  REPEAT SET @end = REPEAT('x', 3); UNTIL t.end > CASE WHEN 1 THEN 2 END END REPEAT;
  WHILE IF(1, 2, 3) DO SET b = 1; END WHILE;
  FOR i IN 1..3 DO SELECT i; END FOR;
  IF NOT EXISTS (SELECT 1) THEN LEAVE main; END IF;
  DROP TABLE IF EXISTS t;
END main;
SELECT 1;"
    ), @"
    1 [0..822] Schema: CREATE DEFINER=`root`@`localhost` PROCEDURE a(IN begin INT, OUT b INT) COMMENT 'x;' DETERMINISTIC⏎main: BEGIN⏎  DECLARE done INT DEFAULT CASE WHEN 1 THEN 0 END;⏎  DECLARE c CURSOR FOR SELECT begin, end FROM t;⏎  DECLARE EXIT HANDLER FOR SQLEXCEPTION, NOT FOUND BEGIN ROLLBACK; END;⏎  DECLARE CONTINUE HANDLER FOR SQLSTATE '02000' SET done = 1;⏎  IF done THEN SELECT IF(1, 2, 3); ELSEIF 2 THEN BEGIN END; ELSE IF 3 THEN SELECT 4; END IF; END IF;⏎  CASE done WHEN 1 THEN SELECT CASE WHEN end THEN 1 ELSE end END; ELSE BEGIN END; END CASE;⏎  l: LOOP LEAVE l; END LOOP l;⏎  REPEAT SET @end = REPEAT('x', 3); UNTIL t.end > CASE WHEN 1 THEN 2 END END REPEAT;⏎  WHILE IF(1, 2, 3) DO SET b = 1; END WHILE;⏎  FOR i IN 1..3 DO SELECT i; END FOR;⏎  IF NOT EXISTS (SELECT 1) THEN LEAVE main; END IF;⏎  DROP TABLE IF EXISTS t;⏎END main
    16 [824..832] Data: SELECT 1
    ");
}

#[test]
fn stored_programs_of_one_statement_end_with_it() {
    assert_snapshot!(listing(
        "CREATE PROCEDURE IF NOT EXISTS a() SELECT 1; CREATE FUNCTION b() RETURNS INT RETURN IF(1, 2, 3);
CREATE FUNCTION c() RETURNS SET('a') CHARACTER SET utf8 NO SQL BEGIN RETURN CASE WHEN 1 THEN 'a' END; END;
CREATE FUNCTION d() RETURNS INT RETURN CASE WHEN 1 THEN 2 END;
CREATE OR REPLACE TRIGGER e BEFORE UPDATE ON f FOR EACH ROW SET NEW.begin = 1, NEW.end = IF(1, 2, 3);
CREATE TRIGGER g AFTER DELETE ON f FOR EACH ROW FOLLOWS h IF OLD.i THEN DELETE FROM j; END IF;
CREATE EVENT k ON SCHEDULE EVERY 1 DAY DO DELETE FROM l; CREATE EVENT m ON SCHEDULE AT NOW() DO BEGIN DELETE FROM n; END;
ALTER EVENT k DO BEGIN DELETE FROM l; DELETE FROM o; END; DROP EVENT k;
CREATE PROCEDURE p() CASE 1 WHEN 1 THEN SELECT 1; SELECT 2; END CASE; SELECT 3;"
    ), @"
    1 [0..43] Schema: CREATE PROCEDURE IF NOT EXISTS a() SELECT 1
    1 [45..95] Schema: CREATE FUNCTION b() RETURNS INT RETURN IF(1, 2, 3)
    2 [97..202] Schema: CREATE FUNCTION c() RETURNS SET('a') CHARACTER SET utf8 NO SQL BEGIN RETURN CASE WHEN 1 THEN 'a' END; END
    3 [204..265] Schema: CREATE FUNCTION d() RETURNS INT RETURN CASE WHEN 1 THEN 2 END
    4 [267..367] Other: CREATE OR REPLACE TRIGGER e BEFORE UPDATE ON f FOR EACH ROW SET NEW.begin = 1, NEW.end = IF(1, 2, 3)
    5 [369..462] Schema: CREATE TRIGGER g AFTER DELETE ON f FOR EACH ROW FOLLOWS h IF OLD.i THEN DELETE FROM j; END IF
    6 [464..519] Schema: CREATE EVENT k ON SCHEDULE EVERY 1 DAY DO DELETE FROM l
    6 [521..584] Schema: CREATE EVENT m ON SCHEDULE AT NOW() DO BEGIN DELETE FROM n; END
    7 [586..642] Schema: ALTER EVENT k DO BEGIN DELETE FROM l; DELETE FROM o; END
    7 [644..656] Schema: DROP EVENT k
    8 [658..726] Schema: CREATE PROCEDURE p() CASE 1 WHEN 1 THEN SELECT 1; SELECT 2; END CASE
    8 [728..736] Data: SELECT 3
    ");
}

#[test]
fn blocks_outside_of_programs_are_whole() {
    assert_snapshot!(listing(
        "BEGIN NOT ATOMIC SELECT 1; IF 1 THEN SELECT 2; END IF; END; BEGIN; SELECT 3; COMMIT; BEGIN WORK; ROLLBACK;
IF 1 THEN SELECT 4; END IF; WHILE 0 DO SELECT 5; END WHILE; SELECT 6;"
    ), @"
    1 [0..58] Other: BEGIN NOT ATOMIC SELECT 1; IF 1 THEN SELECT 2; END IF; END
    1 [60..65] TransactionControl: BEGIN
    1 [67..75] Data: SELECT 3
    1 [77..83] TransactionControl: COMMIT
    1 [85..95] TransactionControl: BEGIN WORK
    1 [97..105] TransactionControl: ROLLBACK
    2 [107..133] Other: IF 1 THEN SELECT 4; END IF
    2 [135..165] Other: WHILE 0 DO SELECT 5; END WHILE
    2 [167..175] Data: SELECT 6
    ");
}

#[test]
fn words_of_programs_elsewhere_open_no_block() {
    assert_snapshot!(listing(
        "CREATE TABLE IF NOT EXISTS a (begin INT, end INT, loop_ INT); INSERT INTO a (begin, end) VALUES (1, 2);
SELECT IF(1, 2, 3), REPEAT('x', 3), CASE WHEN begin < end THEN end ELSE begin END FROM a; DROP TABLE IF EXISTS a;
CREATE VIEW b AS SELECT CASE WHEN 1 THEN 2; SELECT 1;
CREATE USER 'procedure'@'localhost'; GRANT EXECUTE ON PROCEDURE a TO b; SELECT 2;"
    ), @"
    1 [0..60] Schema: CREATE TABLE IF NOT EXISTS a (begin INT, end INT, loop_ INT)
    1 [62..102] Data: INSERT INTO a (begin, end) VALUES (1, 2)
    2 [104..192] Data: SELECT IF(1, 2, 3), REPEAT('x', 3), CASE WHEN begin < end THEN end ELSE begin END FROM a
    2 [194..216] Schema: DROP TABLE IF EXISTS a
    3 [218..260] Schema: CREATE VIEW b AS SELECT CASE WHEN 1 THEN 2
    3 [262..270] Data: SELECT 1
    4 [272..307] Schema: CREATE USER 'procedure'@'localhost'
    4 [309..342] Other: GRANT EXECUTE ON PROCEDURE a TO b
    4 [344..352] Data: SELECT 2
    ");
}

#[test]
fn what_stays_open_is_reported_where_it_begins() {
    assert_snapshot!(listing("SELECT 1; SELECT 'it\\'; SELECT 2;"), @r#"
    1 [0..8] Data: SELECT 1
    1 [10..33] Data: SELECT 'it\'; SELECT 2;
    1 [17..18] problem UnterminatedString: '
    "#);
    assert_snapshot!(listing("SELECT \"it; SELECT 2;"), @r#"
    1 [0..21] Data: SELECT "it; SELECT 2;
    1 [7..8] problem UnterminatedString: "
    "#);
    assert_snapshot!(listing("SELECT `it\\; SELECT 2;"), @r#"
    1 [0..22] Data: SELECT `it\; SELECT 2;
    1 [7..8] problem UnterminatedName: `
    "#);
    assert_snapshot!(listing("SELECT 1; /* SELECT 2;"), @"
    1 [0..8] Data: SELECT 1
    1 [10..12] problem UnterminatedComment: /*
    ");
    assert_snapshot!(listing("SELECT 1; /*!40101 SELECT 2; SELECT 3;"), @"
    1 [0..8] Data: SELECT 1
    1 [10..37] Data: /*!40101 SELECT 2; SELECT 3
    1 [10..13] problem UnterminatedComment: /*!
    ");
    assert_snapshot!(listing("CREATE PROCEDURE a() BEGIN SELECT 1; IF 1 THEN SELECT 2; END; SELECT 3;"), @"1 [0..70] Schema: CREATE PROCEDURE a() BEGIN SELECT 1; IF 1 THEN SELECT 2; END; SELECT 3");
}

#[test]
fn every_form_of_line_end_counts_as_bytes() {
    assert_snapshot!(listing("\u{feff}DELIMITER //\r\nSELECT 'ü'//\r\nDELIMITER ;\rSELECT 2; -- a\rSELECT 3;\nSELECT 4"), @"
    2 [17..28] Data: SELECT 'ü'
    3 [44..52] Data: SELECT 2
    4 [69..77] Data: SELECT 4
    ");
}
