//! What refers to an object that got another name: all of it follows but the bodies of functions.
//!
//! Each of these may be called before or after the object itself has its new name.

use std::sync::Arc;

use super::{change::Change, parts};
use crate::{
    Name, QualifiedName,
    schema::{
        DataType, FunctionSignature, Output, Query, Relation, Schema, Sequence, Table, UserType,
        UserTypeKind, View,
    },
};

impl Schema {
    /// Tables, views and sequences; a table's or view's type of the same name goes along.
    pub(super) fn relation_renamed(&mut self, from: &QualifiedName, to: &QualifiedName) {
        let change = Change::Relation { from, to };
        if self.legacy_rename {
            return self.follow_owners(&change);
        }
        self.follow(&change);
        self.type_renamed(from, to);
    }

    /// A column of a table or view: what stands outside of its list of columns follows, keys and indexes of the table
    /// itself among it.
    pub(super) fn column_renamed(&mut self, table: &QualifiedName, from: &Name, to: &Name) {
        self.follow(&Change::Column { table, from, to });
    }

    /// A type.
    pub(super) fn type_renamed(&mut self, from: &QualifiedName, to: &QualifiedName) {
        self.follow(&Change::Type { from, to });
    }

    /// A function.
    pub(super) fn function_renamed(&mut self, from: &FunctionSignature, to: &QualifiedName) {
        self.follow(&Change::Function { from, to });
    }

    /// A schema.
    pub(super) fn schema_renamed(&mut self, from: &Name, to: &Name) {
        self.follow(&Change::Schema { from, to });
    }

    /// A value of an enum.
    pub(super) fn enum_value_renamed(&mut self, name: &QualifiedName, from: &str, to: &str) {
        self.follow(&Change::Value { name, from, to });
    }

    fn follow(&mut self, change: &Change<'_>) {
        let schema = &*self;
        let tables: Vec<(QualifiedName, Arc<Table>)> = schema
            .tables
            .iter()
            .filter(|(name, table)| change.concerns_table(schema, name, table))
            .map(|(name, table)| (name.clone(), Arc::new(change.in_table(schema, name, table))))
            .collect();
        let views: Vec<(QualifiedName, Arc<View>)> = schema
            .views
            .iter()
            .filter(|(name, view)| change.concerns_view(schema, name, view))
            .map(|(name, view)| (name.clone(), Arc::new(change.in_view(schema, name, view))))
            .collect();
        let types: Vec<(QualifiedName, Arc<UserType>)> = schema
            .types
            .iter()
            .filter(|(_, user_type)| change.concerns_type(schema, user_type))
            .map(|(name, user_type)| (name.clone(), Arc::new(change.in_type(schema, user_type))))
            .collect();
        self.tables.extend(tables);
        self.views.extend(views);
        self.types.extend(types);
        self.follow_functions(change);
        self.follow_owners(change);
    }

    /// Indexes and the like of a relation, and sequences of a column.
    fn follow_owners(&mut self, change: &Change<'_>) {
        let owners = self.relations.iter().filter_map(|(name, relation)| {
            let (Relation::Index(owner) | Relation::Constraint(owner)) = relation else { return None };
            let mut changed = owner.clone();
            change.qualified(&mut changed);
            let is_index = matches!(relation, Relation::Index(_));
            let relation = if is_index { Relation::Index } else { Relation::Constraint };
            (changed != *owner).then(|| (name.clone(), relation(changed)))
        });
        let owners: Vec<(QualifiedName, Relation)> = owners.collect();
        self.relations.extend(owners);
        let sequences = self.sequences.iter().filter_map(|(name, sequence)| {
            let owner = change.owner(sequence.owned_by.as_ref()?)?;
            let sequence = Sequence { owned_by: Some(owner), ..Sequence::clone(sequence) };
            Some((name.clone(), Arc::new(sequence)))
        });
        let sequences: Vec<(QualifiedName, Arc<Sequence>)> = sequences.collect();
        self.sequences.extend(sequences);
    }

    fn follow_functions(&mut self, change: &Change<'_>) {
        let concerned: Vec<FunctionSignature> = self
            .functions
            .keys()
            .filter(|signature| concerns(change, &signature.arguments))
            .cloned()
            .collect();
        for mut signature in concerned {
            let Some(mut function) = self.functions.remove(&signature) else { continue };
            for data_type in &mut signature.arguments {
                change.data_type(data_type);
            }
            for argument in &mut Arc::make_mut(&mut function).arguments {
                change.data_type(&mut argument.data_type);
            }
            self.functions.insert(signature, function);
        }
    }
}

