use super::{
    parts::{Part, table_names, trigger_names},
    uses::{Use, is_type},
};
use crate::{
    Name, QualifiedName,
    schema::{
        Constraint, ConstraintKind, DataType, ForeignKey, Object, Origin, Schema, Table, Trigger,
        TriggerAction, TriggerEvent, UserTypeKind, View,
    },
};

/// What depends on an object.
#[derive(Clone, Debug)]
pub(super) struct Dependent {
    pub(super) object: Object,
    pub(super) made: Origin,
    /// Whether it certainly does: not where it may be gone, or may use another of the same name.
    pub(super) certain: bool,
}

impl Schema {
    /// What keeps the database from dropping `object` without `CASCADE`: not what goes along by itself.
    pub(super) fn dependents(&self, object: &Object) -> Vec<(Object, Origin)> {
        let certain = self.depending(object).into_iter().filter(|dependent| dependent.certain);
        certain.map(|dependent| (dependent.object, dependent.made)).collect()
    }

    /// All that depends on `object`, as far as it may not go along by itself, each once.
    pub(super) fn depending(&self, object: &Object) -> Vec<Dependent> {
        if !self.dialect.habits().guards_drops {
            return Vec::new();
        }
        let mut search = Search { schema: self, unit: self.unit(object), found: Vec::new() };
        for dropped in search.unit.clone() {
            search.run(&dropped);
        }
        search.found
    }

    /// What goes along with an object: the partitions of a table, the sequences of its columns, and columns that are
    /// inherited.
    fn unit(&self, object: &Object) -> Vec<Object> {
        let mut unit = vec![object.clone()];
        let mut next = 0;
        while let Some(dropped) = unit.get(next).cloned() {
            next += 1;
            if let Object::Table(table) = &dropped {
                let is_partition = |its: &Table| its.partition.is_some() && its.inherits.contains(table);
                let partitions = self.tables.iter().filter(|(_, its)| is_partition(its));
                unit.extend(partitions.map(|(name, _)| Object::Table(name.clone())));
            }
            if let Object::Column(table, column) = &dropped {
                let heirs = self.heirs(table, column).into_iter();
                unit.extend(heirs.map(|heir| Object::Column(heir, column.clone())));
            }
            let owner = |owned: &(QualifiedName, Name)| match &dropped {
                Object::Table(table) => owned.0 == *table,
                Object::Column(table, column) => owned.0 == *table && owned.1 == *column,
                _ => false,
            };
            let owned = self.sequences.iter().filter(|(_, its)| its.owned_by.as_ref().is_some_and(owner));
            unit.extend(owned.map(|(name, _)| Object::Sequence(name.clone())));
        }
        unit
    }
}

/// A search for what depends on an object that is dropped, and on what goes along with it.
struct Search<'s> {
    schema: &'s Schema,
    unit: Vec<Object>,
    found: Vec<Dependent>,
}

impl<'s> Search<'s> {
    fn run(&mut self, dropped: &Object) {
        let schema = self.schema;
        for (name, table) in &schema.tables {
            if self.goes(name) {
                continue;
            }
            self.in_table(name, table, dropped);
        }
        for (name, view) in &schema.views {
            self.in_view(name, view, dropped);
        }
        match dropped {
            Object::Type(name)
            | Object::Table(name)
            | Object::View(name)
            | Object::MaterializedView(name) => {
                self.in_types(name);
                self.in_functions(name);
            }
            Object::Extension(name) => self.of_extension(name),
            _ => {}
        }
    }

    /// Whether a table goes as a whole.
    fn goes(&self, table: &QualifiedName) -> bool {
        self.unit.iter().any(|object| matches!(object, Object::Table(gone) if gone == table))
    }

    fn add(&mut self, object: Object, made: Origin, used: Use) {
        let known = match &object {
            Object::Table(table)
            | Object::Column(table, _)
            | Object::Default(table, _)
            | Object::Constraint(table, _)
            | Object::Index(_, Some(table))
            | Object::Trigger(table, _)
            | Object::Policy(table, _) => self.schema.tables.get(table).is_none_or(|table| table.known),
            _ => true,
        };
        let may_be_gone = self.schema.unknown.everything
            || self.schema.unknown.names.iter().any(|name| name.identity() == object.name());
        if used == Use::No || self.unit.contains(&object) {
            return;
        }
        let certain = used == Use::Certain && known && !may_be_gone;
        match self.found.iter_mut().find(|dependent| dependent.object == object) {
            Some(dependent) => dependent.certain |= certain,
            None => self.found.push(Dependent { object, made, certain }),
        }
    }

