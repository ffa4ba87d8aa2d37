use super::{
    comparison::{Both, Comparison, may_equal, names_may_equal},
    key::key_may_equal,
};
use crate::{
    Name, ObjectName, QualifiedName, Schema,
    emit::constraint::{action, deferral},
    schema::{Constraint, ConstraintKind, ForeignKey, MatchKind, Object},
};

impl Comparison<'_> {
    /// Those that are alike belong together: by name, else where the database made a name or there is none; what is
    /// left belongs together by its name alone.
    pub(super) fn constraints(
        &mut self,
        table: &QualifiedName,
        expected: &[Constraint],
        actual: &[Constraint],
    ) {
        let is_demand = |constraint: &&Constraint| !matches!(constraint.kind, ConstraintKind::NotNull { .. });
        let mut open: Vec<&Constraint> = expected.iter().filter(is_demand).collect();
        let mut new: Vec<&Constraint> = actual.iter().filter(is_demand).collect();
        let mut pairs = Vec::new();
        let same_name = |one: &Constraint, other: &Constraint| one.name.is_some() && one.name == other.name;
        take(&mut open, &mut new, &mut pairs, |one, other| {
            same_name(one, other) && self.demands_may_equal(&one.kind, &other.kind)
        });
        take(&mut open, &mut new, &mut pairs, |one, other| {
            (is_nameless(one) || is_nameless(other)) && self.demands_may_equal(&one.kind, &other.kind)
        });
        take(&mut open, &mut new, &mut pairs, same_name);
        // Without names, two keys over the same columns are one key that was changed.
        take(&mut open, &mut new, &mut pairs, |one, other| {
            is_nameless(one) && is_nameless(other) && speak_of_the_same(&one.kind, &other.kind)
        });
        for (one, other) in pairs {
            self.pair(table, one, other);
        }
        for one in open.into_iter().filter(|one| !self.is_unknown_constraint(one)).collect::<Vec<_>>() {
            self.missing(self.constraint_object(table, one), one.made);
        }
        for other in new.into_iter().filter(|other| !self.is_unknown_constraint(other)).collect::<Vec<_>>() {
            self.left_over(self.constraint_object(table, other), other.made);
        }
    }

    fn is_unknown_constraint(&self, constraint: &Constraint) -> bool {
        constraint.name.as_ref().is_some_and(|name| self.is_unknown(name))
    }

    fn constraint_object(&self, table: &QualifiedName, constraint: &Constraint) -> Object {
        let name = match &constraint.name {
            Some(name) => name.clone(),
            None => Name::exact(&self.spelling.demand(&constraint.kind)),
        };
        Object::Constraint(table.clone(), name)
    }

    fn pair(&mut self, table: &QualifiedName, one: &Constraint, other: &Constraint) {
        if self.is_unknown_constraint(one) || self.is_unknown_constraint(other) {
            return;
        }
        let both = Both { object: self.constraint_object(table, one), made: (one.made, other.made) };
        if let (Some(name), Some(actual)) = (&one.name, &other.name)
            && name != actual
        {
            self.other_name(&both, actual);
        }
        match (&one.kind, &other.kind) {
            (ConstraintKind::ForeignKey(expected), ConstraintKind::ForeignKey(actual))
                if self.keys_point_alike(expected, actual) =>
            {
                self.actions(&both, expected, actual);
            }
            (expected, actual) if !self.demands_may_equal(expected, actual) => {
                let (expected, actual) = (self.spelling.demand(expected), self.spelling.demand(actual));
                self.property(&both, "definition", expected, actual);
            }
            _ => {}
        }
        let deferral = |constraint: &Constraint| match deferral(constraint.deferral).trim() {
            "" => "NOT DEFERRABLE",
            text => text,
        };
        self.property(&both, "deferral", deferral(one), deferral(other));
        let validity = |constraint: &Constraint| if constraint.validated { "VALID" } else { "NOT VALID" };
        self.property(&both, "validity", validity(one), validity(other));
    }

    fn actions(&mut self, both: &Both, one: &ForeignKey, other: &ForeignKey) {
        self.property(both, "on delete", action(one.on_delete), action(other.on_delete));
        self.property(both, "on update", action(one.on_update), action(other.on_update));
        let columns = |key: &ForeignKey| self.spelling.names(&key.set_columns);
        let (expected, actual) = (columns(one), columns(other));
        self.property(both, "columns to set", expected, actual);
        let matching = |key: &ForeignKey| match key.match_kind {
            MatchKind::Simple => "SIMPLE",
            MatchKind::Full => "FULL",
        };
        self.property(both, "match", matching(one), matching(other));
    }

    fn demands_may_equal(&self, one: &ConstraintKind, other: &ConstraintKind) -> bool {
        match (one, other) {
            (ConstraintKind::ForeignKey(one), ConstraintKind::ForeignKey(other)) => {
                self.keys_point_alike(one, other)
                    && (one.on_delete, one.on_update, one.match_kind)
                        == (other.on_delete, other.on_update, other.match_kind)
                    && one.set_columns == other.set_columns
            }
            (
                ConstraintKind::Check { expression: one, no_inherit: this },
                ConstraintKind::Check { expression: other, no_inherit: that },
            ) => may_equal(Some(one), Some(other)) && this == that,
            (
                ConstraintKind::Exclude { method: one, elements: these, predicate: this, include: with },
                ConstraintKind::Exclude { method: other, elements: those, predicate: that, include: without },
            ) => {
                one == other
                    && these.len() == those.len()
                    && these.iter().zip(those).all(|(one, other)| {
                        key_may_equal(&one.key, &other.key) && one.operator == other.operator
                    })
                    && may_equal(this.as_ref(), that.as_ref())
                    && with == without
            }
            (one, other) => one == other,
        }
    }

    /// Whether two foreign keys lead from the same columns to the same columns.
    fn keys_point_alike(&self, one: &ForeignKey, other: &ForeignKey) -> bool {
        one.columns == other.columns
            && names_may_equal(&one.table, &other.table)
            && match (referenced(one, self.expected), referenced(other, self.actual)) {
                (Some(one), Some(other)) => one == other,
                _ => true,
            }
    }
}

