use crate::{
    Name, ObjectName, QualifiedName, Schema,
    operation::{ColumnDefinition, TableDefinition},
    schema::{Column, Constraint, ConstraintKind, Identity, Sequence, SequenceOptions, Table},
};

/// A table as a statement would declare it, but for what is made by itself: foreign keys where what they refer to has
/// to be there, and its place in another table.
pub(super) fn table(schema: &Schema, name: &QualifiedName, table: &Table) -> TableDefinition {
    let stands_here = |constraint: &&Constraint| {
        !matches!(constraint.kind, ConstraintKind::NotNull { .. }) && !is_added(schema, table, constraint)
    };
    let (mut constraints, at_columns): (Vec<&Constraint>, Vec<&Constraint>) =
        table.constraints.iter().filter(stands_here).partition(|constraint| constraint.column.is_none());
    let is_there = |constraint: &&Constraint| {
        constraint.column.as_ref().is_some_and(|column| table.column(column).is_some())
    };
    constraints.extend(at_columns.iter().filter(|constraint| !is_there(constraint)));
    let columns = table.columns.iter().map(|it| {
        let own = at_columns.iter().filter(|constraint| constraint.column.as_ref() == Some(&it.name));
        let constraints = own.map(|&constraint| constraint.clone()).collect();
        ColumnDefinition { constraints, ..column(schema, name, it) }
    });
    TableDefinition {
        columns: columns.collect(),
        constraints: constraints.into_iter().cloned().collect(),
        persistence: table.persistence,
        inherits: match table.partition {
            Some(_) => Vec::new(),
            None => table.inherits.iter().map(ObjectName::from).collect(),
        },
        partitioning: table.partitioning.clone(),
        without_rowid: table.without_rowid,
        strict: table.strict,
        module: table.module.clone(),
        ..TableDefinition::default()
    }
}

/// Whether a constraint is added to a table once that is there: a foreign key where the other table has to be there as
/// well, and what a new table would hold to be valid.
pub(super) fn is_added(schema: &Schema, table: &Table, constraint: &Constraint) -> bool {
    let habits = schema.dialect.habits();
    habits.alters_columns
        && match constraint.kind {
            ConstraintKind::ForeignKey(_) => true,
            ConstraintKind::NotNull { .. } => false,
            // Of two that demand the same a new table takes the first alone.
            ConstraintKind::Unique { .. } => {
                let first = table.constraints.iter().find(|other| other.kind == constraint.kind);
                first.is_some_and(|first| first.name != constraint.name)
            }
            _ => !constraint.validated,
        }
}

/// A column as a statement would declare it.
pub(super) fn column(schema: &Schema, table: &QualifiedName, column: &Column) -> ColumnDefinition {
    let serial = is_serial(schema, table, column);
    let mut column = column.clone();
    if serial {
        column.default = None;
    }
    if let Some(identity) = &mut column.identity {
        *identity = declared(schema, identity);
    }
    ColumnDefinition { column, serial, constraints: Vec::new() }
}

/// An identity as a statement would declare it.
pub(super) fn declared(schema: &Schema, identity: &Identity) -> Identity {
    let sequence = identity.sequence.as_ref().and_then(|name| schema.sequences.get(name));
    let options = sequence.map_or_else(|| identity.options.clone(), |sequence| sequence.options.clone());
    Identity { always: identity.always, sequence: None, options }
}

/// The sequences that belong to a column, with their names.
pub(super) fn sequences_of<'s>(
    schema: &'s Schema,
    table: &QualifiedName,
    column: &Name,
) -> impl Iterator<Item = (&'s QualifiedName, &'s Sequence)> {
    let owner = (table.clone(), column.clone());
    let all = schema.sequences.iter().map(|(name, sequence)| (name, &**sequence));
    all.filter(move |(_, sequence)| sequence.owned_by.as_ref() == Some(&owner))
}

/// Whether `serial` would make the same column, its sequence and its default.
pub(super) fn is_serial(schema: &Schema, table: &QualifiedName, column: &Column) -> bool {
    let Some(default) = column.default.as_ref().filter(|_| column.not_null) else { return false };
    let ([used], [call]) = (default.names.sequences.as_slice(), default.names.functions.as_slice()) else {
        return false;
    };
    let mut sequences = sequences_of(schema, table, &column.name);
    let (Some((name, sequence)), None) = (sequences.next(), sequences.next()) else { return false };
    call.name.identity() == "nextval"
        && used.name == name.name
        && name.schema == table.schema
        && is_made_name(name, table, &column.name)
        && sequence.options == SequenceOptions::default()
        && column.data_type.as_ref() == Some(&sequence.data_type)
        && !sequence.of_identity
}

/// Whether the database would call the sequence of a column by this name, where nothing else is called so.
pub(super) fn is_made_name(name: &QualifiedName, table: &QualifiedName, column: &Name) -> bool {
    let made = format!("{}_{column}_seq", table.name);
    name.name.as_str() == made
}
