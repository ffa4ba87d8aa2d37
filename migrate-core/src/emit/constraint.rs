use super::spelling::{Spelling, list, when};
use crate::operation::{AddConstraint, AlterConstraint, DropConstraint, RenameConstraint};
use crate::schema::{
    Constraint, ConstraintKind, Deferral, ExcludeElement, ForeignKey, ForeignKeyAction, MatchKind,
};

impl Spelling {
    /// A constraint with its name, as it stands by itself.
    pub(crate) fn constraint(self, constraint: &Constraint) -> String {
        self.with_name(constraint, &self.demand(&constraint.kind))
    }

    /// A constraint with its name, as it stands at a column.
    pub(super) fn column_constraint(self, constraint: &Constraint) -> String {
        let demand = match &constraint.kind {
            ConstraintKind::PrimaryKey { include, .. } => format!("PRIMARY KEY{}", self.including(include)),
            ConstraintKind::Unique { include, nulls_not_distinct, .. } => {
                let nulls = when(*nulls_not_distinct, " NULLS NOT DISTINCT");
                format!("UNIQUE{nulls}{}", self.including(include))
            }
            ConstraintKind::ForeignKey(key) => self.references(key),
            ConstraintKind::NotNull { .. } => "NOT NULL".to_owned(),
            kind @ (ConstraintKind::Check { .. } | ConstraintKind::Exclude { .. }) => self.demand(kind),
        };
        self.with_name(constraint, &demand)
    }

    fn with_name(self, constraint: &Constraint, demand: &str) -> String {
        let name = match &constraint.name {
            Some(name) => format!("CONSTRAINT {} ", self.name(name)),
            None => String::new(),
        };
        let valid = when(!constraint.validated, " NOT VALID");
        format!("{name}{demand}{}{valid}", deferral(constraint.deferral))
    }

    /// What a constraint demands, as it stands by itself.
    pub(crate) fn demand(self, kind: &ConstraintKind) -> String {
        match kind {
            ConstraintKind::PrimaryKey { columns, include } => {
                format!("PRIMARY KEY {}{}", self.columns(columns), self.including(include))
            }
            ConstraintKind::Unique { columns, include, nulls_not_distinct } => {
                let nulls = when(*nulls_not_distinct, " NULLS NOT DISTINCT");
                format!("UNIQUE{nulls} {}{}", self.columns(columns), self.including(include))
            }
            ConstraintKind::ForeignKey(key) => {
                format!("FOREIGN KEY {} {}", self.columns(&key.columns), self.references(key))
            }
            ConstraintKind::Check { expression, no_inherit } => {
                format!("CHECK ({expression}){}", when(*no_inherit, " NO INHERIT"))
            }
            ConstraintKind::Exclude { method, elements, predicate, include } => {
                let elements = list(elements.iter().map(|element| self.exclude_element(element)));
                let predicate =
                    predicate.as_ref().map(|predicate| format!(" WHERE ({predicate})")).unwrap_or_default();
                let include = self.including(include);
                format!("EXCLUDE USING {} ({elements}){include}{predicate}", self.name(method))
            }
            ConstraintKind::NotNull { column } => format!("NOT NULL {}", self.name(column)),
        }
    }

    fn references(self, key: &ForeignKey) -> String {
        let mut text = format!("REFERENCES {}", self.object(&key.table));
        if !key.referenced.is_empty() {
            text = format!("{text} {}", self.columns(&key.referenced));
        }
        text.push_str(when(key.match_kind == MatchKind::Full, " MATCH FULL"));
        if key.on_delete != ForeignKeyAction::NoAction {
            text = format!("{text} ON DELETE {}", action(key.on_delete));
            if !key.set_columns.is_empty() {
                text = format!("{text} {}", self.columns(&key.set_columns));
            }
        }
        if key.on_update != ForeignKeyAction::NoAction {
            text = format!("{text} ON UPDATE {}", action(key.on_update));
        }
        text
    }

    pub(super) fn add_constraint(self, operation: &AddConstraint) -> String {
        let constraint = &operation.constraint;
        let text = match &operation.using_index {
            None => self.constraint(constraint),
            Some(index) => {
                let kind = match constraint.kind {
                    ConstraintKind::PrimaryKey { .. } => "PRIMARY KEY",
                    _ => "UNIQUE",
                };
                self.with_name(constraint, &format!("{kind} USING INDEX {}", self.name(index)))
            }
        };
        self.alter(&operation.table, operation.if_exists, &format!("ADD {text}"))
    }

    pub(super) fn drop_constraint(self, operation: &DropConstraint) -> String {
        let guard = when(operation.if_constraint_exists, "IF EXISTS ");
        let cascade = when(operation.cascade, " CASCADE");
        let change = format!("DROP CONSTRAINT {guard}{}{cascade}", self.name(&operation.constraint));
        self.alter(&operation.table, operation.if_exists, &change)
    }

    pub(super) fn rename_constraint(self, operation: &RenameConstraint) -> String {
        let RenameConstraint { table, if_exists, constraint, to } = operation;
        let change = format!("RENAME CONSTRAINT {} TO {}", self.name(constraint), self.name(to));
        self.alter(table, *if_exists, &change)
    }

    /// One statement for each thing that is changed.
    pub(super) fn alter_constraint(self, operation: &AlterConstraint) -> Vec<String> {
        let name = self.name(&operation.constraint);
        let validate = operation.validate.then(|| format!("VALIDATE CONSTRAINT {name}"));
        let deferral = operation.deferral.map(|when| {
            let when = match deferral(when) {
                "" => " NOT DEFERRABLE",
                text => text,
            };
            format!("ALTER CONSTRAINT {name}{when}")
        });
        let changes = validate.into_iter().chain(deferral);
        changes.map(|change| self.alter(&operation.table, operation.if_exists, &change)).collect()
    }

    fn exclude_element(self, element: &ExcludeElement) -> String {
        format!("{} WITH {}", self.index_key(&element.key), element.operator)
    }
}

/// `ON DELETE`, `ON UPDATE`: what is done.
pub(crate) const fn action(action: ForeignKeyAction) -> &'static str {
    match action {
        ForeignKeyAction::NoAction => "NO ACTION",
        ForeignKeyAction::Restrict => "RESTRICT",
        ForeignKeyAction::Cascade => "CASCADE",
        ForeignKeyAction::SetNull => "SET NULL",
        ForeignKeyAction::SetDefault => "SET DEFAULT",
    }
}

/// When a constraint is checked, with a blank before it; nothing for the default.
pub(crate) const fn deferral(deferral: Deferral) -> &'static str {
    match deferral {
        Deferral::NotDeferrable => "",
        Deferral::Immediate => " DEFERRABLE",
        Deferral::Deferred => " DEFERRABLE INITIALLY DEFERRED",
    }
}
