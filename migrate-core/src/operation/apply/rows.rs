use super::{
    Outcome,
    demand::{named_twice, twice},
    lookup::Lookup,
};
use crate::{
    Name, ObjectName, QualifiedName,
    operation::{Notice, Refusal, RowChange, RowVerb},
    schema::{
        Column, ConstraintKind, Object, ObjectKind, Query, Relation, Schema, Table, Trigger, TriggerEvent,
        TriggerTiming, View,
    },
};

impl Schema {
    pub(super) fn change_rows(&mut self, change: &RowChange) -> Outcome {
        for target in &change.targets {
            let found = match self.relation(target) {
                Lookup::Found((found, Relation::Table)) => found,
                Lookup::Found((found, Relation::View)) => {
                    self.check_view_rows(&found, change)?;
                    if let Some(view) = self.views.get(&found) {
                        self.recheck_set_off(&found, &view.triggers, change)?;
                    }
                    continue;
                }
                Lookup::Found((found, _)) => {
                    let (object, made) = self.object_of(&found);
                    return Err(Box::new(Refusal::WrongKind { object, wanted: "table", made }));
                }
                Lookup::Missing => return Err(self.missing(Object::Table(self.new_name(target)))),
                Lookup::Unknown => continue,
            };
            if let Some(table) = self.tables.get(&found).filter(|table| table.known) {
                self.check_rows(&found, table, change)?;
                self.recheck_set_off(&found, &table.triggers, change)?;
            }
        }
        self.check_names(&change.names, None)?;
        Ok(Vec::new())
    }

    fn check_view_rows(&self, name: &QualifiedName, change: &RowChange) -> Result<(), Box<Refusal>> {
        let Some(view) = self.views.get(name) else { return Ok(()) };
        if view.materialized {
            let object = Object::MaterializedView(name.clone());
            return Err(Box::new(Refusal::WrongKind { object, wanted: "table", made: view.made }));
        }
        if !self.dialect.habits().updates_views && !self.unknown.everything && !replaces(view, change.verb) {
            let object = Object::View(name.clone());
            return Err(Box::new(Refusal::WrongKind { object, wanted: "table", made: view.made }));
        }
        let Some(columns) = &view.columns else { return Ok(()) };
        match change.columns.iter().find(|wanted| columns.iter().all(|column| column.name != **wanted)) {
            Some(missing) => Err(self.missing(Object::Column(name.clone(), missing.clone()))),
            None => Ok(()),
        }
    }

    fn check_rows(
        &self,
        name: &QualifiedName,
        table: &Table,
        change: &RowChange,
    ) -> Result<(), Box<Refusal>> {
        let is_there = |column: &Name| table.column(column).is_some() || self.hides_column(table, column);
        if let Some(missing) = change.columns.iter().chain(&change.conflict).find(|column| !is_there(column))
        {
            return Err(self.missing(Object::Column(name.clone(), missing.clone())));
        }
        if let Some(column) = twice(&change.columns).filter(|_| self.dialect.habits().binds) {
            return Err(named_twice(name, column));
        }
        if self.dialect.habits().inserts_fill_all {
            check_computed(name, table, &change.columns)?;
        }
        if change.verb == RowVerb::Insert
            && let Some(values) = change.values
        {
            self.check_values(name, table, values, change.columns.len())?;
        }
        if !change.conflict.is_empty() && !self.is_unique(table, &change.conflict) {
            let columns: Vec<&str> = change.conflict.iter().map(Name::as_str).collect();
            return Err(Box::new(Refusal::Other {
                rule: "conflict-target-not-unique",
                message: format!(
                    "no primary key, unique constraint or unique index of table `{name}` covers `{}`",
                    columns.join("`, `")
                ),
                about: Some((Object::Table(name.clone()), table.made)),
            }));
        }
        Ok(())
    }

    /// Whether as many values are given as there are columns for them. `named` is how many the statement lists, if any.
    fn check_values(
        &self,
        name: &QualifiedName,
        table: &Table,
        values: usize,
        named: usize,
    ) -> Result<(), Box<Refusal>> {
        let fills_all = self.dialect.habits().inserts_fill_all;
        let given = |column: &&Column| !fills_all || column.generated.is_none();
        let columns = if named > 0 { named } else { table.columns.iter().filter(given).count() };
        let fits = if named > 0 || fills_all { values == columns } else { values <= columns };
        if fits {
            return Ok(());
        }
        let counted =
            |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
        let (values, columns) = (counted(values, "value"), counted(columns, "column"));
        Err(Box::new(Refusal::Other {
            rule: "values-and-columns-differ",
            message: format!("{values} for {columns} of table `{name}`"),
            about: Some((Object::Table(name.clone()), table.made)),
        }))
    }

