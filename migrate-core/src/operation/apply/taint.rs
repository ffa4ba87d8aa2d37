use std::{collections::BTreeSet, sync::Arc};

use super::Outcome;
use crate::{
    Name, QualifiedName,
    schema::{Relation, Schema},
};

impl Schema {
    /// Makes unknown what a statement may have touched that could not be read.
    ///
    /// A function that it names may be what it calls: then what stands in the body of that is touched as well.
    pub(super) fn taint(&mut self, names: &[Name], everything: bool) -> Outcome {
        let called = Called::by(names, self);
        let everything = everything || called.everything;
        let names: Vec<Name> = names.iter().cloned().chain(called.words).collect();
        let names = names.as_slice();
        self.unknown.names.extend(names.iter().cloned());
        self.unknown.everything |= everything;
        let touched: Vec<QualifiedName> = if everything {
            self.tables.keys().chain(self.views.keys()).cloned().collect()
        } else {
            let temporary = Name::exact(self.dialect.habits().temporary_schema);
            let schemas: Vec<&Name> = self.namespaces.keys().chain([&temporary]).collect();
            let named = names.iter().flat_map(|name| {
                schemas.iter().map(|schema| QualifiedName::new((*schema).clone(), name.clone()))
            });
            named.collect()
        };
        for name in touched {
            for descendant in self.descendants(&name) {
                self.blur(&descendant);
            }
            self.blur(&name);
        }
        Ok(Vec::new())
    }

    /// The bodies of the functions of this name.
    fn bodies(&self, name: &Name) -> impl Iterator<Item = &str> {
        let named = self.namespaces.keys().flat_map(|schema| self.overloads(schema, name));
        named.filter_map(|(_, function)| function.body.as_deref())
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

/// What the functions may touch that a statement calls.
#[derive(Default)]
struct Called {
    words: BTreeSet<Name>,
    everything: bool,
}

impl Called {
    fn by(names: &[Name], schema: &Schema) -> Self {
        let mut called = Self::default();
        let mut pending = names.to_vec();
        while let Some(name) = pending.pop() {
            for body in schema.bodies(&name) {
                called.everything |= is_dynamic(body);
                let found = words(body).map(|word| Name::exact(&word.to_ascii_lowercase()));
                let new: Vec<_> = found.filter(|word| called.words.insert(word.clone())).collect();
                pending.extend(new);
            }
        }
        called
    }
}

/// Whether a body puts together statements about what it finds in the catalog or in rows.
fn is_dynamic(body: &str) -> bool {
    let mut words = words(body).map(str::to_ascii_lowercase).peekable();
    let (mut executes, mut finds) = (false, false);
    while let Some(word) = words.next() {
        let calls = words.peek().is_some_and(|next| matches!(next.as_str(), "function" | "procedure"));
        executes |= word == "execute" && !calls;
        finds |= word == "information_schema" || word == "loop" || word.starts_with("pg_");
    }
    executes && finds
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_in_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '$');
    text.split(move |letter| !is_in_word(letter)).filter(|word| !word.is_empty())
}
