use std::sync::Arc;

use super::{
    Outcome,
    lookup::Lookup,
    removal::{index_uses_column, names_column, uses_column},
    target::{Target, duplicate},
};
use crate::{
    Name, QualifiedName,
    operation::{AddColumn, DropColumn, Lack, Notice, Refusal, RenameColumn},
    schema::{
        Column, ConstraintKind, Expression, Fate, Object, Origin, Persistence, Relation, Schema, Table,
        UserTypeKind,
    },
};

impl Schema {
    pub(super) fn add_column(&mut self, operation: &AddColumn, origin: Origin) -> Outcome {
        let AddColumn { table, if_exists, if_not_exists, definition } = operation;
        let column = &definition.column.name;
        let name = match self.table_to_alter(table, *if_exists)? {
            Target::Found(found) => found,
            Target::Nothing(notices) => return Ok(notices),
            Target::Unknown => {
                if definition.serial || definition.column.identity.is_some() {
                    self.unknown.patterns.push(format!("{}_{column}_seq*", table.name));
                }
                return Ok(Vec::new());
            }
        };
        let Some(its) = self.tables.get(&name) else { return Ok(Vec::new()) };
        if let Some(known) = its.column(column) {
            let object = Object::Column(name.clone(), column.clone());
            if *if_not_exists {
                return Ok(vec![Notice::AlreadyThere { object, made: known.made }]);
            }
            if its.known {
                return Err(duplicate(object, known.made));
            }
        }
        self.wholly(|schema| {
            // An unknown statement may have dropped one of that name.
            if let Some(table) = schema.table_mut(&name) {
                table.columns.retain(|known| known.name != *column);
            }
            let new = schema.new_column(&name, definition, origin)?;
            if schema.tables.get(&name).is_some_and(|table| table.strict) {
                check_strict(&name, &new)?;
            }
            schema.append(&name, new)?;
            for constraint in schema.in_order(definition.constraints.clone()) {
                schema.attach_constraint(&name, constraint, origin)?;
            }
            Ok(schema.needs_no_rows(&name, column).into_iter().collect())
        })
    }

    /// Whether a column could not be added where the table has rows.
    fn needs_no_rows(&self, name: &QualifiedName, column: &Name) -> Option<Notice> {
        let table = self.tables.get(name).filter(|table| table.persistence != Persistence::Temporary)?;
        let column = table.column(column)?;
        let is_computed = column.generated.as_ref().map(|generated| generated.stored);
        let default = column.default.as_ref().filter(|default| !default.sql.eq_ignore_ascii_case("null"));
        let constants_only = self.dialect.habits().adds_constants_only;
        let lack = match default {
            _ if is_computed == Some(true) && constants_only => Lack::Constant,
            Some(default) if constants_only && is_volatile(default) => Lack::Constant,
            None if column.not_null && is_computed.is_none() && !self.has_value(column) => Lack::Value,
            _ => return None,
        };
        let object = Object::Column(name.clone(), column.name.clone());
        Some(Notice::NeedsNoRows { object, table: table.made, lack })
    }

    /// Whether a column without a default may have a value all the same: it is numbered, or its type has a default.
    fn has_value(&self, column: &Column) -> bool {
        let has_default = column.data_type.as_ref().is_some_and(|its| match self.type_named(&its.name) {
            Lookup::Found(found) => match self.types.get(&found).map(|found| &found.kind) {
                Some(UserTypeKind::Domain(domain)) => domain.default.is_some(),
                _ => false,
            },
            Lookup::Unknown => self.dialect.habits().binds && !self.dialect.has_type(&its.name.name),
            Lookup::Missing => false,
        });
        column.identity.is_some() || has_default
    }

