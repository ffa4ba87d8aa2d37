//! Indexes that are there and of no use.

use super::examination::{Examination, cells};
use crate::{Result, database::Question};

impl Examination<'_> {
    /// A build outside a transaction that was broken off leaves one behind: it slows down every write, and serves no query.
    pub(super) async fn indexes(&mut self) -> Result<()> {
        for row in
            self.ask(Question::InvalidIndexes { schema: self.opened.schema.clone().as_deref() }).await?
        {
            let [index, table, is_leftover] = cells(row);
            let (message, remedy) = if is_leftover == "true" {
                let message = format!(
                    "the index `{index}` of `{table}` was left over by a rebuild that was broken off"
                );
                (message, format!("DROP INDEX CONCURRENTLY {index}"))
            } else {
                let message =
                    format!("the index `{index}` of `{table}` is invalid: its build was broken off");
                (message, format!("REINDEX INDEX CONCURRENTLY {index}"))
            };
            self.found("invalid-index", index, message, remedy);
        }
        Ok(())
    }
}
