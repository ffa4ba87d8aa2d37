use super::spelling::{Spelling, list, when};
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
