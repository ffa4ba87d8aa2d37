use std::sync::Arc;

use super::{Outcome, lookup::Lookup, target::Target};
use crate::{
    Name, ObjectName, QualifiedName,
    emit::Spelling,
    operation::{AlterSequence, CreateSequence, DropSequence, Refusal, SequenceChange},
    schema::{
        Column, DataType, Expression, Identity, Names, Object, ObjectKind, Origin, Relation, Schema, Scope,
        Sequence, SequenceOptions,
    },
};

impl Schema {
    pub(super) fn create_sequence(&mut self, operation: &CreateSequence, origin: Origin) -> Outcome {
        self.check_schema_of(&operation.name)?;
        let name = self.new_name(&operation.name);
        if let Some(notice) =
            self.check_relation_is_new(&name, ObjectKind::Sequence, operation.if_not_exists)?
        {
            return Ok(vec![notice]);
        }
        let owned_by = match &operation.owned_by {
            Some((table, column)) => self.owner(table, column)?,
            None => None,
        };
        self.forget_relation(&name);
        let sequence = Sequence {
            data_type: operation.data_type.clone(),
            options: operation.options.clone(),
            owned_by,
            of_identity: false,
            made: origin,
        };
        self.sequences.insert(name.clone(), Arc::new(sequence));
        self.relations.insert(name, Relation::Sequence);
        Ok(Vec::new())
    }

    pub(super) fn alter_sequence(&mut self, operation: &AlterSequence, _: Origin) -> Outcome {
        let name = match self.sequence_to_alter(&operation.name, operation.if_exists)? {
            Target::Found(found) => found,
            Target::Nothing(notices) => return Ok(notices),
            Target::Unknown => return Ok(Vec::new()),
        };
        let Some(sequence) = self.sequences.get(&name) else { return Ok(Vec::new()) };
        let mut sequence = Sequence::clone(sequence);
        for change in &operation.changes {
            let options = &mut sequence.options;
            match change {
                SequenceChange::DataType(data_type) => sequence.data_type = data_type.clone(),
                SequenceChange::OwnedBy(None) => sequence.owned_by = None,
                SequenceChange::OwnedBy(Some((table, column))) => {
                    sequence.owned_by = self.owner(table, column)?;
                }
                SequenceChange::Start(start) => options.start = Some(*start),
                SequenceChange::Increment(increment) => options.increment = Some(*increment),
                SequenceChange::Min(min) => options.min = *min,
                SequenceChange::Max(max) => options.max = *max,
                SequenceChange::Cache(cache) => options.cache = Some(*cache),
                SequenceChange::Cycle(cycle) => options.cycle = *cycle,
                SequenceChange::Nothing => {}
            }
        }
        self.sequences.insert(name, Arc::new(sequence));
        Ok(Vec::new())
    }

    pub(super) fn drop_sequence(&mut self, operation: &DropSequence, origin: Origin) -> Outcome {
        let (mut notices, mut objects) = (Vec::new(), Vec::new());
        for name in &operation.names {
            let found = match self.sequence_to_alter(name, operation.if_exists)? {
                Target::Found(found) => found,
                Target::Nothing(more) => {
                    notices.extend(more);
                    continue;
                }
                Target::Unknown => continue,
            };
            let sequence = self.sequences.get(&found);
            if let Some((table, column)) =
                sequence.filter(|its| its.of_identity).and_then(|its| its.owned_by.clone())
            {
                let made =
                    self.tables.get(&table).and_then(|table| table.column(&column).map(|its| its.made));
                let dependents = vec![(Object::Column(table, column), made.unwrap_or(Origin::NONE))];
                return Err(Box::new(Refusal::Dependents { object: Object::Sequence(found), dependents }));
            }
            objects.push(Object::Sequence(found));
        }
        notices.extend(self.drop_objects(&objects, operation.cascade, origin)?);
        Ok(notices)
    }

    fn sequence_to_alter(&self, name: &ObjectName, if_exists: bool) -> Result<Target, Box<Refusal>> {
        match self.relation(name) {
            Lookup::Found((found, Relation::Sequence)) => Ok(Target::Found(found)),
            Lookup::Found((found, _)) => Err(self.wrong_kind(&found, "sequence")),
            Lookup::Missing => self.nothing(Object::Sequence(self.new_name(name)), if_exists),
            Lookup::Unknown => Ok(Target::Unknown),
        }
    }

    /// The column of `OWNED BY`.
    fn owner(
        &self,
        table: &ObjectName,
        column: &Name,
    ) -> Result<Option<(QualifiedName, Name)>, Box<Refusal>> {
        let found = match self.relation(table) {
            // Of a view nothing else is asked.
            Lookup::Found((found, Relation::Table | Relation::View)) => found,
            _ => match self.table_to_alter(table, false)? {
                Target::Found(found) => found,
                Target::Nothing(_) | Target::Unknown => return Ok(None),
            },
        };
        if let Some(its) = self.tables.get(&found) {
            self.check_column(&found, its, column)?;
        }
        Ok(Some((found, column.clone())))
    }

