//! Which statements of a script cannot share a transaction with their bookkeeping, and how each of them is recovered.

use migrate_core::{
    Dialect,
    graph::{Recovery, Statement, StatementKind},
};

use crate::{
    replay::{self, Script},
    sql,
};

/// The recoveries of the statements of a script, each with the index of its statement. `script` is the same script as
/// the replay takes it. Statements of which nothing is known have none, nor do those that need none.
pub(crate) fn of_script(statements: &[Statement], script: &Script) -> Vec<(u32, Recovery)> {
    let text = script.file.text();
    let recovery = |(index, (statement, read)): (u32, (&Statement, &replay::Statement))| {
        if shares_transaction(statement.kind, script.transaction, script.dialect) {
            return None;
        }
        let recovery = sql::recovery(statement.span.of(text), &read.lowered, script.dialect);
        (recovery != Recovery::UNKNOWN).then_some((index, recovery))
    };
    (0..).zip(statements.iter().zip(&script.statements)).filter_map(recovery).collect()
}

/// Whether a statement and its bookkeeping stand or fall together. What is of the session goes with it.
fn shares_transaction(kind: StatementKind, transaction: bool, dialect: Dialect) -> bool {
    let transactional = dialect.capabilities().transactional_ddl;
    match kind {
        StatementKind::Data | StatementKind::Session | StatementKind::TransactionControl => true,
        StatementKind::Schema => transactional,
        StatementKind::Other => transactional && transaction,
    }
}
