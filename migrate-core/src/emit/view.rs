use super::spelling::{Spelling, when};
use crate::operation::{CreateView, DropView};

impl Spelling {
    pub(super) fn create_view(self, operation: &CreateView) -> String {
        let columns = &operation.columns;
        format!(
            "CREATE {}{}{}VIEW {}{}{} AS {}",
            when(operation.or_replace, "OR REPLACE "),
            when(operation.temporary, "TEMPORARY "),
            when(operation.materialized, "MATERIALIZED "),
            when(operation.if_not_exists, "IF NOT EXISTS "),
            if operation.temporary { self.name(&operation.name.name) } else { self.object(&operation.name) },
            if columns.is_empty() { String::new() } else { format!(" {}", self.columns(columns)) },
            operation.query.sql
        )
    }

    pub(super) fn drop_view(self, operation: &DropView) -> String {
        let DropView { names, materialized, if_exists, cascade } = operation;
        let what = if *materialized { "MATERIALIZED VIEW" } else { "VIEW" };
        self.drop(what, &self.objects(names), *if_exists, *cascade)
    }
}