    /// Makes the sequence of a `serial` column, and its default.
    pub(super) fn make_serial(&mut self, table: &QualifiedName, column: &mut Column, origin: Origin) {
        let sequence = self.make_sequence_of(table, column, None, origin);
        column.default = Some(self.next_number(&sequence));
    }

    /// Gives an identity column its sequence, where the database numbers by one.
    pub(super) fn numbered(&mut self, table: &QualifiedName, mut column: Column, origin: Origin) -> Column {
        let Some(mut identity) = column.identity.take() else { return column };
        if self.dialect.habits().numbers_by_sequences {
            identity.sequence = Some(self.make_sequence_of(table, &column, Some(&identity), origin));
        }
        column.identity = Some(identity);
        column
    }

    /// A copy of an identity column has a sequence of the widest type, which ends where that of the column did.
    pub(super) fn count_anew(&mut self, column: &Column) {
        let sequence = column.identity.as_ref().and_then(|identity| identity.sequence.as_ref());
        if let Some(sequence) = sequence.and_then(|sequence| self.sequences.get_mut(sequence)) {
            let sequence = Arc::make_mut(sequence);
            let limits = match sequence.data_type.name.name.identity() {
                "smallint" => Some((i64::from(i16::MIN), i64::from(i16::MAX))),
                "integer" => Some((i64::from(i32::MIN), i64::from(i32::MAX))),
                _ => None,
            };
            let options = &mut sequence.options;
            match (limits, options.increment.is_none_or(|increment| increment > 0)) {
                (Some((_, most)), true) => options.max = options.max.or(Some(most)),
                (Some((least, _)), false) => options.min = options.min.or(Some(least)),
                (None, _) => {}
            }
            sequence.data_type = DataType::plain("bigint");
        }
    }

    /// Refuses an identity column that cannot be numbered by a sequence.
    ///
    /// # Errors
    ///
    /// Where its type is certainly no integer.
    pub(super) fn check_counts(&self, table: &QualifiedName, column: &Column) -> Result<(), Box<Refusal>> {
        let Some(data_type) = column.data_type.as_ref().filter(|_| column.identity.is_some()) else {
            return Ok(());
        };
        let name = &data_type.name;
        let counts = matches!(name.name.identity(), "smallint" | "integer" | "bigint") && !data_type.array;
        let is_built_in = name.schema.is_none() && self.dialect.has_type(&name.name);
        if !self.dialect.habits().numbers_by_sequences || counts || !is_built_in {
            return Ok(());
        }
        let object = Object::Column(table.clone(), column.name.clone());
        Err(Box::new(Refusal::Other {
            rule: "unsupported-statement",
            message: format!("{object} is of type `{name}`, and cannot be an identity column"),
            about: Some((object, column.made)),
        }))
    }

    fn make_sequence_of(
        &mut self,
        table: &QualifiedName,
        column: &Column,
        identity: Option<&Identity>,
        origin: Origin,
    ) -> QualifiedName {
        let given = identity
            .and_then(|identity| identity.sequence.as_ref())
            .filter(|given| given.schema != table.schema || !self.relations.contains_key(given));
        let name = match given {
            Some(given) => given.clone(),
            None => {
                let name = self.new_relation_name(table, &column.name, "seq");
                QualifiedName::new(table.schema.clone(), name)
            }
        };
        let sequence = Sequence {
            data_type: column.data_type.clone().unwrap_or_else(|| DataType::plain("bigint")),
            options: identity.map_or_else(SequenceOptions::default, |identity| identity.options.clone()),
            owned_by: Some((table.clone(), column.name.clone())),
            of_identity: identity.is_some(),
            made: origin,
        };
        self.sequences.insert(name.clone(), Arc::new(sequence));
        self.relations.insert(name.clone(), Relation::Sequence);
        name
    }

    /// The default that takes the next number of a sequence, as the server shows it.
    fn next_number(&self, sequence: &QualifiedName) -> Expression {
        let shown = if self.path.contains(&sequence.schema) {
            ObjectName::bare(sequence.name.clone())
        } else {
            ObjectName::from(sequence)
        };
        let spelling = Spelling::of(self.dialect);
        let text = |name: &ObjectName| spelling.object(name).replace('\'', "''");
        Expression {
            sql: format!("nextval('{}'::regclass)", text(&shown)).into(),
            // In which schema the sequence is shown depends on the search path of who looks.
            canonical: format!("nextval('{}')", text(&ObjectName::bare(sequence.name.clone()))).into(),
            names: Names {
                scopes: vec![Scope::default()],
                functions: vec![ObjectName::bare(Name::exact("nextval"))],
                sequences: vec![ObjectName::from(sequence)],
                complete: true,
                ..Names::default()
            },
            exact: true,
        }
    }
}