    fn in_table(&mut self, name: &'s QualifiedName, table: &'s Table, dropped: &Object) {
        let schema = self.schema;
        let mut found = Vec::new();
        table_names(table, &mut |part, names| {
            let used = schema.uses(names, Some((name, table)), dropped);
            if used > Use::No && !goes_along(part, name, dropped) {
                found.extend(part_object(part, name, table.made).map(|(object, made)| (object, made, used)));
            }
        });
        for (object, made, used) in found {
            // What a column has goes with it.
            let column = match &object {
                Object::Default(table, column) => Object::Column(table.clone(), column.clone()),
                object => object.clone(),
            };
            if !self.unit.contains(&column) {
                self.add(object, made, used);
            }
        }
        for constraint in &table.constraints {
            if let ConstraintKind::ForeignKey(key) = &constraint.kind {
                let used = self.key_uses(name, key, dropped);
                self.add(constraint_object(name, constraint), constraint.made, used);
            }
        }
        for (trigger_name, trigger) in &table.triggers {
            self.in_trigger(name, trigger_name, trigger, dropped);
        }
        self.in_columns(name, table, dropped);
        if let Object::Table(parent) = dropped
            && table.inherits.contains(parent)
        {
            self.add(Object::Table(name.clone()), table.made, Use::Certain);
        }
    }

    fn in_columns(&mut self, name: &QualifiedName, table: &Table, dropped: &Object) {
        if let Object::Type(dropped)
        | Object::Table(dropped)
        | Object::View(dropped)
        | Object::MaterializedView(dropped) = dropped
        {
            for column in &table.columns {
                if column.data_type.as_ref().is_some_and(|data_type| is_type(data_type, dropped)) {
                    self.add(Object::Column(name.clone(), column.name.clone()), column.made, Use::Certain);
                }
            }
        }
    }

    fn in_trigger(&mut self, table: &QualifiedName, name: &Name, trigger: &Trigger, dropped: &Object) {
        let used = match (dropped, &trigger.action) {
            (Object::Function(signature), TriggerAction::Call { function, .. }) => {
                let is_it = function.name == signature.name.name
                    && function.schema.as_ref() == Some(&signature.name.schema)
                    && signature.arguments.is_empty();
                if is_it { Use::Certain } else { Use::No }
            }
            (Object::Column(of, column), _) if of == table => {
                let waits = |event: &TriggerEvent| matches!(event, TriggerEvent::Update(columns) if columns.contains(column));
                if trigger.events.iter().any(waits) { Use::Certain } else { Use::No }
            }
            _ => Use::No,
        };
        self.add(Object::Trigger(table.clone(), name.clone()), trigger.made, used);
    }

    fn in_view(&mut self, name: &'s QualifiedName, view: &'s View, dropped: &Object) {
        let used = self.schema.uses(&view.query.names, None, dropped);
        let object = view_object(name, view);
        if self.unit.contains(&object) {
            return;
        }
        self.add(object, view.made, used);
        let schema = self.schema;
        let mut found = Vec::new();
        for (trigger_name, trigger) in &view.triggers {
            trigger_names(trigger_name, trigger, &mut |_, names| {
                found.push((trigger_name, trigger, schema.uses(names, None, dropped)));
            });
            self.in_trigger(name, trigger_name, trigger, dropped);
        }
        for (trigger_name, trigger, used) in found {
            self.add(Object::Trigger(name.clone(), trigger_name.clone()), trigger.made, used);
        }
    }

    /// Types that are made of a type.
    fn in_types(&mut self, dropped: &QualifiedName) {
        let uses = |data_type: &DataType| is_type(data_type, dropped);
        for (name, user_type) in &self.schema.types {
            match &user_type.kind {
                UserTypeKind::Domain(domain) if uses(&domain.base) => {
                    self.add(Object::Type(name.clone()), user_type.made, Use::Certain);
                }
                UserTypeKind::Range { subtype, .. } if uses(subtype) => {
                    self.add(Object::Type(name.clone()), user_type.made, Use::Certain);
                }
                UserTypeKind::Composite(attributes) => {
                    for attribute in attributes.iter().filter(|attribute| uses(&attribute.data_type)) {
                        let object = Object::Column(name.clone(), attribute.name.clone());
                        self.add(object, user_type.made, Use::Certain);
                    }
                }
                UserTypeKind::Domain(_)
                | UserTypeKind::Range { .. }
                | UserTypeKind::Enum(_)
                | UserTypeKind::Other => {}
            }
        }
    }

    fn in_functions(&mut self, dropped: &QualifiedName) {
        for (signature, function) in &self.schema.functions {
            let is_argument = function.arguments.iter().any(|argument| is_type(&argument.data_type, dropped));
            let returns =
                function.returns.as_deref().map_or(Use::No, |returns| self.returns(returns, dropped));
            let used = if is_argument { Use::Certain } else { returns };
            self.add(Object::Function(signature.clone()), function.made, used);
        }
    }

