use super::{
    lookup::Lookup,
    resolve::{Meaning, Resolver},
};
use crate::{
    Name, ObjectName, QualifiedName,
    schema::{ColumnUse, DataType, FunctionSignature, Names, Object, Schema, SourceRelation, Table},
};

/// Whether a piece of SQL uses an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Use {
    /// It does not.
    No,
    /// That cannot be told: another of the same name may be meant.
    Perhaps,
    /// It does.
    Certain,
}

impl Schema {
    /// Whether `names` use an object, in SQL that is a part of the table `own`.
    pub(super) fn uses(&self, names: &Names, own: Option<(&QualifiedName, &Table)>, object: &Object) -> Use {
        match object {
            Object::Table(relation) | Object::View(relation) | Object::MaterializedView(relation) => {
                self.uses_relation(names, relation).max(uses_type(names, relation))
            }
            Object::Sequence(sequence) => self.uses_sequence(names, sequence),
            Object::Column(table, column) => self.uses_column(names, own, table, column),
            Object::Type(name) => uses_type(names, name),
            Object::Function(signature) => self.uses_function(names, signature),
            Object::Schema(_)
            | Object::Extension(_)
            | Object::EnumValue(..)
            | Object::Default(..)
            | Object::Constraint(..)
            | Object::Index(..)
            | Object::FunctionNamed(_)
            | Object::Trigger(..)
            | Object::Policy(..) => Use::No,
        }
    }

    fn uses_relation(&self, names: &Names, relation: &QualifiedName) -> Use {
        let uses =
            names.scopes.iter().flat_map(|scope| &scope.sources).any(|source| match &source.relation {
                SourceRelation::Relation(used) => self.is_relation(used, relation),
                SourceRelation::Query { .. } | SourceRelation::Opaque => false,
            });
        if uses { Use::Certain } else { Use::No }
    }

    /// Whether a name means this relation.
    pub(super) fn is_relation(&self, used: &ObjectName, relation: &QualifiedName) -> bool {
        if used.name != relation.name {
            return false;
        }
        match &used.schema {
            Some(schema) => *schema == relation.schema,
            None => matches!(self.relation(used), Lookup::Found((found, _)) if found == *relation),
        }
    }

    fn uses_sequence(&self, names: &Names, sequence: &QualifiedName) -> Use {
        let uses = names.sequences.iter().any(|used| self.is_relation(used, sequence));
        if uses { Use::Certain } else { self.uses_relation(names, sequence) }
    }

    fn uses_column(
        &self,
        names: &Names,
        own: Option<(&QualifiedName, &Table)>,
        table: &QualifiedName,
        column: &Name,
    ) -> Use {
        let is_own = own.is_some_and(|(own, _)| own == table);
        if !is_own && self.uses_relation(names, table) == Use::No {
            return Use::No;
        }
        let resolver = Resolver::new(self, names, own);
        let mut most = if names.complete { Use::No } else { Use::Perhaps };
        for (place, scope) in names.scopes.iter().enumerate() {
            for used in scope.columns.iter().filter(|used| used.name == *column) {
                most = most.max(one_use(&resolver.meaning(place, used), table));
            }
            for name in scope.maybe_columns.iter().filter(|name| *name == column) {
                let used = ColumnUse { qualifier: None, name: name.clone() };
                most = most.max(one_use(&resolver.meaning(place, &used), table));
            }
        }
        most
    }

    fn uses_function(&self, names: &Names, signature: &FunctionSignature) -> Use {
        let name = &signature.name;
        let mut same = names.functions.iter().filter(|used| used.name == name.name);
        if same.clone().next().is_none() {
            return Use::No;
        }
        let is_only = self.overloads(&name.schema, &name.name).count() == 1;
        let is_bound = same.any(|used| used.schema.as_ref() == Some(&name.schema));
        if is_only && is_bound { Use::Certain } else { Use::Perhaps }
    }
}

fn one_use(meaning: &Meaning, table: &QualifiedName) -> Use {
    match meaning {
        Meaning::Column(found, _) if found == table => Use::Certain,
        Meaning::Unknown => Use::Perhaps,
        Meaning::Column(..) | Meaning::Other | Meaning::Missing(_) => Use::No,
    }
}

fn uses_type(names: &Names, name: &QualifiedName) -> Use {
    if names.types.iter().any(|data_type| is_type(data_type, name)) { Use::Certain } else { Use::No }
}

/// Whether a type that is part of a schema is this one, or an array of it.
pub(super) fn is_type(data_type: &DataType, name: &QualifiedName) -> bool {
    data_type.name.name == name.name && data_type.name.schema.as_ref() == Some(&name.schema)
}
