use super::{
    Outcome,
    lookup::Lookup,
    target::{Target, duplicate},
};
use crate::{
    Name, ObjectName, QualifiedName,
    operation::{AddConstraint, AlterConstraint, DropConstraint, Notice, Refusal, RenameConstraint},
    schema::{
        Constraint, ConstraintKind, Fate, Index, IndexTarget, Object, ObjectKind, Origin, Relation, Schema,
        Table,
    },
};

impl Schema {
    pub(super) fn add_constraint(&mut self, operation: &AddConstraint, origin: Origin) -> Outcome {
        let name = match self.table_to_alter(&operation.table, operation.if_exists)? {
            Target::Found(found) => found,
            Target::Nothing(notices) => return Ok(notices),
            Target::Unknown => {
                let made = operation.constraint.name.iter().cloned();
                self.unknown.names.extend(made);
                return Ok(Vec::new());
            }
        };
        self.wholly(|schema| {
            let mut constraint = operation.constraint.clone();
            if let Some(index) = &operation.using_index {
                let Some(taken) = schema.take_index(&name, index, &mut constraint)? else {
                    return Ok(Vec::new());
                };
                constraint = taken;
            }
            schema.attach_constraint(&name, constraint, origin)?;
            Ok(Vec::new())
        })
    }

    /// Makes an index that of a constraint; `None` where nothing is known of the index.
    fn take_index(
        &mut self,
        table: &QualifiedName,
        index: &Name,
        constraint: &mut Constraint,
    ) -> Result<Option<Constraint>, Box<Refusal>> {
        let name = QualifiedName::new(table.schema.clone(), index.clone());
        let Some(its) = self.tables.get(table) else { return Ok(None) };
        let Some(its_index) = its.indexes.get(index).cloned() else {
            if !its.known || self.unknown.contains(index) {
                self.unknown.names.extend(constraint.name.clone());
                return Ok(None);
            }
            return Err(self.missing(Object::Index(name, Some(table.clone()))));
        };
        let Index { keys, include, nulls_not_distinct, .. } = &its_index;
        let columns = keys.iter().map(|key| match &key.target {
            IndexTarget::Column(column) => Some(column.clone()),
            IndexTarget::Expression(_) => None,
        });
        let columns = columns.collect::<Option<Vec<Name>>>();
        let Some(columns) = columns.filter(|_| its_index.unique && its_index.predicate.is_none()) else {
            let object = Object::Index(name, Some(table.clone()));
            return Err(Box::new(Refusal::Other {
                rule: "unsupported-statement",
                message: format!(
                    "{object} is not a unique one of plain columns and all rows, as a key needs"
                ),
                about: Some((object, its_index.made)),
            }));
        };
        let (include, nulls_not_distinct) = (include.clone(), *nulls_not_distinct);
        let kind = match &constraint.kind {
            ConstraintKind::PrimaryKey { .. } => ConstraintKind::PrimaryKey { columns, include },
            _ => ConstraintKind::Unique { columns, include, nulls_not_distinct },
        };
        self.relations.remove(&name);
        if let Some(its) = self.table_mut(table) {
            its.indexes.remove(index);
        }
        let own = constraint.name.clone().unwrap_or_else(|| index.clone());
        Ok(Some(Constraint { name: Some(own), kind, ..constraint.clone() }))
    }

    pub(super) fn drop_constraint(&mut self, operation: &DropConstraint, origin: Origin) -> Outcome {
        let name = match self.table_to_alter(&operation.table, operation.if_exists)? {
            Target::Found(found) => found,
            Target::Nothing(notices) => return Ok(notices),
            Target::Unknown => return Ok(Vec::new()),
        };
        match self.constraint_to_alter(&name, &operation.constraint, operation.if_constraint_exists)? {
            Target::Found(_) => {}
            Target::Nothing(notices) => return Ok(notices),
            Target::Unknown => return Ok(Vec::new()),
        }
        let object = Object::Constraint(name, operation.constraint.clone());
        self.drop_object(&object, operation.cascade, origin)
    }

    pub(super) fn rename_constraint(&mut self, operation: &RenameConstraint, origin: Origin) -> Outcome {
        let RenameConstraint { table, if_exists, constraint: from, to } = operation;
        let name = match self.table_to_alter(table, *if_exists)? {
            Target::Found(found) => found,
            Target::Nothing(notices) => return Ok(notices),
            Target::Unknown => return Ok(self.made_elsewhere(to)),
        };
        match self.constraint_to_alter(&name, from, false)? {
            Target::Found(_) => {}
            Target::Nothing(_) | Target::Unknown => return Ok(self.made_elsewhere(to)),
        }
        self.check_constraint_is_new(&name, to)?;
        let index = QualifiedName::new(name.schema.clone(), from.clone());
        if matches!(self.relations.get(&index), Some(Relation::Constraint(owner)) if *owner == name) {
            let new = QualifiedName::new(name.schema.clone(), to.clone());
            self.check_relation_is_new(&new, ObjectKind::Constraint, false)?;
            self.relations.remove(&index);
            self.relations.insert(new, Relation::Constraint(name.clone()));
        }
        self.call_constraint(&name, from, to, origin);
        Ok(Vec::new())
    }

