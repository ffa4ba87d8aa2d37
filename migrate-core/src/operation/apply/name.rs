//! The names that a database gives to what a statement leaves without one.

use crate::{
    Name, QualifiedName,
    schema::{Constraint, Schema, UserTypeKind},
};

/// How many bytes of an identifier PostgreSQL keeps.
const KEPT: usize = 63;

impl Schema {
    /// The name of a sequence or an index that belongs to no constraint: free among the relations of its schema.
    pub(super) fn new_relation_name(&self, table: &QualifiedName, column: &str, label: &str) -> Name {
        self.first_free(table, column, label, |name| self.relations.contains_key(name))
    }

    /// The name of a constraint with an index: free among relations and constraints.
    pub(super) fn new_key_name(&self, table: &QualifiedName, columns: &str, label: &str) -> Name {
        self.first_free(table, columns, label, |name| {
            self.relations.contains_key(name) || self.has_constraint_named(name)
        })
    }

    /// The name of a constraint without an index: free among the constraints of its schema, of whichever table.
    pub(super) fn new_constraint_name(&self, table: &QualifiedName, columns: &str, label: &str) -> Name {
        self.first_free(table, columns, label, |name| self.has_constraint_named(name))
    }

    /// The name of a check of a domain: free as well among those that the statement is just making.
    pub(super) fn new_check_name(&self, domain: &QualifiedName, others: &[Constraint]) -> Name {
        self.first_free(domain, "", "check", |name| {
            self.has_constraint_named(name)
                || others.iter().any(|other| other.name.as_ref() == Some(&name.name))
        })
    }

    fn first_free(
        &self,
        table: &QualifiedName,
        columns: &str,
        label: &str,
        is_taken: impl Fn(&QualifiedName) -> bool,
    ) -> Name {
        let mut number = 0_u32;
        loop {
            let label = if number == 0 { label.to_owned() } else { format!("{label}{number}") };
            let name = Name::exact(&object_name(&table.name, columns, &label));
            let name = QualifiedName::new(table.schema.clone(), name);
            if !is_taken(&name) {
                return name.name;
            }
            number += 1;
        }
    }

    /// Whether a table or a domain of this schema has a constraint of this name.
    fn has_constraint_named(&self, name: &QualifiedName) -> bool {
        let tables = self.tables.range(first_of(&name.schema)..);
        let mut tables = tables.take_while(|(table, _)| table.schema == name.schema);
        let types = self.types.range(first_of(&name.schema)..);
        let mut types = types.take_while(|(domain, _)| domain.schema == name.schema);
        tables.any(|(_, table)| table.constraint(&name.name).is_some())
            || types.any(|(_, user_type)| match &user_type.kind {
                UserTypeKind::Domain(domain) => {
                    domain.checks.iter().any(|check| check.name.as_ref() == Some(&name.name))
                }
                _ => false,
            })
    }
}

/// The first name that a schema could have.
fn first_of(schema: &Name) -> QualifiedName {
    QualifiedName::new(schema.clone(), Name::exact(""))
}

/// The names of columns as they stand in the name of their index or constraint.
pub(super) fn joined<'n>(columns: impl IntoIterator<Item = &'n str>) -> String {
    let mut text = String::new();
    for column in columns {
        if !text.is_empty() {
            text.push('_');
        }
        text.push_str(column);
        if text.len() > KEPT {
            break;
        }
    }
    text
}

/// Table, columns and label, cut to what the server keeps: the longer of the first two is cut first, then both.
fn object_name(table: &str, columns: &str, label: &str) -> String {
    let around = label.len() + 1 + usize::from(!columns.is_empty());
    let room = KEPT.saturating_sub(around);
    let (mut first, mut second) = (table.len(), columns.len());
    while first + second > room {
        if first > second {
            first -= 1;
        } else {
            second -= 1;
        }
    }
    let table = table.get(..table.floor_char_boundary(first)).unwrap_or_default();
    let columns = columns.get(..columns.floor_char_boundary(second)).unwrap_or_default();
    if columns.is_empty() { format!("{table}_{label}") } else { format!("{table}_{columns}_{label}") }
}

#[cfg(test)]
mod tests {
    use super::{joined, object_name};

    #[test]
    fn long_names_are_cut_as_the_server_cuts_them() {
        assert_eq!(object_name("t", "a", "key"), "t_a_key");
        assert_eq!(object_name("t", "", "pkey"), "t_pkey");
        let (table, column) = ("a".repeat(40), "b".repeat(40));
        let name = object_name(&table, &column, "fkey");
        assert_eq!(name, format!("{}_{}_fkey", "a".repeat(29), "b".repeat(28)));
        assert_eq!(object_name(&"é".repeat(40), "", "pkey"), format!("{}_pkey", "é".repeat(29)));
        assert_eq!(joined(["a", "b"]), "a_b");
    }
}
