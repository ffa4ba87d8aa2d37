use crate::{
    Name, ObjectName, QualifiedName,
    operation::Refusal,
    schema::{Constraint, ConstraintKind, DataType, ForeignKey, Object, Schema, Table},
};

impl Schema {
    /// Looks up what a foreign key refers to. SQLite does so when rows are written, and takes it as it stands.
    ///
    /// # Errors
    ///
    /// Where the table or its columns are not there, are no key, or are of a type that the referring ones cannot be
    /// compared with.
    pub(super) fn bind_foreign_key(
        &self,
        name: &QualifiedName,
        table: &Table,
        key: &mut ForeignKey,
    ) -> Result<(), Box<Refusal>> {
        if !self.dialect.habits().binds {
            key.table.schema = Some(name.schema.clone());
            return Ok(());
        }
        let Some(found) = self.referenced_table(&key.table)? else { return Ok(()) };
        key.table = ObjectName::from(&found);
        let Some(referenced) = self.tables.get(&found) else { return Ok(()) };
        if key.referenced.is_empty() {
            match primary_key(referenced) {
                Some(columns) => key.referenced = columns.to_vec(),
                None if referenced.known => {
                    return Err(Box::new(Refusal::Other {
                        rule: "referenced-columns-not-unique",
                        message: format!("table `{found}` has no primary key that could be referred to"),
                        about: Some((Object::Table(found), referenced.made)),
                    }));
                }
                None => return Ok(()),
            }
        }
        for column in &key.referenced {
            self.check_column(&found, referenced, column)?;
        }
        if key.columns.len() != key.referenced.len() {
            return Err(Box::new(Refusal::Other {
                rule: "referenced-columns-not-unique",
                message: format!(
                    "the foreign key has {} columns, and refers to {}",
                    key.columns.len(),
                    key.referenced.len()
                ),
                about: Some((Object::Table(found), referenced.made)),
            }));
        }
        if referenced.known && !is_key(referenced, &key.referenced) {
            return Err(Box::new(Refusal::ReferencedNotUnique {
                table: Object::Table(found),
                columns: key.referenced.iter().map(ToString::to_string).collect(),
                made: referenced.made,
            }));
        }
        let pairs = key.columns.iter().zip(&key.referenced);
        for (column, other) in pairs {
            self.check_comparable((name, table, column), (&found, referenced, other))?;
        }
        Ok(())
    }

    /// Whether the foreign keys between a column, which has got another type, and other tables can still be compared.
    ///
    /// # Errors
    ///
    /// Where one of them certainly cannot.
    pub(super) fn check_keys_of(&self, name: &QualifiedName, column: &Name) -> Result<(), Box<Refusal>> {
        for (referring, its) in &self.tables {
            for constraint in &its.constraints {
                let ConstraintKind::ForeignKey(key) = &constraint.kind else { continue };
                let found = QualifiedName::new(
                    key.table.schema.clone().unwrap_or_else(|| referring.schema.clone()),
                    key.table.name.clone(),
                );
                // Within one table both columns may change by one statement.
                if (referring == name) == (found == *name) {
                    continue;
                }
                let Some(referenced) = self.tables.get(&found) else { continue };
                let pairs = key.columns.iter().zip(&key.referenced);
                let concerns = |(own, other): &(&Name, &Name)| {
                    (referring == name && *own == column) || (found == *name && *other == column)
                };
                for (own, other) in pairs.filter(concerns) {
                    self.check_comparable((referring, its, own), (&found, referenced, other))?;
                }
            }
        }
        Ok(())
    }

    fn check_comparable(
        &self,
        (table, its, column): (&QualifiedName, &Table, &Name),
        (referenced, other, key): (&QualifiedName, &Table, &Name),
    ) -> Result<(), Box<Refusal>> {
        let (Some(column), Some(key)) = (its.column(column), other.column(key)) else { return Ok(()) };
        let (Some(one), Some(two)) = (&column.data_type, &key.data_type) else { return Ok(()) };
        let is_plain = |data_type: &DataType| data_type.name.schema.is_none() && !data_type.array;
        if !is_plain(one) || !is_plain(two) || !its.known || !other.known {
            return Ok(());
        }
        let compares = self.dialect.compares_keys(one.name.name.identity(), two.name.name.identity());
        if compares != Some(false) {
            return Ok(());
        }
        Err(Box::new(Refusal::ForeignKeyTypes {
            column: (Object::Column(table.clone(), column.name.clone()), one.to_string()),
            referenced: (Object::Column(referenced.clone(), key.name.clone()), two.to_string()),
            made: key.made,
        }))
    }
}

/// The columns of the primary key.
fn primary_key(table: &Table) -> Option<&[Name]> {
    table.constraints.iter().find_map(|constraint| match &constraint.kind {
        ConstraintKind::PrimaryKey { columns, .. } => Some(columns.as_slice()),
        _ => None,
    })
}

/// Whether no two rows of a table have the same values in exactly these columns, in any order.
fn is_key(table: &Table, columns: &[Name]) -> bool {
    let covers = |constraint: &Constraint| match &constraint.kind {
        ConstraintKind::PrimaryKey { columns: key, .. } | ConstraintKind::Unique { columns: key, .. } => {
            key.len() == columns.len() && columns.iter().all(|column| key.contains(column))
        }
        _ => false,
    };
    table.constraints.iter().any(covers) || table.indexes.values().any(|index| index.covers_uniquely(columns))
}
