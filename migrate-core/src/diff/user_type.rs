use super::{
    phase::Phase,
    plan::{Plan, named, sides},
};
use crate::{
    Name, QualifiedName,
    compare::Change,
    operation::{AlterType, CreateType, DropType, Operation, TypeChange},
    schema::{Attribute, Domain, Object, UserTypeKind},
};

impl Plan<'_> {
    pub(super) fn mend_type(&mut self, name: &QualifiedName, change: &Change) {
        let kinds = self.from.types.get(name).zip(self.to.types.get(name));
        if let Change::Property { property, .. } = change
            && let Some((from, to)) = kinds
        {
            match (&from.kind, &to.kind) {
                (UserTypeKind::Domain(_), UserTypeKind::Domain(to))
                    if self.mend_domain(name, property, to) =>
                {
                    return;
                }
                (UserTypeKind::Composite(from), UserTypeKind::Composite(to)) => {
                    return self.mend_attributes(name, from, to);
                }
                (UserTypeKind::Enum(_), UserTypeKind::Enum(_)) => return self.remake_enum(name),
                _ => {}
            }
        }
        let (drop, create) = sides(change);
        if let Some(known) = self.from.types.get(name).filter(|_| drop) {
            let domain = matches!(known.kind, UserTypeKind::Domain(_));
            let drop = DropType { names: vec![named(name)], domain, if_exists: false, cascade: false };
            // Columns that go over to another type let go of it last.
            let phase = if create { Phase::DropType } else { Phase::DropOldType };
            self.add_once(phase, Operation::DropType(drop));
        }
        if let Some(wanted) = self.to.types.get(name).filter(|_| create) {
            let create = CreateType { name: named(name), kind: wanted.kind.clone() };
            self.add_once(Phase::CreateType, Operation::CreateType(Box::new(create)));
        }
    }

    /// A value that is missing is added at its place; for one that is left over the type is made anew.
    pub(super) fn mend_value(&mut self, name: &QualifiedName, value: &str, change: &Change) {
        if matches!(change, Change::LeftOver { .. }) {
            return self.remake_enum(name);
        }
        let Some(UserTypeKind::Enum(values)) = self.to.types.get(name).map(|known| &known.kind) else {
            return;
        };
        let Some(place) = values.iter().position(|known| known == value) else { return };
        if matches!(change, Change::Missing { .. }) && !self.is_remade(name) {
            // Those before it are there, for they were added before it.
            let before =
                place.checked_sub(1).and_then(|place| values.get(place)).map(|known| (false, known.clone()));
            let place = before.or_else(|| {
                let Some(UserTypeKind::Enum(there)) = self.from.types.get(name).map(|known| &known.kind)
                else {
                    return None;
                };
                there.first().map(|first| (true, first.clone()))
            });
            let change = TypeChange::AddValue { value: value.to_owned(), if_not_exists: false, place };
            self.alter_type(name, Phase::CreateType, change);
        }
    }

    /// Whether other differences call for the type to be made anew.
    fn is_remade(&self, name: &QualifiedName) -> bool {
        self.differences.iter().any(|difference| match &difference.object {
            Object::EnumValue(owner, _) => {
                owner == name && matches!(difference.change, Change::LeftOver { .. })
            }
            Object::Type(owner) => owner == name,
            _ => false,
        })
    }

    /// Whether the property could be changed.
    fn mend_domain(&mut self, name: &QualifiedName, property: &str, to: &Domain) -> bool {
        let change = match property {
            "nullability" => TypeChange::NotNull(to.not_null),
            "default" => TypeChange::Default(to.default.clone()),
            _ => return false,
        };
        self.alter_type(name, Phase::AlterColumn, change);
        true
    }

    /// A check of a domain.
    pub(super) fn mend_check(&mut self, owner: &QualifiedName, name: &Name, change: &Change) {
        let (drop, create) = sides(change);
        if let Change::OtherName { actual, .. } = change {
            let from = self.domain_check(owner, actual);
            if let Some(from) = from {
                self.alter_type(
                    owner,
                    Phase::Rename,
                    TypeChange::RenameCheck { name: from, to: name.clone() },
                );
            }
        }
        if drop {
            let change = TypeChange::DropCheck { name: name.clone(), if_exists: false };
            self.alter_type(owner, Phase::DropConstraint, change);
        }
        if let Some(UserTypeKind::Domain(domain)) = self.to.types.get(owner).map(|known| &known.kind)
            && let Some(check) = domain.checks.iter().find(|check| check.name.as_ref() == Some(name))
            && create
        {
            self.alter_type(owner, Phase::AddConstraint, TypeChange::AddCheck(check.clone()));
        }
    }

    fn domain_check(&self, owner: &QualifiedName, name: &str) -> Option<Name> {
        let UserTypeKind::Domain(domain) = &self.from.types.get(owner)?.kind else { return None };
        domain.checks.iter().filter_map(|check| check.name.clone()).find(|known| known.as_str() == name)
    }

    fn mend_attributes(&mut self, name: &QualifiedName, from: &[Attribute], to: &[Attribute]) {
        for old in from.iter().filter(|old| !to.iter().any(|new| new.name == old.name)) {
            let change = TypeChange::DropAttribute { name: old.name.clone(), if_exists: false };
            self.alter_type(name, Phase::DropColumn, change);
        }
        for new in to {
            match from.iter().find(|old| old.name == new.name) {
                None => self.alter_type(name, Phase::AddColumn, TypeChange::AddAttribute(new.clone())),
                Some(old) if old.data_type != new.data_type => {
                    self.alter_type(name, Phase::AlterColumn, TypeChange::AlterAttribute(new.clone()));
                }
                Some(_) => {}
            }
        }
    }

    fn alter_type(&mut self, name: &QualifiedName, phase: Phase, change: TypeChange) {
        let alter = AlterType { name: named(name), change };
        self.add(phase, Operation::AlterType(Box::new(alter)));
    }
}