    /// Whether a result is of a type: `SETOF users`, or perhaps `TABLE (a users)`.
    fn returns(&self, returns: &str, name: &QualifiedName) -> Use {
        let plain = returns.trim_start_matches("SETOF ").trim_end_matches("[]");
        let is_bare = plain == name.name.as_str() && self.schema.path.first() == Some(&name.schema);
        if is_bare || plain == format!("{}.{}", name.schema, name.name) {
            return Use::Certain;
        }
        let mut words = returns.split(|c: char| !c.is_alphanumeric() && c != '_');
        if words.any(|word| word == name.name.as_str()) { Use::Perhaps } else { Use::No }
    }

    /// Columns of the one type that some extensions are there for, which has their name: `citext`, `hstore`, `vector`.
    fn of_extension(&mut self, extension: &Name) {
        for (name, table) in &self.schema.tables {
            for column in &table.columns {
                let of = column.data_type.as_ref().map(|data_type| &data_type.name);
                if of.is_some_and(|of| of.name == *extension && of.schema.is_none()) {
                    self.add(Object::Column(name.clone(), column.name.clone()), column.made, Use::Certain);
                }
            }
        }
    }

    /// Whether a foreign key needs what is dropped.
    fn key_uses(&self, own: &QualifiedName, key: &ForeignKey, dropped: &Object) -> Use {
        let refers = |table: &QualifiedName| self.schema.is_relation(&key.table, table);
        let is_used = match dropped {
            Object::Table(table) => refers(table),
            // It goes along with a column that refers.
            Object::Column(table, column) if own == table && key.columns.contains(column) => false,
            Object::Column(table, column) => refers(table) && key.referenced.contains(column),
            Object::Constraint(table, name) => {
                return if refers(table) { self.key_needs(key, table, name) } else { Use::No };
            }
            Object::Index(index, Some(table)) => {
                return if refers(table) { self.key_needs(key, table, &index.name) } else { Use::No };
            }
            _ => false,
        };
        if is_used { Use::Certain } else { Use::No }
    }

    /// Whether it is this index, or that of this constraint, which finds the rows that a foreign key refers to.
    fn key_needs(&self, key: &ForeignKey, table: &QualifiedName, name: &Name) -> Use {
        let Some(table) = self.schema.tables.get(table) else { return Use::No };
        let covers = |columns: &[Name]| {
            columns.len() == key.referenced.len()
                && columns.iter().all(|column| key.referenced.contains(column))
        };
        let constraints = table.constraints.iter().filter_map(|constraint| match &constraint.kind {
            ConstraintKind::PrimaryKey { columns, .. } | ConstraintKind::Unique { columns, .. } => {
                covers(columns).then_some(constraint.name.as_ref()?)
            }
            _ => None,
        });
        let indexes = table.indexes.values().filter(|index| index.covers_uniquely(&key.referenced));
        let candidates: Vec<&Name> = constraints.chain(indexes.map(|index| &index.name)).collect();
        match candidates.as_slice() {
            [only] if *only == name => Use::Certain,
            several if several.contains(&name) => Use::Perhaps,
            _ => Use::No,
        }
    }
}

/// Whether a part of a table goes by itself with what it uses.
fn goes_along(part: Part<'_>, table: &QualifiedName, dropped: &Object) -> bool {
    let Object::Column(of, _) = dropped else { return false };
    let is_check = |constraint: &Constraint| matches!(constraint.kind, ConstraintKind::Check { .. });
    of == table
        && match part {
            Part::Constraint(constraint) => is_check(constraint),
            Part::Index(_) | Part::Partitioning | Part::Default(_) => true,
            Part::Generated(_) | Part::Policy(..) | Part::Trigger(..) => false,
        }
}

fn part_object(part: Part<'_>, table: &QualifiedName, made: Origin) -> Option<(Object, Origin)> {
    let table = table.clone();
    Some(match part {
        Part::Default(column) => (Object::Default(table, column.name.clone()), column.made),
        Part::Generated(column) => (Object::Column(table, column.name.clone()), column.made),
        Part::Constraint(constraint) => (constraint_object(&table, constraint), constraint.made),
        Part::Index(index) => {
            let name = QualifiedName::new(table.schema.clone(), index.name.clone());
            (Object::Index(name, Some(table)), index.made)
        }
        Part::Policy(name, policy) => (Object::Policy(table, name.clone()), policy.made),
        Part::Trigger(name, trigger) => (Object::Trigger(table, name.clone()), trigger.made),
        Part::Partitioning => (Object::Table(table), made),
    })
}

/// A constraint as an object. Where drops are guarded all have names.
fn constraint_object(table: &QualifiedName, constraint: &Constraint) -> Object {
    let name = constraint.name.clone().unwrap_or_else(|| Name::exact("foreign key"));
    Object::Constraint(table.clone(), name)
}

/// A view as an object.
pub(super) fn view_object(name: &QualifiedName, view: &View) -> Object {
    if view.materialized { Object::MaterializedView(name.clone()) } else { Object::View(name.clone()) }
}