    /// Puts a column behind the others, in the children as well.
    fn append(&mut self, name: &QualifiedName, column: Column) -> Result<(), Box<Refusal>> {
        let Some(table) = self.tables.get(name) else { return Ok(()) };
        let mut table = Table::clone(table);
        let place = table.columns.len();
        table.columns.push(column);
        self.complete_column(name, &mut table, place)?;
        let column = table.columns.last().cloned();
        self.tables.insert(name.clone(), Arc::new(table));
        let Some(column) = column else { return Ok(()) };
        for child in self.descendants(name) {
            let Some(table) = self.table_mut(&child) else { continue };
            if table.column(&column.name).is_none() {
                table.columns.push(column.clone());
            }
        }
        Ok(())
    }

    pub(super) fn drop_column(&mut self, operation: &DropColumn, origin: Origin) -> Outcome {
        let name = match self.table_to_alter(&operation.table, operation.if_exists)? {
            Target::Found(found) => found,
            Target::Nothing(notices) => return Ok(notices),
            Target::Unknown => return Ok(Vec::new()),
        };
        let Some(table) = self.tables.get(&name) else { return Ok(Vec::new()) };
        let object = Object::Column(name.clone(), operation.column.clone());
        match self.column_of(table, &operation.column) {
            Lookup::Found(_) => {}
            Lookup::Missing => {
                return match self.nothing(object, operation.if_column_exists)? {
                    Target::Nothing(notices) => Ok(notices),
                    Target::Found(_) | Target::Unknown => Ok(Vec::new()),
                };
            }
            Lookup::Unknown => return Ok(Vec::new()),
        }
        self.check_own(&name, &operation.column, "dropped")?;
        if !self.dialect.habits().binds {
            check_unused(&name, table, &operation.column)?;
            return self.rechecked(&name.schema, |schema| {
                schema.remove_column(&name, &operation.column, origin);
                schema.strings_requoted();
                Ok(Vec::new())
            });
        }
        self.drop_object(&object, operation.cascade, origin)
    }

    pub(super) fn rename_column(&mut self, operation: &RenameColumn, origin: Origin) -> Outcome {
        let RenameColumn { table, if_exists, column: from, to } = operation;
        let binds = self.dialect.habits().binds;
        let name = match self.relation(table) {
            Lookup::Found((found, Relation::Table)) => found,
            Lookup::Found((found, Relation::View)) if binds => found,
            Lookup::Found((found, _)) => return Err(self.wrong_kind(&found, "table")),
            Lookup::Missing => {
                return match self.nothing(Object::Table(self.new_name(table)), *if_exists)? {
                    Target::Nothing(notices) => Ok(notices),
                    Target::Found(_) | Target::Unknown => Ok(Vec::new()),
                };
            }
            Lookup::Unknown => return Ok(Vec::new()),
        };
        let missing = || self.missing(Object::Column(name.clone(), from.clone()));
        if let Some(table) = self.tables.get(&name) {
            match self.column_of(table, from) {
                Lookup::Found(_) => {}
                Lookup::Missing => return Err(missing()),
                Lookup::Unknown => {
                    self.column_renamed(&name, from, to);
                    return Ok(Vec::new());
                }
            }
            self.check_own(&name, from, "renamed")?;
            let is_other = from != to || self.dialect.habits().binds;
            if let Some(taken) = table.column(to).filter(|_| table.known && is_other) {
                return Err(duplicate(Object::Column(name, to.clone()), taken.made));
            }
        } else if let Some(view) = self.views.get(&name)
            && let Some(columns) = &view.columns
        {
            if columns.iter().all(|column| column.name != *from) {
                return Err(missing());
            }
            if columns.iter().any(|column| column.name == *to) {
                return Err(duplicate(Object::Column(name, to.clone()), view.made));
            }
        }
        self.rechecked_always(&name.schema, |schema| {
            let others = schema.descendants(&name);
            for name in std::iter::once(&name).chain(&others) {
                schema.call_column(name, from, to);
            }
            schema.strings_requoted();
            Ok(Vec::new())
        })?;
        let fate = Fate::Renamed { to: to.to_string(), by: origin };
        self.past.note(Object::Column(name, from.clone()), fate);
        Ok(Vec::new())
    }

