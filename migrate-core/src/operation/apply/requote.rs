//! What SQLite writes anew when it renames or drops a column: strings in double quotes get single ones, in all views, triggers,
//! indexes and tables. Whether a name in such quotes is a string is not certain enough to do the same.

use std::sync::Arc;

use super::{
    parts,
    resolve::{Meaning, Resolver},
};
use crate::{
    QualifiedName,
    schema::{ColumnUse, Names, Schema, Table, View},
};

impl Schema {
    /// Notes that a text may have other quotes now, where that may be.
    pub(super) fn strings_requoted(&mut self) {
        if self.dialect.habits().binds {
            return;
        }
        let mut tables: Vec<(QualifiedName, Arc<Table>)> = Vec::new();
        for (name, table) in &self.tables {
            let mut has_strings = false;
            parts::table_names(table, &mut |_, names| {
                has_strings |= self.may_have_strings(names, Some((name, table)));
            });
            if has_strings {
                tables.push((name.clone(), Arc::new(self.requoted_table(name, table))));
            }
        }
        let views = self.views.iter().filter(|(_, view)| {
            let mut has_strings = self.may_have_strings(&view.query.names, None);
            for (trigger_name, trigger) in &view.triggers {
                parts::trigger_names(trigger_name, trigger, &mut |_, names| {
                    has_strings |= self.may_have_strings(names, None);
                });
            }
            has_strings
        });
        let views: Vec<(QualifiedName, Arc<View>)> =
            views.map(|(name, view)| (name.clone(), Arc::new(self.requoted_view(view)))).collect();
        self.tables.extend(tables);
        self.views.extend(views);
    }

    fn requoted_table(&self, name: &QualifiedName, table: &Table) -> Table {
        let mut changed = table.clone();
        let own = Some((name, table));
        parts::table_expressions_mut(&mut changed, &mut |expression| {
            expression.exact &= !self.may_have_strings(&expression.names, own);
        });
        for query in changed.triggers.values_mut().filter_map(parts::trigger_query_mut) {
            query.exact &= !self.may_have_strings(&query.names, own);
        }
        changed
    }

    fn requoted_view(&self, view: &View) -> View {
        let mut changed = view.clone();
        changed.query.exact &= !self.may_have_strings(&view.query.names, None);
        for trigger in changed.triggers.values_mut() {
            if let Some(condition) = &mut trigger.condition {
                condition.exact &= !self.may_have_strings(&condition.names, None);
            }
            if let Some(query) = parts::trigger_query_mut(trigger) {
                query.exact &= !self.may_have_strings(&query.names, None);
            }
        }
        changed
    }

    /// Whether a name in double quotes may stand for no column.
    fn may_have_strings(&self, names: &Names, own: Option<(&QualifiedName, &Table)>) -> bool {
        let resolver = Resolver::new(self, names, own);
        names.scopes.iter().enumerate().any(|(place, scope)| {
            scope.maybe_columns.iter().any(|name| {
                let used = ColumnUse { qualifier: None, name: name.clone() };
                !matches!(resolver.meaning(place, &used), Meaning::Column(..))
            })
        })
    }
}
