//! What the user may not do, and a migration needs.

use super::examination::{Examination, cells};
use crate::{Result, database::Question};

impl Examination<'_> {
    pub(super) async fn rights(&mut self) -> Result<()> {
        let schema = self.opened.schema.clone();
        let tables = self.names.clone();
        let question = Question::MissingRights { schema: schema.as_deref(), tables: &tables };
        for row in self.ask(question).await? {
            let [right, object, remedy] = cells(row);
            let message = format!("the user lacks the right {right} on {object}");
            self.found("missing-right", object.replace('`', ""), message, remedy);
        }
        Ok(())
    }
}
