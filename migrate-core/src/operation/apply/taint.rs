use std::{collections::BTreeSet, sync::Arc};

use super::Outcome;
use crate::{
    Name, QualifiedName,
    schema::{Reach, Relation, Schema, unknown::fits},
};

impl Schema {
    /// Makes unknown what a statement may have touched that could not be read.
    pub(super) fn taint(&mut self, names: &[Name], patterns: &[String], everything: bool) -> Outcome {
        let Reach { names, patterns, everything } = self.reach(names, patterns, everything);
        self.unknown.names.extend(names.iter().cloned());
        for pattern in &patterns {
            if !self.unknown.patterns.contains(pattern) {
                self.unknown.patterns.push(pattern.clone());
            }
        }
        self.unknown.everything |= everything;
        let touched: Vec<QualifiedName> = if everything {
            self.tables.keys().chain(self.views.keys()).cloned().collect()
        } else {
            let temporary = Name::exact(self.dialect.habits().temporary_schema);
            let schemas: Vec<&Name> = self.namespaces.keys().chain([&temporary]).collect();
            let named = names.iter().flat_map(|name| {
                schemas.iter().map(|schema| QualifiedName::new((*schema).clone(), name.clone()))
            });
            let has_form =
                |name: &&QualifiedName| patterns.iter().any(|form| fits(form, name.name.identity()));
            let formed = self.tables.keys().chain(self.views.keys()).filter(has_form).cloned();
            named.chain(formed).collect()
        };
        for name in touched {
            for descendant in self.descendants(&name) {
                self.blur(&descendant);
            }
            self.blur(&name);
        }
        Ok(Vec::new())
    }

    /// What these words may be about, with what the functions among them may change, and those that they call.
    fn reach(&self, words: &[Name], patterns: &[String], everything: bool) -> Reach {
        let patterns = patterns.iter().cloned().collect();
        let mut reach = Reach { names: BTreeSet::new(), patterns, everything };
        let mut left: Vec<Name> = words.to_vec();
        while let Some(word) = left.pop() {
            if reach.names.contains(&word) {
                continue;
            }
            for (signature, function) in &self.functions {
                if signature.name.name == word {
                    left.extend(function.reach.names.iter().cloned());
                    reach.patterns.extend(function.reach.patterns.iter().cloned());
                    reach.everything |= function.reach.everything;
                }
            }
            reach.names.insert(word);
        }
        reach
    }

    /// What is known of a table or view is no longer all.
    fn blur(&mut self, name: &QualifiedName) {
        if let Some(table) = self.table_mut(name) {
            table.known = false;
            table.order_known = false;
        } else if let Some(view) = self.views.get_mut(name) {
            Arc::make_mut(view).columns = None;
        }
    }

    /// Takes out what ends with a session. Whether the next script runs in the same session, nobody can tell.
    pub(crate) fn end_session(&mut self) {
        let temporary = self.temporary_name(&Name::exact(""));
        let ended = self.relations.range(temporary.clone()..);
        let ended = ended.take_while(|(name, _)| name.schema == temporary.schema);
        let ended: Vec<(QualifiedName, Relation)> =
            ended.map(|(name, relation)| (name.clone(), relation.clone())).collect();
        for (name, _) in ended {
            self.relations.remove(&name);
            self.tables.remove(&name);
            self.views.remove(&name);
            self.sequences.remove(&name);
            self.unknown.names.insert(name.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Dialect, Name, ObjectName, QualifiedName,
        operation::{CreateTable, Operation, TableDefinition},
        schema::{Origin, Schema},
    };

    #[test]
    fn tables_whose_names_have_a_form_are_no_longer_known() {
        let mut schema = Schema::new(Dialect::Postgres);
        for name in ["events_1", "users"] {
            let name = ObjectName::bare(Name::exact(name));
            let create = CreateTable { name, if_not_exists: false, definition: TableDefinition::default() };
            assert!(schema.apply(&Operation::CreateTable(Box::new(create)), Origin::NONE).is_ok());
        }
        let patterns = vec!["events_*".to_owned()];
        let opaque = Operation::Opaque { names: Vec::new(), patterns, everything: false };
        assert!(schema.apply(&opaque, Origin::NONE).is_ok());
        let known = |name: &str| {
            let name = QualifiedName::new(Name::exact("public"), Name::exact(name));
            schema.tables.get(&name).map(|table| table.known)
        };
        assert_eq!((known("events_1"), known("users")), (Some(false), Some(true)));
        assert!(schema.unknown.contains(&Name::exact("events_2")));
    }
}
