use std::sync::Arc;

use super::{Outcome, lookup::Lookup, target::Target};
use crate::{
    Name, ObjectName, QualifiedName,
    operation::{AlterColumn, ColumnChange, Notice, Refusal},
    schema::{
        Column, Constraint, ConstraintKind, DataType, Expression, Generated, Identity, Object, ObjectKind,
        Origin, Relation, Schema, SequenceOptions, UserTypeKind,
    },
};

impl Schema {
    pub(super) fn alter_column(&mut self, operation: &AlterColumn, origin: Origin) -> Outcome {
        // The default of a view's column is for inserts through the view alone.
        if matches!(self.relation(&operation.table), Lookup::Found((_, Relation::View))) {
            return Ok(Vec::new());
        }
        let name = match self.table_to_alter(&operation.table, operation.if_exists)? {
            Target::Found(found) => found,
            Target::Nothing(notices) => return Ok(notices),
            Target::Unknown => return Ok(Vec::new()),
        };
        let Some(table) = self.tables.get(&name) else { return Ok(Vec::new()) };
        let column = match self.column_of(table, &operation.column) {
            Lookup::Found(column) => column.clone(),
            Lookup::Missing => {
                return Err(self.missing(Object::Column(name, operation.column.clone())));
            }
            Lookup::Unknown => return Ok(Vec::new()),
        };
        match &operation.change {
            ColumnChange::Type { data_type, collation, using } => {
                self.check_cast(&name, &column, data_type, using.is_some())?;
                self.change_type(&name, &column, data_type, collation.as_ref())
            }
            ColumnChange::SetDefault(default) => self.set_default(&name, &column, default),
            ColumnChange::DropDefault => {
                refuse_computed(&name, &column)?;
                Ok(self.change_column(&name, &column.name, |column| column.default = None))
            }
            ColumnChange::SetNotNull => Ok(self.change_column(&name, &column.name, |column| {
                column.not_null = true;
            })),
            ColumnChange::DropNotNull => self.take_null(&name, &column),
            ColumnChange::AddIdentity(identity) => self.add_identity(&name, &column, identity, origin),
            ColumnChange::SetIdentity { always, options } => {
                Ok(self.set_identity(&name, &column, *always, options.as_ref()))
            }
            ColumnChange::DropIdentity { if_exists } => {
                self.drop_identity(&name, &column, *if_exists, origin)
            }
            ColumnChange::SetExpression(generated) => self.set_expression(&name, &column, generated),
            ColumnChange::DropExpression { .. } => Ok(self.change_column(&name, &column.name, |column| {
                column.generated = None;
            })),
            ColumnChange::Nothing => Ok(Vec::new()),
        }
    }

    /// Changes a column, and that of the children.
    fn change_column(
        &mut self,
        table: &QualifiedName,
        column: &Name,
        change: impl Fn(&mut Column),
    ) -> Vec<Notice> {
        let others = self.descendants(table);
        for name in std::iter::once(table).chain(&others) {
            let columns = self.table_mut(name).into_iter().flat_map(|table| &mut table.columns);
            columns.filter(|known| known.name == *column).for_each(&change);
        }
        Vec::new()
    }

    /// Whether the values of a column, and its default, become those of another type: `USING` helps the values alone.
    fn check_cast(
        &self,
        name: &QualifiedName,
        column: &Column,
        to: &DataType,
        using: bool,
    ) -> Result<(), Box<Refusal>> {
        let Some(from) = &column.data_type else { return Ok(()) };
        if self.casts(from, to) != Some(false) {
            return Ok(());
        }
        let what = match &column.default {
            _ if !using => "values",
            Some(default) if self.is_literal(default, from) => "default",
            Some(_) | None => return Ok(()),
        };
        let what = format!("cannot change to `{to}`, for its {what} of type `{from}` cannot be converted");
        Err(unsupported(name, column, &what))
    }

