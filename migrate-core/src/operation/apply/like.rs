use super::lookup::Lookup;
use crate::{
    operation::{Like, LikePart, Refusal},
    schema::{Column, Constraint, ConstraintKind, Index, Object, Relation, Schema},
};

/// What `LIKE` takes from a table.
pub(super) struct Copied {
    pub(super) columns: Vec<Column>,
    pub(super) constraints: Vec<Constraint>,
    pub(super) indexes: Vec<Index>,
    /// Whether that is all.
    pub(super) known: bool,
}

impl Schema {
    /// What `LIKE` takes.
    ///
    /// # Errors
    ///
    /// Where there is nothing of that name.
    pub(super) fn copied(&self, like: &Like) -> Result<Copied, Box<Refusal>> {
        let mut copied =
            Copied { columns: Vec::new(), constraints: Vec::new(), indexes: Vec::new(), known: false };
        let source = match self.relation(&like.source) {
            Lookup::Found((found, Relation::Table)) => self.tables.get(&found),
            Lookup::Missing => return Err(self.missing(Object::Table(self.new_name(&like.source)))),
            Lookup::Found(_) | Lookup::Unknown => None,
        };
        let Some(source) = source else { return Ok(copied) };
        let takes = |part| like.including.contains(&part);
        copied.known = source.known;
        copied.columns = source
            .columns
            .iter()
            .map(|column| Column {
                default: column.default.clone().filter(|_| takes(LikePart::Defaults)),
                generated: column.generated.clone().filter(|_| takes(LikePart::Generated)),
                identity: column.identity.clone().filter(|_| takes(LikePart::Identity)),
                ..column.clone()
            })
            .collect();
        for constraint in &source.constraints {
            match &constraint.kind {
                ConstraintKind::Check { .. } if takes(LikePart::Constraints) => {
                    copied.constraints.push(constraint.clone());
                }
                ConstraintKind::PrimaryKey { .. }
                | ConstraintKind::Unique { .. }
                | ConstraintKind::Exclude { .. }
                    if takes(LikePart::Indexes) =>
                {
                    copied.constraints.push(Constraint { name: None, ..constraint.clone() });
                }
                _ => {}
            }
        }
        if takes(LikePart::Indexes) {
            copied.indexes = source.indexes.values().cloned().collect();
        }
        Ok(copied)
    }
}