    fn call_column(&mut self, name: &QualifiedName, from: &Name, to: &Name) {
        if let Some(table) = self.table_mut(name) {
            for column in table.columns.iter_mut().filter(|column| column.name == *from) {
                column.name = to.clone();
            }
        } else if let Some(view) = self.views.get_mut(name) {
            let columns = Arc::make_mut(view).columns.iter_mut().flatten();
            for column in columns.filter(|column| column.name == *from) {
                column.name = to.clone();
            }
        }
        self.column_renamed(name, from, to);
    }
}

/// Whether a default is certainly no constant.
fn is_volatile(default: &Expression) -> bool {
    const CURRENT: [&str; 3] = ["current_date", "current_time", "current_timestamp"];
    !default.names.functions.is_empty()
        || CURRENT.iter().any(|word| default.sql.trim_matches(['(', ')']).eq_ignore_ascii_case(word))
}

/// SQLite drops no column that a key, a constraint that stands by itself, an index or another column needs, and not the
/// last one.
fn check_unused(name: &QualifiedName, table: &Table, column: &Name) -> Result<(), Box<Refusal>> {
    let object = Object::Column(name.clone(), column.clone());
    let refused = |what: &str, made: Origin| {
        Err(Box::new(Refusal::Other {
            rule: "dependent-objects",
            message: format!("{object} cannot be dropped, for {what} of its table needs it"),
            about: Some((object.clone(), made)),
        }))
    };
    for constraint in &table.constraints {
        let is_its_own = constraint.column.as_ref() == Some(column);
        let what = match &constraint.kind {
            ConstraintKind::PrimaryKey { columns, .. } if columns.contains(column) => "the primary key",
            ConstraintKind::Unique { columns, .. } if columns.contains(column) => "a unique constraint",
            kind if !is_its_own && uses_column(kind, column) => match kind {
                ConstraintKind::ForeignKey(_) => "a foreign key",
                _ => "a check",
            },
            _ => continue,
        };
        return refused(what, constraint.made);
    }
    let mut others = table.columns.iter().filter(|other| other.name != *column);
    if table.known && table.columns.len() == 1 {
        return Err(Box::new(Refusal::Other {
            rule: "dependent-objects",
            message: format!("{object} cannot be dropped, for its table has no other"),
            about: Some((object, table.made)),
        }));
    }
    let computes = |other: &&Column| {
        other.generated.as_ref().is_some_and(|generated| names_column(&generated.expression, column))
    };
    if let Some(other) = others.find(computes) {
        return refused(&format!("column `{}`", other.name), other.made);
    }
    let dependents = table.indexes.values().filter(|index| index_uses_column(index, column));
    let dependents: Vec<(Object, Origin)> = dependents
        .map(|index| {
            let index_name = QualifiedName::new(name.schema.clone(), index.name.clone());
            (Object::Index(index_name, Some(name.clone())), index.made)
        })
        .collect();
    if dependents.is_empty() { Ok(()) } else { Err(Box::new(Refusal::Dependents { object, dependents })) }
}

/// A `STRICT` table of SQLite knows a few types only.
fn check_strict(name: &QualifiedName, column: &Column) -> Result<(), Box<Refusal>> {
    let known = ["int", "integer", "real", "text", "blob", "any"];
    let data_type = column.data_type.as_ref().map(|data_type| data_type.to_string().to_ascii_lowercase());
    if data_type.is_some_and(|data_type| known.contains(&data_type.as_str())) {
        return Ok(());
    }
    Err(Box::new(Refusal::Other {
        rule: "unknown-type",
        message: format!(
            "table `{name}` is `STRICT`, and column `{}` is of no type that it knows",
            column.name
        ),
        about: Some((Object::Table(name.clone()), column.made)),
    }))
}
