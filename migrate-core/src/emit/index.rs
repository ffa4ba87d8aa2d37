use super::spelling::{Spelling, list, when};
use crate::{
    Name, ObjectName,
    operation::{CreateIndex, DropIndex},
    schema::{Expression, Index, IndexKey, IndexTarget},
};

impl Spelling {
    /// One key of an index.
    pub(crate) fn index_key(self, key: &IndexKey) -> String {
        let mut text = match &key.target {
            IndexTarget::Column(name) => self.name(name),
            IndexTarget::Expression(expression) => format!("({expression})"),
        };
        if let Some(collation) = &key.collation {
            text = format!("{text} COLLATE {}", self.object(collation));
        }
        if let Some(class) = &key.operator_class {
            text = format!("{text} {}", self.object(class));
        }
        text.push_str(when(key.descending, " DESC"));
        match (key.descending, key.nulls_first) {
            (false, true) if self.sorts_nulls_last() => text.push_str(" NULLS FIRST"),
            (true, false) if self.sorts_nulls_last() => text.push_str(" NULLS LAST"),
            _ => {}
        }
        text
    }

    /// `INCLUDE`, with a blank before it; nothing where there are none.
    pub(super) fn including(self, columns: &[Name]) -> String {
        if columns.is_empty() { String::new() } else { format!(" INCLUDE {}", self.columns(columns)) }
    }

    /// What an index is beside its name and its table: `UNIQUE btree (email) WHERE (active)`.
    pub(crate) fn index_body(self, index: &Index) -> String {
        let method = if index.method.identity() == "btree" {
            String::new()
        } else {
            format!("USING {} ", self.name(&index.method))
        };
        let keys = list(index.keys.iter().map(|key| self.index_key(key)));
        let rest = self.index_rest(&index.include, index.nulls_not_distinct, index.predicate.as_ref());
        format!("{}{method}({keys}){rest}", when(index.unique, "UNIQUE "))
    }

    /// What stands behind the keys.
    fn index_rest(
        self,
        include: &[Name],
        nulls_not_distinct: bool,
        predicate: Option<&Expression>,
    ) -> String {
        let nulls = when(nulls_not_distinct, " NULLS NOT DISTINCT");
        let predicate = predicate.map(|predicate| format!(" WHERE {predicate}")).unwrap_or_default();
        format!("{}{nulls}{predicate}", self.including(include))
    }

    /// `CREATE INDEX` of an index that is there.
    pub(super) fn index(self, table: &ObjectName, index: &Index) -> String {
        self.create_index(&CreateIndex::of(table, index))
    }

    pub(super) fn create_index(self, operation: &CreateIndex) -> String {
        let (name, table) = if self.qualifies_indexes() {
            (operation.name.as_ref().map(|name| self.object(name)), self.name(&operation.table.name))
        } else {
            (operation.name.as_ref().map(|name| self.name(&name.name)), self.object(&operation.table))
        };
        let keys = list(operation.keys.iter().map(|key| self.index_key(key)));
        let method = if operation.method.identity() == "btree" {
            String::new()
        } else {
            format!(" USING {}", self.name(&operation.method))
        };
        let rest =
            self.index_rest(&operation.include, operation.nulls_not_distinct, operation.predicate.as_ref());
        format!(
            "CREATE {}INDEX {}{}{}ON {table}{method} ({keys}){rest}",
            when(operation.unique, "UNIQUE "),
            when(operation.concurrently, "CONCURRENTLY "),
            when(operation.if_not_exists, "IF NOT EXISTS "),
            name.map(|name| format!("{name} ")).unwrap_or_default(),
        )
    }

    pub(super) fn drop_index(self, operation: &DropIndex) -> String {
        let DropIndex { names, if_exists, concurrently, cascade } = operation;
        let what = if *concurrently { "INDEX CONCURRENTLY" } else { "INDEX" };
        self.drop(what, &self.objects(names), *if_exists, *cascade)
    }
}
