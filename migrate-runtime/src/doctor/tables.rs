//! Tables that cannot keep what a step promises.

use super::examination::{Examination, cells};
use crate::{Result, database::Question};

impl Examination<'_> {
    pub(super) async fn tables(&mut self) -> Result<()> {
        for row in self.ask(Question::TablesWithoutTransactions).await? {
            let [table, engine, remedy] = cells(row);
            let message = format!(
                "the table `{table}` is kept by {engine}, which knows no transactions: changes of its rows cannot be \
                 rolled back"
            );
            self.found("no-transactions", table, message, remedy);
        }
        let mut broken: Vec<(String, String, usize)> = Vec::new();
        for row in self.ask(Question::BrokenReferences).await? {
            let [table, _, parent] = cells(row);
            match broken.iter_mut().find(|known| known.0 == table && known.1 == parent) {
                Some(known) => known.2 += 1,
                None => broken.push((table, parent, 1)),
            }
        }
        for (table, parent, count) in broken {
            let rows = if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
            let refer = if count == 1 { "refers" } else { "refer" };
            let message = format!("{rows} of `{table}` {refer} to rows of `{parent}` that are not there");
            self.found(
                "broken-reference",
                table,
                message,
                "mend or delete them: SQLite's `foreign_key_check` lists them",
            );
        }
        Ok(())
    }
}