    /// Whether values of the one type become values of the other by themselves.
    pub(crate) fn casts(&self, from: &DataType, to: &DataType) -> Option<bool> {
        if from.array || to.array || [from, to].iter().any(|known| self.unknown.contains(&known.name.name)) {
            return None;
        }
        let word = |data_type: &DataType| match self.type_named(&data_type.name) {
            Lookup::Found(found) => {
                let kind = self.types.get(&found).map(|found| &found.kind);
                matches!(kind, Some(UserTypeKind::Enum(_))).then(|| found.to_string())
            }
            Lookup::Missing | Lookup::Unknown => None,
        };
        match (word(from), word(to)) {
            (None, None) => self.dialect.casts_by_itself(from.name.name.identity(), to.name.name.identity()),
            (Some(from), Some(to)) => Some(from == to),
            (Some(_), None) => self
                .dialect
                .casts_by_itself("uuid", to.name.name.identity())
                .filter(|_| to.name.name.identity() != "uuid"),
            (None, Some(_)) => self
                .dialect
                .casts_by_itself(from.name.name.identity(), "uuid")
                .filter(|_| from.name.name.identity() != "uuid"),
        }
    }

    /// Whether a default is a constant of its column's own type, and no value of another that is converted.
    fn is_literal(&self, default: &Expression, of: &DataType) -> bool {
        let text = default.sql.trim();
        let becomes = |other| self.casts(of, &DataType::plain(other)) == Some(true);
        let is_number =
            !text.is_empty() && text.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
        default.exact
            && match text {
                "true" | "false" | "TRUE" | "FALSE" => becomes("boolean"),
                _ if is_number => becomes("numeric"),
                _ => text.len() > 1 && text.starts_with('\'') && text.ends_with('\'') && !text.contains("::"),
            }
    }

    fn change_type(
        &mut self,
        name: &QualifiedName,
        column: &Column,
        data_type: &DataType,
        collation: Option<&ObjectName>,
    ) -> Outcome {
        let mut data_type = data_type.clone();
        self.check_type(&data_type)?;
        self.bind_type(&mut data_type);
        let object = Object::Column(name.clone(), column.name.clone());
        let fixes_type = |object: &Object| {
            matches!(object.kind(), ObjectKind::View | ObjectKind::MaterializedView | ObjectKind::Policy)
        };
        if let Some((dependent, made)) =
            self.dependents(&object).into_iter().find(|(dependent, _)| fixes_type(dependent))
        {
            return Err(Box::new(Refusal::Other {
                rule: "dependent-objects",
                message: format!("the type of {object} cannot change, for {dependent} depends on it"),
                about: Some((dependent, made)),
            }));
        }
        let sequence = column.identity.as_ref().and_then(|identity| identity.sequence.as_ref());
        if let Some(sequence) = sequence.and_then(|sequence| self.sequences.get_mut(sequence)) {
            Arc::make_mut(sequence).data_type = data_type.clone();
        }
        let converts = column.data_type.as_ref().is_none_or(|from| *from != data_type);
        self.wholly(|schema| {
            let notices = schema.change_column(name, &column.name, |column| {
                column.data_type = Some(data_type.clone());
                column.collation = collation.cloned();
                // The server shows how it converts the old one.
                if let Some(default) = column.default.as_mut().filter(|_| converts) {
                    default.exact = false;
                }
            });
            schema.check_keys_of(name, &column.name)?;
            Ok(notices)
        })
    }

    fn set_default(&mut self, name: &QualifiedName, column: &Column, default: &Expression) -> Outcome {
        self.check_names(&default.names, Some(name))?;
        refuse_computed(name, column)?;
        let mut default = default.clone();
        self.bind_expression(&mut default);
        doubt_truth(column.data_type.as_ref(), &mut default);
        Ok(self.change_column(name, &column.name, |column| column.default = Some(default.clone())))
    }

    fn take_null(&mut self, name: &QualifiedName, column: &Column) -> Outcome {
        let key = self.tables.get(name).into_iter().flat_map(|table| &table.constraints);
        let is_key = |constraint: &&Constraint| matches!(&constraint.kind, ConstraintKind::PrimaryKey { columns, .. } if columns.contains(&column.name));
        if let Some(key) = key.clone().find(is_key) {
            let own = key.name.clone().unwrap_or_else(|| Name::exact("primary key"));
            return Err(Box::new(Refusal::Other {
                rule: "dependent-objects",
                message: format!(
                    "column `{name}.{}` cannot take null, for it is in a primary key",
                    column.name
                ),
                about: Some((Object::Constraint(name.clone(), own), key.made)),
            }));
        }
        if column.identity.is_some() {
            return Err(unsupported(name, column, "cannot take null, for it is an identity column"));
        }
        Ok(self.change_column(name, &column.name, |column| column.not_null = false))
    }