    /// Whether something keeps rows from having the same values in exactly these columns, as far as can be told.
    fn is_unique(&self, table: &Table, columns: &[Name]) -> bool {
        let covers = |key: &[Name]| {
            key.iter().all(|column| columns.contains(column))
                && columns.iter().all(|column| key.contains(column))
        };
        let by_constraint = table.constraints.iter().any(|constraint| match &constraint.kind {
            ConstraintKind::PrimaryKey { columns, .. } | ConstraintKind::Unique { columns, .. } => {
                covers(columns)
            }
            _ => false,
        });
        let hidden = self.dialect.habits().hidden_columns;
        by_constraint
            || table.partitioning.is_some()
            || table.indexes.values().any(|index| index.covers_uniquely(columns))
            || columns.iter().any(|column| hidden.contains(&column.identity()))
    }

    pub(super) fn read(&mut self, query: &Query) -> Outcome {
        self.check_names(&query.names, None)?;
        Ok(Vec::new())
    }

    pub(super) fn touch(
        &mut self,
        objects: &[(ObjectKind, ObjectName, Option<Name>)],
        if_exists: bool,
    ) -> Outcome {
        let mut notices = Vec::new();
        for (kind, name, part) in objects {
            match self.touched(*kind, name, part.as_ref()) {
                Some(object) if if_exists => notices.push(Notice::NotThere { object }),
                Some(object) => return Err(self.missing(object)),
                None => {}
            }
        }
        Ok(notices)
    }

    /// The object that a statement needs and that is certainly missing.
    fn touched(&self, kind: ObjectKind, name: &ObjectName, part: Option<&Name>) -> Option<Object> {
        match kind {
            ObjectKind::Schema => {
                self.check_schema(&name.name).is_err().then(|| Object::Schema(name.name.clone()))
            }
            ObjectKind::Type => match self.type_named(name) {
                Lookup::Missing if !self.dialect.has_type(&name.name) => {
                    Some(Object::Type(self.new_name(name)))
                }
                Lookup::Missing | Lookup::Found(_) | Lookup::Unknown => None,
            },
            ObjectKind::Table
            | ObjectKind::View
            | ObjectKind::MaterializedView
            | ObjectKind::Sequence
            | ObjectKind::Index
            | ObjectKind::Column
            | ObjectKind::Constraint
            | ObjectKind::Trigger
            | ObjectKind::Policy => self.touched_relation(kind, name, part),
            // Extensions may have come with the database, functions with them.
            ObjectKind::Extension | ObjectKind::Function | ObjectKind::EnumValue => None,
        }
    }

    fn touched_relation(&self, kind: ObjectKind, name: &ObjectName, part: Option<&Name>) -> Option<Object> {
        let found = match self.relation(name) {
            Lookup::Found((found, _)) => found,
            Lookup::Missing => {
                let name = self.new_name(name);
                return Some(match kind {
                    ObjectKind::View => Object::View(name),
                    ObjectKind::MaterializedView => Object::MaterializedView(name),
                    ObjectKind::Sequence => Object::Sequence(name),
                    ObjectKind::Index => Object::Index(name, None),
                    // A constraint may be one of a domain.
                    ObjectKind::Constraint if self.types.contains_key(&name) => return None,
                    _ => Object::Table(name),
                });
            }
            Lookup::Unknown => return None,
        };
        let (table, part) = (self.tables.get(&found).filter(|table| table.known)?, part?);
        let (is_there, object) = match kind {
            ObjectKind::Column => (table.column(part).is_some(), Object::Column(found, part.clone())),
            ObjectKind::Constraint => {
                (table.constraint(part).is_some(), Object::Constraint(found, part.clone()))
            }
            ObjectKind::Trigger => (table.triggers.contains_key(part), Object::Trigger(found, part.clone())),
            ObjectKind::Policy => (table.policies.contains_key(part), Object::Policy(found, part.clone())),
            _ => return None,
        };
        (!is_there && !self.unknown.contains(part)).then_some(object)
    }
}

/// Whether a trigger does something instead of what a statement does to the rows of a view.
fn replaces(view: &View, verb: RowVerb) -> bool {
    let waits = |event: &TriggerEvent| match verb {
        RowVerb::Insert | RowVerb::Copy => matches!(event, TriggerEvent::Insert),
        RowVerb::Update => matches!(event, TriggerEvent::Update(_)),
        RowVerb::Delete => matches!(event, TriggerEvent::Delete),
        RowVerb::Merge | RowVerb::Truncate => true,
    };
    let is_instead = |trigger: &Trigger| matches!(trigger.timing, TriggerTiming::InsteadOf);
    view.triggers.values().any(|trigger| is_instead(trigger) && trigger.events.iter().any(waits))
}

/// What is computed cannot be set.
fn check_computed(name: &QualifiedName, table: &Table, set: &[Name]) -> Result<(), Box<Refusal>> {
    let computed =
        set.iter().filter_map(|column| table.column(column)).find(|column| column.generated.is_some());
    match computed {
        Some(column) => Err(Box::new(Refusal::Other {
            rule: "values-and-columns-differ",
            message: format!("column `{name}.{}` is computed, and cannot be set", column.name),
            about: Some((Object::Column(name.clone(), column.name.clone()), column.made)),
        })),
        None => Ok(()),
    }
}