fn concerns(change: &Change<'_>, data_types: &[DataType]) -> bool {
    data_types.iter().any(|data_type| change.concerns_data_type(data_type))
}

impl Change<'_> {
    fn concerns_table(&self, schema: &Schema, name: &QualifiedName, table: &Table) -> bool {
        if self.is_structural(name, table) {
            return true;
        }
        let mut concerns = false;
        parts::table_names(table, &mut |_, names| concerns |= self.concerns(schema, names));
        concerns
    }

    fn in_table(&self, schema: &Schema, name: &QualifiedName, table: &Table) -> Table {
        let mut changed = table.clone();
        self.structure(name, &mut changed);
        let own = Some((name, table));
        parts::table_expressions_mut(&mut changed, &mut |expression| {
            self.expression(schema, own, expression);
        });
        for trigger in changed.triggers.values_mut() {
            if let Some(query) = parts::trigger_query_mut(trigger) {
                self.query(schema, own, query);
            }
        }
        changed
    }

    fn concerns_view(&self, schema: &Schema, name: &QualifiedName, view: &View) -> bool {
        let mut concerns = self.concerns(schema, &view.query.names);
        for (trigger_name, trigger) in &view.triggers {
            concerns |= self.concerns_trigger(name, trigger);
            parts::trigger_names(trigger_name, trigger, &mut |_, names| {
                concerns |= self.concerns(schema, names);
            });
        }
        concerns
            || view.columns.iter().flatten().any(|column| {
                column.data_type.as_ref().is_some_and(|data_type| self.concerns_data_type(data_type))
            })
    }

    fn in_view(&self, schema: &Schema, name: &QualifiedName, view: &View) -> View {
        let mut changed = view.clone();
        self.query(schema, None, &mut changed.query);
        let shown = |query: &Query| query.outputs.clone().unwrap_or_default();
        for (before, after) in shown(&view.query).iter().zip(shown(&changed.query)) {
            let (Output::Value { name: from, .. }, Output::Value { name: to, .. }) = (before, after) else {
                continue;
            };
            for column in changed.columns.iter_mut().flatten().filter(|column| column.name == *from) {
                column.name = to.clone();
            }
        }
        for column in changed.columns.iter_mut().flatten() {
            if let Some(data_type) = &mut column.data_type {
                self.data_type(data_type);
            }
        }
        for trigger in changed.triggers.values_mut() {
            self.trigger(name, trigger);
            if let Some(condition) = &mut trigger.condition {
                self.expression(schema, None, condition);
            }
            if let Some(query) = parts::trigger_query_mut(trigger) {
                self.query(schema, None, query);
            }
        }
        changed
    }

    fn concerns_type(&self, schema: &Schema, user_type: &UserType) -> bool {
        match &user_type.kind {
            UserTypeKind::Domain(domain) => {
                self.concerns_data_type(&domain.base)
                    || parts::domain_expressions(domain)
                        .into_iter()
                        .any(|expression| self.concerns(schema, &expression.names))
            }
            UserTypeKind::Composite(attributes) => {
                attributes.iter().any(|attribute| self.concerns_data_type(&attribute.data_type))
            }
            UserTypeKind::Range { subtype, .. } => self.concerns_data_type(subtype),
            UserTypeKind::Enum(_) | UserTypeKind::Other => false,
        }
    }

    fn in_type(&self, schema: &Schema, user_type: &UserType) -> UserType {
        let mut changed = user_type.clone();
        match &mut changed.kind {
            UserTypeKind::Domain(domain) => {
                self.data_type(&mut domain.base);
                for expression in parts::domain_expressions_mut(domain) {
                    self.expression(schema, None, expression);
                }
            }
            UserTypeKind::Composite(attributes) => {
                for attribute in attributes {
                    self.data_type(&mut attribute.data_type);
                }
            }
            UserTypeKind::Range { subtype, .. } => self.data_type(subtype),
            UserTypeKind::Enum(_) | UserTypeKind::Other => {}
        }
        changed
    }
}
