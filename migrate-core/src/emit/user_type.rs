use super::spelling::{Spelling, list, when};
use crate::{
    operation::{AlterType, CreateType, DropType, TypeChange},
    schema::{Attribute, Domain, UserTypeKind},
};

impl Spelling {
    pub(super) fn create_type(self, operation: &CreateType) -> String {
        let name = self.object(&operation.name);
        match &operation.kind {
            UserTypeKind::Enum(values) => {
                format!(
                    "CREATE TYPE {name} AS ENUM ({})",
                    list(values.iter().map(|value| self.string(value)))
                )
            }
            UserTypeKind::Domain(domain) => format!("CREATE DOMAIN {name} AS {}", self.domain(domain)),
            UserTypeKind::Composite(attributes) => {
                format!("CREATE TYPE {name} AS ({})", list(attributes.iter().map(|it| self.attribute(it))))
            }
            UserTypeKind::Range { options, .. } => {
                let options = options.trim();
                let inner = options.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
                format!("CREATE TYPE {name} AS RANGE ({})", inner.unwrap_or(options))
            }
            UserTypeKind::Other => format!("CREATE TYPE {name}"),
        }
    }

    fn domain(self, domain: &Domain) -> String {
        let mut text = self.data_type(&domain.base);
        if let Some(collation) = &domain.collation {
            text = format!("{text} COLLATE {}", self.object(collation));
        }
        if let Some(default) = &domain.default {
            text = format!("{text} DEFAULT {default}");
        }
        text.push_str(when(domain.not_null, " NOT NULL"));
        for check in &domain.checks {
            text = format!("{text} {}", self.constraint(check));
        }
        text
    }

    fn attribute(self, attribute: &Attribute) -> String {
        format!("{} {}", self.name(&attribute.name), self.data_type(&attribute.data_type))
    }

    pub(super) fn alter_type(self, operation: &AlterType) -> Option<String> {
        let (what, change) = self.type_change(&operation.change)?;
        Some(format!("ALTER {what} {} {change}", self.object(&operation.name)))
    }

    /// The change, and what the statement has to call the type.
    fn type_change(self, change: &TypeChange) -> Option<(&'static str, String)> {
        let of_type = |change: String| Some(("TYPE", change));
        let of_domain = |change: String| Some(("DOMAIN", change));
        match change {
            TypeChange::Rename(to) => of_type(format!("RENAME TO {}", self.name(to))),
            TypeChange::Move(to) => of_type(format!("SET SCHEMA {}", self.name(to))),
            TypeChange::AddValue { value, if_not_exists, place } => {
                let guard = when(*if_not_exists, "IF NOT EXISTS ");
                let place = place.as_ref().map(|(before, other)| {
                    format!(" {} {}", if *before { "BEFORE" } else { "AFTER" }, self.string(other))
                });
                of_type(format!("ADD VALUE {guard}{}{}", self.string(value), place.unwrap_or_default()))
            }
            TypeChange::RenameValue { from, to } => {
                of_type(format!("RENAME VALUE {} TO {}", self.string(from), self.string(to)))
            }
            TypeChange::AddAttribute(attribute) => {
                of_type(format!("ADD ATTRIBUTE {}", self.attribute(attribute)))
            }
            TypeChange::DropAttribute { name, if_exists } => {
                of_type(format!("DROP ATTRIBUTE {}{}", when(*if_exists, "IF EXISTS "), self.name(name)))
            }
            TypeChange::AlterAttribute(Attribute { name, data_type }) => {
                of_type(format!("ALTER ATTRIBUTE {} TYPE {}", self.name(name), self.data_type(data_type)))
            }
            TypeChange::RenameAttribute { name, to } => {
                of_type(format!("RENAME ATTRIBUTE {} TO {}", self.name(name), self.name(to)))
            }
            TypeChange::Default(Some(default)) => of_domain(format!("SET DEFAULT {default}")),
            TypeChange::Default(None) => of_domain("DROP DEFAULT".to_owned()),
            TypeChange::NotNull(true) => of_domain("SET NOT NULL".to_owned()),
            TypeChange::NotNull(false) => of_domain("DROP NOT NULL".to_owned()),
            TypeChange::AddCheck(check) => of_domain(format!("ADD {}", self.constraint(check))),
            TypeChange::DropCheck { name, if_exists } => {
                of_domain(format!("DROP CONSTRAINT {}{}", when(*if_exists, "IF EXISTS "), self.name(name)))
            }
            TypeChange::RenameCheck { name, to } => {
                of_domain(format!("RENAME CONSTRAINT {} TO {}", self.name(name), self.name(to)))
            }
            TypeChange::ValidateCheck(name) => of_domain(format!("VALIDATE CONSTRAINT {}", self.name(name))),
            TypeChange::Nothing => None,
        }
    }

    pub(super) fn drop_type(self, operation: &DropType) -> String {
        let DropType { names, domain, if_exists, cascade } = operation;
        let what = if *domain { "DOMAIN" } else { "TYPE" };
        self.drop(what, &self.objects(names), *if_exists, *cascade)
    }
}
