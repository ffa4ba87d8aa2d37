use super::uses::is_type;
use crate::{
    Name, ObjectName, QualifiedName,
    schema::{
        Constraint, ConstraintKind, DataType, FunctionSignature, IndexTarget, Partition, Schema, Table,
        Trigger, TriggerAction, TriggerEvent,
    },
};

/// A new name, as what refers to the object has to learn it.
#[derive(Clone, Copy)]
pub(super) enum Change<'c> {
    /// Of a table, view or sequence.
    Relation { from: &'c QualifiedName, to: &'c QualifiedName },
    /// Of a column.
    Column { table: &'c QualifiedName, from: &'c Name, to: &'c Name },
    /// Of a type.
    Type { from: &'c QualifiedName, to: &'c QualifiedName },
    /// Of a function.
    Function { from: &'c FunctionSignature, to: &'c QualifiedName },
    /// Of a schema.
    Schema { from: &'c Name, to: &'c Name },
    /// Of a value of an enum.
    Value { name: &'c QualifiedName, from: &'c str, to: &'c str },
}

impl Change<'_> {
    /// Gives an object its new name where it is the one that changes.
    pub(super) fn object(&self, schema: &Schema, name: &mut ObjectName) -> bool {
        match self {
            Self::Relation { from, to } if is_meant(schema, name, from) => {
                if name.schema.is_some() || from.schema != to.schema {
                    name.schema = Some(to.schema.clone());
                }
                name.name = to.name.clone();
                true
            }
            Self::Schema { from, to } if name.schema.as_ref() == Some(*from) => {
                name.schema = Some((*to).clone());
                true
            }
            _ => false,
        }
    }

    /// The same for a name that is known with its schema.
    pub(super) fn qualified(&self, name: &mut QualifiedName) {
        match self {
            Self::Relation { from, to } if name == *from => *name = (*to).clone(),
            Self::Schema { from, to } if name.schema == **from => name.schema = (*to).clone(),
            _ => {}
        }
    }

    pub(super) fn concerns_data_type(&self, data_type: &DataType) -> bool {
        match self {
            Self::Type { from, .. } => is_type(data_type, from),
            Self::Schema { from, .. } => data_type.name.schema.as_ref() == Some(*from),
            _ => false,
        }
    }

    pub(super) fn data_type(&self, data_type: &mut DataType) {
        if self.concerns_data_type(data_type) {
            match self {
                Self::Type { to, .. } => data_type.name = ObjectName::from(*to),
                Self::Schema { to, .. } => data_type.name.schema = Some((*to).clone()),
                _ => {}
            }
        }
    }

    /// The owner of a sequence by its new name, where that changes.
    pub(super) fn owner(&self, owner: &(QualifiedName, Name)) -> Option<(QualifiedName, Name)> {
        let mut changed = owner.clone();
        self.qualified(&mut changed.0);
        if let Self::Column { table, from, to } = self
            && owner.0 == **table
            && owner.1 == **from
        {
            changed.1 = (*to).clone();
        }
        (changed != *owner).then_some(changed)
    }

    /// Whether a table refers to the object by more than expressions.
    pub(super) fn is_structural(&self, name: &QualifiedName, table: &Table) -> bool {
        match self {
            Self::Schema { .. } => true,
            Self::Column { table: owner, .. } => {
                name == *owner || foreign_keys(table).any(|key| key.name == owner.name)
            }
            Self::Relation { from, .. } => {
                let numbered = table.columns.iter().filter_map(|column| column.identity.as_ref());
                table.inherits.contains(from)
                    || foreign_keys(table).any(|key| key.name == from.name)
                    || numbered.flat_map(|identity| &identity.sequence).any(|sequence| sequence == *from)
            }
            Self::Type { .. } => table.columns.iter().any(|column| {
                column.data_type.as_ref().is_some_and(|data_type| self.concerns_data_type(data_type))
            }),
            Self::Function { .. } => {
                table.triggers.values().any(|trigger| self.concerns_trigger(name, trigger))
            }
            Self::Value { name, .. } => table
                .columns
                .iter()
                .any(|column| column.data_type.as_ref().is_some_and(|data_type| is_type(data_type, name))),
        }
    }

    /// Gives a table's own references their new names.
    pub(super) fn structure(&self, name: &QualifiedName, table: &mut Table) {
        for column in &mut table.columns {
            if let Some(data_type) = &mut column.data_type {
                self.data_type(data_type);
            }
            if let Some(sequence) = column.identity.as_mut().and_then(|identity| identity.sequence.as_mut()) {
                self.qualified(sequence);
            }
        }
        for parent in &mut table.inherits {
            self.qualified(parent);
        }
        for constraint in &mut table.constraints {
            self.constraint(name, constraint);
        }
        for trigger in table.triggers.values_mut() {
            self.trigger(name, trigger);
        }
        if let Self::Column { table: owner, from, to } = self
            && name == *owner
        {
            let rename = |name: &mut Name| rename(name, from, to);
            for index in table.indexes.values_mut() {
                index.include.iter_mut().for_each(rename);
                for key in &mut index.keys {
                    if let IndexTarget::Column(column) = &mut key.target {
                        rename(column);
                    }
                }
            }
            for key in table.partitioning.iter_mut().flat_map(|partitioning| &mut partitioning.keys) {
                if let Partition::Column(column) = key {
                    rename(column);
                }
            }
        }
    }

    fn constraint(&self, name: &QualifiedName, constraint: &mut Constraint) {
        if let ConstraintKind::ForeignKey(key) = &mut constraint.kind {
            let refers = |owner: &QualifiedName| {
                key.table.name == owner.name
                    && key.table.schema.as_ref().is_none_or(|schema| *schema == owner.schema)
            };
            match self {
                Self::Column { table, from, to } if refers(table) => {
                    key.referenced.iter_mut().for_each(|column| rename(column, from, to));
                }
                Self::Relation { from, to } if refers(from) => key.table = ObjectName::from(*to),
                Self::Schema { from, to } if key.table.schema.as_ref() == Some(*from) => {
                    key.table.schema = Some((*to).clone());
                }
                _ => {}
            }
        }
        let Self::Column { table, from, to } = self else { return };
        if name != *table {
            return;
        }
        let rename = |name: &mut Name| rename(name, from, to);
        constraint.column.iter_mut().for_each(rename);
        match &mut constraint.kind {
            ConstraintKind::PrimaryKey { columns, include }
            | ConstraintKind::Unique { columns, include, .. } => {
                columns.iter_mut().chain(include).for_each(rename);
            }
            ConstraintKind::ForeignKey(key) => {
                key.columns.iter_mut().chain(&mut key.set_columns).for_each(rename);
            }
            ConstraintKind::Exclude { elements, include, .. } => {
                include.iter_mut().for_each(rename);
                for element in elements {
                    if let IndexTarget::Column(column) = &mut element.key.target {
                        rename(column);
                    }
                }
            }
            ConstraintKind::NotNull { column } => rename(column),
            ConstraintKind::Check { .. } => {}
        }
    }

    pub(super) fn concerns_trigger(&self, owner: &QualifiedName, trigger: &Trigger) -> bool {
        match (self, &trigger.action) {
            (Self::Function { from, .. }, TriggerAction::Call { function, .. }) => {
                is_function(function, from)
            }
            (Self::Schema { .. }, _) => true,
            (Self::Column { table, .. }, _) => owner == *table,
            _ => false,
        }
    }

    /// Gives what a trigger waits for and calls its new name.
    pub(super) fn trigger(&self, owner: &QualifiedName, trigger: &mut Trigger) {
        match (self, &mut trigger.action) {
            (Self::Function { from, to }, TriggerAction::Call { function, .. })
                if is_function(function, from) =>
            {
                *function = ObjectName::from(*to);
            }
            (Self::Schema { from, to }, TriggerAction::Call { function, .. })
                if function.schema.as_ref() == Some(*from) =>
            {
                function.schema = Some((*to).clone());
            }
            (Self::Column { table, from, to }, _) if owner == *table => {
                for event in &mut trigger.events {
                    if let TriggerEvent::Update(columns) = event {
                        columns.iter_mut().for_each(|column| rename(column, from, to));
                    }
                }
            }
            _ => {}
        }
    }
}

fn rename(name: &mut Name, from: &Name, to: &Name) {
    if name == from {
        *name = to.clone();
    }
}

fn foreign_keys(table: &Table) -> impl Iterator<Item = &ObjectName> {
    table.constraints.iter().filter_map(|constraint| match &constraint.kind {
        ConstraintKind::ForeignKey(key) => Some(&key.table),
        _ => None,
    })
}

pub(super) fn is_function(used: &ObjectName, function: &FunctionSignature) -> bool {
    used.name == function.name.name && used.schema.as_ref() == Some(&function.name.schema)
}

pub(super) fn is_meant(schema: &Schema, used: &ObjectName, relation: &QualifiedName) -> bool {
    if used.name != relation.name {
        return false;
    }
    let habits = schema.dialect.habits();
    match &used.schema {
        Some(of) => *of == relation.schema,
        None if habits.binds => schema.path.contains(&relation.schema),
        // What is not temporary has been given its schema: what has none sees temporary tables first.
        None => {
            let temporary = QualifiedName::new(Name::exact(habits.temporary_schema), used.name.clone());
            relation.schema == temporary.schema
                || (schema.path.contains(&relation.schema) && !schema.relations.contains_key(&temporary))
        }
    }
}
