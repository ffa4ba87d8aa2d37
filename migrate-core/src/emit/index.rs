use super::spelling::{Spelling, list, when};
use crate::{
    Name,
    schema::{Index, IndexKey, IndexTarget},
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
        format!("{}{method}{}", when(index.unique, "UNIQUE "), self.index_rest(index))
    }

    /// From the keys on.
    pub(super) fn index_rest(self, index: &Index) -> String {
        let keys = list(index.keys.iter().map(|key| self.index_key(key)));
        let mut text = format!("({keys}){}", self.including(&index.include));
        text.push_str(when(index.nulls_not_distinct, " NULLS NOT DISTINCT"));
        if let Some(predicate) = &index.predicate {
            text = format!("{text} WHERE {predicate}");
        }
        text
    }
}
