//! Other sessions that are in the way, or wait for one that is.

use super::examination::{Examination, cells};
use crate::{Result, database::Question};

impl Examination<'_> {
    pub(super) async fn sessions(&mut self) -> Result<()> {
        let longest = self.options.long_transaction;
        for row in self.ask(Question::OpenTransactions { longest }).await? {
            let [who, since, state, remedy] = cells(row);
            let message =
                format!("{who} has had a transaction open since {since}{state}: schema changes wait for it");
            self.found("open-transaction", who, message, remedy);
        }
        for row in self.ask(Question::Waits).await? {
            let [who, what, blockers, remedy] = cells(row);
            let by = if blockers.is_empty() { String::new() } else { format!(", which {blockers} holds") };
            self.found("waiting-session", &who, format!("{who} waits for {what}{by}"), remedy);
        }
        for row in self.ask(Question::HiddenSessions).await? {
            let [why] = cells(row);
            self.unseen("what sessions of other users do", &why);
        }
        Ok(())
    }
}