    /// Gives a constraint another name, and those that children have from it.
    pub(super) fn call_constraint(&mut self, table: &QualifiedName, from: &Name, to: &Name, origin: Origin) {
        let is_shared = |constraint: &Constraint| {
            !matches!(
                constraint.kind,
                ConstraintKind::PrimaryKey { .. }
                    | ConstraintKind::Unique { .. }
                    | ConstraintKind::Exclude { .. }
            )
        };
        let shared = self.tables.get(table).and_then(|table| table.constraint(from)).is_some_and(is_shared);
        let others = if shared { self.descendants(table) } else { Vec::new() };
        for name in std::iter::once(table).chain(&others) {
            let constraints = self.table_mut(name).into_iter().flat_map(|table| &mut table.constraints);
            for constraint in constraints.filter(|constraint| constraint.name.as_ref() == Some(from)) {
                constraint.name = Some(to.clone());
                constraint.named_by_database = false;
            }
        }
        let fate = Fate::Renamed { to: to.to_string(), by: origin };
        self.past.note(Object::Constraint(table.clone(), from.clone()), fate);
    }

    pub(super) fn alter_constraint(&mut self, operation: &AlterConstraint, _: Origin) -> Outcome {
        let AlterConstraint { table, if_exists, constraint, validate, deferral } = operation;
        let name = match self.table_to_alter(table, *if_exists)? {
            Target::Found(found) => found,
            Target::Nothing(notices) => return Ok(notices),
            Target::Unknown => return Ok(Vec::new()),
        };
        if !matches!(self.constraint_to_alter(&name, constraint, false)?, Target::Found(_)) {
            return Ok(Vec::new());
        }
        let others = self.descendants(&name);
        for name in std::iter::once(&name).chain(&others) {
            let constraints = self.table_mut(name).into_iter().flat_map(|table| &mut table.constraints);
            for known in constraints.filter(|known| known.name.as_ref() == Some(constraint)) {
                known.validated |= *validate;
                known.deferral = deferral.unwrap_or(known.deferral);
            }
        }
        Ok(Vec::new())
    }

    /// Whether a table has a constraint of this name.
    fn constraint_to_alter(
        &self,
        table: &QualifiedName,
        name: &Name,
        if_exists: bool,
    ) -> Result<Target, Box<Refusal>> {
        let Some(its) = self.tables.get(table) else { return Ok(Target::Unknown) };
        if its.constraint(name).is_some() {
            return Ok(Target::Found(table.clone()));
        }
        if !its.known || self.unknown.contains(name) || self.may_name_null(its, name) {
            return Ok(Target::Unknown);
        }
        let object = Object::Constraint(table.clone(), name.clone());
        if if_exists {
            return Ok(Target::Nothing(vec![Notice::NotThere { object }]));
        }
        Err(self.missing(object))
    }

    /// Refuses the name of a constraint that its table has already.
    ///
    /// # Errors
    ///
    /// Where it has one of that name.
    pub(super) fn check_constraint_is_new(
        &self,
        table: &QualifiedName,
        name: &Name,
    ) -> Result<(), Box<Refusal>> {
        let Some(its) = self.tables.get(table) else { return Ok(()) };
        match its.constraint(name) {
            // Servers before PostgreSQL 18 keep no name of a `NOT NULL`.
            Some(Constraint { kind: ConstraintKind::NotNull { .. }, .. }) => Ok(()),
            Some(known) if its.known && !self.unknown.contains(name) => {
                let object = Object::Constraint(table.clone(), name.clone());
                Err(duplicate(object, known.made))
            }
            _ => Ok(()),
        }
    }

    /// Whether a name may be that of a `NOT NULL`: servers of PostgreSQL from 18 on give those names, and drop them so.
    fn may_name_null(&self, table: &Table, name: &Name) -> bool {
        self.dialect.habits().names_constraints
            && name.ends_with("_not_null")
            && table.columns.iter().any(|column| column.not_null)
    }

    /// Refuses a column that a table certainly does not have.
    ///
    /// # Errors
    ///
    /// Where there is no such column.
    pub(super) fn check_column(
        &self,
        name: &QualifiedName,
        table: &Table,
        column: &Name,
    ) -> Result<(), Box<Refusal>> {
        match self.column_of(table, column) {
            Lookup::Missing => Err(self.missing(Object::Column(name.clone(), column.clone()))),
            _ => Ok(()),
        }
    }

    /// The table that a foreign key refers to, where that is known.
    pub(super) fn referenced_table(&self, name: &ObjectName) -> Result<Option<QualifiedName>, Box<Refusal>> {
        match self.table_to_alter(name, false)? {
            Target::Found(found) => Ok(Some(found)),
            Target::Nothing(_) | Target::Unknown => Ok(None),
        }
    }
}