    fn add_identity(
        &mut self,
        name: &QualifiedName,
        column: &Column,
        identity: &Identity,
        origin: Origin,
    ) -> Outcome {
        if column.identity.is_some() {
            return Err(unsupported(name, column, "is an identity column already"));
        }
        if column.default.is_some() {
            return Err(unsupported(name, column, "has a default, and cannot become an identity column"));
        }
        if !column.not_null {
            return Err(unsupported(name, column, "may be null, and cannot become an identity column"));
        }
        let numbered = Column { identity: Some(identity.clone()), ..column.clone() };
        let numbered = self.numbered(name, numbered, origin);
        let columns = self.table_mut(name).into_iter().flat_map(|table| &mut table.columns);
        for known in columns.filter(|known| known.name == column.name) {
            known.identity.clone_from(&numbered.identity);
        }
        Ok(Vec::new())
    }

    fn set_identity(
        &mut self,
        name: &QualifiedName,
        column: &Column,
        always: Option<bool>,
        options: Option<&SequenceOptions>,
    ) -> Vec<Notice> {
        let sequence = column.identity.as_ref().and_then(|identity| identity.sequence.as_ref());
        if let (Some(sequence), Some(options)) = (sequence, options)
            && let Some(sequence) = self.sequences.get_mut(sequence)
        {
            let known = &mut Arc::make_mut(sequence).options;
            known.start = options.start.or(known.start);
            known.increment = options.increment.or(known.increment);
            known.min = options.min.or(known.min);
            known.max = options.max.or(known.max);
            known.cache = options.cache.or(known.cache);
            known.cycle |= options.cycle;
        }
        let columns = self.table_mut(name).into_iter().flat_map(|table| &mut table.columns);
        for identity in
            columns.filter(|known| known.name == column.name).filter_map(|its| its.identity.as_mut())
        {
            identity.always = always.unwrap_or(identity.always);
        }
        Vec::new()
    }

    fn drop_identity(
        &mut self,
        name: &QualifiedName,
        column: &Column,
        if_exists: bool,
        origin: Origin,
    ) -> Outcome {
        let Some(identity) = &column.identity else {
            return if if_exists {
                Ok(Vec::new())
            } else {
                Err(unsupported(name, column, "is no identity column"))
            };
        };
        if let Some(sequence) = &identity.sequence {
            self.remove_sequence(sequence, origin);
        }
        Ok(self.change_column(name, &column.name, |column| column.identity = None))
    }

    fn set_expression(&mut self, name: &QualifiedName, column: &Column, generated: &Generated) -> Outcome {
        self.check_names(&generated.expression.names, Some(name))?;
        let Some(known) = &column.generated else {
            return Err(unsupported(name, column, "is no generated column"));
        };
        let mut generated = Generated { stored: known.stored, ..generated.clone() };
        self.bind_expression(&mut generated.expression);
        Ok(self.change_column(name, &column.name, |column| column.generated = Some(generated.clone())))
    }
}

/// Marks a default of which the server shows what the type makes of it: `'1'` is true.
pub(super) fn doubt_truth(data_type: Option<&DataType>, default: &mut Expression) {
    let is_truth = data_type.is_some_and(|its| its.name.name.identity() == "boolean");
    let is_told = matches!(&*default.canonical, "true" | "false");
    default.exact &= is_told || !is_truth || !default.sql.trim_start().starts_with('\'');
}

/// Refuses to change the default of a column that is computed: it has none.
fn refuse_computed(name: &QualifiedName, column: &Column) -> Result<(), Box<Refusal>> {
    match (&column.identity, &column.generated) {
        (Some(_), _) => Err(unsupported(name, column, "is an identity column, and has no default")),
        (None, Some(_)) => Err(unsupported(name, column, "is a generated column, and has no default")),
        (None, None) => Ok(()),
    }
}

/// The refusal of what a column is not made for.
fn unsupported(table: &QualifiedName, column: &Column, what: &str) -> Box<Refusal> {
    let object = Object::Column(table.clone(), column.name.clone());
    Box::new(Refusal::Other {
        rule: "unsupported-statement",
        message: format!("{object} {what}"),
        about: Some((object, column.made)),
    })
}
