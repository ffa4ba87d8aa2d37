use super::{
    AlterType, Operation, RenameColumn, RenameConstraint, RenamePolicy, RenameRelation, RenameTrigger,
    TypeChange,
};
use crate::{
    ObjectName,
    compare::compare,
    diff::diff,
    schema::{Origin, Schema},
};

impl Operation {
    /// The operations that take this one back, after it was applied to `before`.
    ///
    /// `None` where it cannot be applied, or nothing gives back what there was: a value of an enum stays. What there is
    /// beside the schema, the rows of a table that was dropped, is not given back.
    #[must_use]
    pub fn invert(&self, before: &Schema) -> Option<Vec<Self>> {
        let mut after = before.clone();
        after.apply(self, Origin::NONE).ok()?;
        let back = self.rename_back().map_or_else(|| diff(&after, before), |back| vec![back]);
        let mut restored = after;
        for operation in &back {
            restored.apply(operation, Origin::NONE).ok()?;
        }
        compare(before, &restored).is_empty().then_some(back)
    }

    /// The other way round, of what gives another name; else the rename would look like a loss.
    fn rename_back(&self) -> Option<Self> {
        let renamed = |name: &ObjectName, to: &crate::Name| ObjectName {
            schema: name.schema.clone(),
            name: to.clone(),
        };
        Some(match self {
            Self::RenameRelation(rename) => Self::RenameRelation(RenameRelation {
                name: renamed(&rename.name, &rename.to),
                to: rename.name.name.clone(),
                ..rename.clone()
            }),
            Self::RenameColumn(rename) => Self::RenameColumn(RenameColumn {
                column: rename.to.clone(),
                to: rename.column.clone(),
                ..rename.clone()
            }),
            Self::RenameConstraint(rename) => Self::RenameConstraint(RenameConstraint {
                constraint: rename.to.clone(),
                to: rename.constraint.clone(),
                ..rename.clone()
            }),
            Self::RenameTrigger(rename) => Self::RenameTrigger(RenameTrigger {
                name: rename.to.clone(),
                to: rename.name.clone(),
                ..rename.clone()
            }),
            Self::RenamePolicy(rename) => Self::RenamePolicy(RenamePolicy {
                name: rename.to.clone(),
                to: rename.name.clone(),
                ..rename.clone()
            }),
            Self::RenameSchema { name, to } => Self::RenameSchema { name: to.clone(), to: name.clone() },
            Self::AlterType(alter) => Self::AlterType(Box::new(rename_type_back(alter)?)),
            _ => return None,
        })
    }
}

fn rename_type_back(alter: &AlterType) -> Option<AlterType> {
    let AlterType { name, change } = alter;
    let change = match change {
        TypeChange::Rename(to) => {
            let name = ObjectName { schema: name.schema.clone(), name: to.clone() };
            return Some(AlterType { change: TypeChange::Rename(alter.name.name.clone()), name });
        }
        TypeChange::RenameValue { from, to } => {
            TypeChange::RenameValue { from: to.clone(), to: from.clone() }
        }
        TypeChange::RenameAttribute { name, to } => {
            TypeChange::RenameAttribute { name: to.clone(), to: name.clone() }
        }
        TypeChange::RenameCheck { name, to } => {
            TypeChange::RenameCheck { name: to.clone(), to: name.clone() }
        }
        _ => return None,
    };
    Some(AlterType { name: name.clone(), change })
}
