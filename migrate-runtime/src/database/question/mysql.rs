use super::Question;

/// A session, for people.
const WHO: &str = "CONCAT('connection ', p.id, ' (', p.user, '@', p.host, ')')";

/// What migrations do, in the words of grants.
const RIGHTS: [&str; 9] =
    ["SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", "INDEX", "REFERENCES"];

pub(in crate::database) fn mysql(question: Question<'_>) -> Option<String> {
    match question {
        // The server writes these dates in its own zone, whatever that of the session.
        Question::OpenTransactions { longest } => Some(format!(
            "SELECT {WHO}, DATE_FORMAT(t.trx_started, '%Y-%m-%d %H:%i:%s'), \
             CONCAT(' (', IF(p.command = 'Sleep', 'idle', 'busy'), ')'), CONCAT('KILL ', p.id) \
             FROM information_schema.innodb_trx t JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id \
             WHERE p.db = DATABASE() AND p.id <> CONNECTION_ID() AND TIMESTAMPDIFF(MICROSECOND, t.trx_started, \
             CONVERT_TZ(NOW(6), @@SESSION.time_zone, 'SYSTEM')) > {} ORDER BY t.trx_started, p.id",
            longest.as_micros()
        )),
        Question::Waits => Some(format!(
            "SELECT {WHO}, IF(p.state LIKE 'Waiting for % lock', CONCAT('a', SUBSTRING(p.state, 12)), 'a lock on rows'), '', \
             'end the session that is in the way: `SHOW FULL PROCESSLIST` lists all of them' \
             FROM information_schema.processlist p WHERE p.db = DATABASE() AND p.time >= 1 \
             AND (p.state LIKE 'Waiting for % lock' OR p.id IN (SELECT t.trx_mysql_thread_id \
             FROM information_schema.innodb_trx t WHERE t.trx_state = 'LOCK WAIT')) ORDER BY p.id"
        )),
        Question::TablesWithoutTransactions => Some(
            "SELECT t.table_name, t.engine, CONCAT('ALTER TABLE `', t.table_name, '` ENGINE = InnoDB') \
             FROM information_schema.tables t JOIN information_schema.engines e ON e.engine = t.engine \
             WHERE t.table_schema = DATABASE() AND t.table_type = 'BASE TABLE' AND e.transactions = 'NO' \
             ORDER BY t.table_name"
                .to_owned(),
        ),
        Question::MissingRights { .. } => Some(missing_rights()),
        Question::HiddenSessions
        | Question::InvalidIndexes { .. }
        | Question::BrokenReferences
        | Question::File
        | Question::Integrity
        | Question::JournalMode => None,
    }
}

/// Where a role is active, what it gives is not known: then nothing is said to be missing.
fn missing_rights() -> String {
    let rights = RIGHTS.map(|right| format!("SELECT '{right}' AS name")).join(" UNION ALL ");
    let grantee = "CONCAT('\\'', REPLACE(CURRENT_USER(), '@', '\\'@\\''), '\\'')";
    format!(
        "SELECT r.name, CONCAT('the database `', DATABASE(), '`'), \
         CONCAT('GRANT ', r.name, ' ON `', DATABASE(), '`.* TO ', {grantee}) FROM ({rights}) r \
         WHERE COALESCE(NULLIF(CURRENT_ROLE(), 'NONE'), '') = '' \
         AND NOT EXISTS (SELECT 1 FROM information_schema.user_privileges u \
         WHERE u.grantee = {grantee} AND u.privilege_type = r.name) \
         AND NOT EXISTS (SELECT 1 FROM information_schema.schema_privileges s \
         WHERE s.grantee = {grantee} AND DATABASE() LIKE s.table_schema AND s.privilege_type = r.name)"
    )
}