/// Moves those that belong together from two lists to that of pairs.
fn take<'c>(
    open: &mut Vec<&'c Constraint>,
    new: &mut Vec<&'c Constraint>,
    pairs: &mut Vec<(&'c Constraint, &'c Constraint)>,
    belong_together: impl Fn(&Constraint, &Constraint) -> bool,
) {
    open.retain(|one| match new.iter().position(|other| belong_together(one, other)) {
        Some(place) => {
            pairs.push((one, new.remove(place)));
            false
        }
        None => true,
    });
}

/// Whether nobody gave it a name.
const fn is_nameless(constraint: &Constraint) -> bool {
    constraint.named_by_database || constraint.name.is_none()
}

/// Whether two demands are of one kind and about the same columns.
fn speak_of_the_same(one: &ConstraintKind, other: &ConstraintKind) -> bool {
    match (one, other) {
        (ConstraintKind::PrimaryKey { .. }, ConstraintKind::PrimaryKey { .. }) => true,
        (ConstraintKind::ForeignKey(one), ConstraintKind::ForeignKey(other)) => {
            one.columns == other.columns && names_may_equal(&one.table, &other.table)
        }
        _ => false,
    }
}

/// The columns that a foreign key refers to: those that it says, else the primary key; `None` where it cannot be told.
fn referenced<'s>(key: &'s ForeignKey, schema: &'s Schema) -> Option<&'s [Name]> {
    if !key.referenced.is_empty() {
        return Some(&key.referenced);
    }
    let ObjectName { schema: within, name } = &key.table;
    let within = within.clone().unwrap_or_else(|| schema.dialect.default_schema());
    let table = schema.tables.get(&QualifiedName::new(within, name.clone()))?;
    table.constraints.iter().find_map(|constraint| match &constraint.kind {
        ConstraintKind::PrimaryKey { columns, .. } => Some(columns.as_slice()),
        _ => None,
    })
}
