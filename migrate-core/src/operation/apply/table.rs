use super::{
    Outcome,
    lookup::Lookup,
    target::{Target, duplicate},
};
use crate::{
    Name,
    operation::{AlterTable, CreateTable, DropTable, Notice, RelationKind, TableChange},
    schema::{Object, ObjectKind, Origin, Persistence, Relation, Schema},
};

impl Schema {
    /// Carries out what can fail half-way as a whole or not at all.
    pub(super) fn wholly(&mut self, change: impl FnOnce(&mut Self) -> Outcome) -> Outcome {
        let before = self.clone();
        let outcome = change(self);
        if outcome.is_err() {
            *self = before;
        }
        outcome
    }

    pub(super) fn create_table(&mut self, operation: &CreateTable, origin: Origin) -> Outcome {
        let CreateTable { name: written, if_not_exists, definition } = operation;
        let name = match definition.persistence {
            Persistence::Temporary => self.temporary_name(&written.name),
            Persistence::Permanent | Persistence::Unlogged => {
                self.check_schema_of(written)?;
                self.new_name(written)
            }
        };
        if let Some(notice) = self.check_relation_is_new(&name, ObjectKind::Table, *if_not_exists)? {
            return Ok(vec![notice]);
        }
        let is_unknown = self.unknown.contains(&name.name);
        if let Some(user_type) = self.types.get(&name)
            && !is_unknown
        {
            return Err(duplicate(Object::Type(name), user_type.made));
        }
        self.forget_relation(&name);
        self.wholly(|schema| schema.make_table(&name, definition, origin))?;
        if is_unknown
            && *if_not_exists
            && let Some(table) = self.table_mut(&name)
        {
            // Another of that name may have been there, and is there still.
            table.known = false;
        }
        Ok(Vec::new())
    }

    pub(super) fn drop_table(&mut self, operation: &DropTable, origin: Origin) -> Outcome {
        let (mut notices, mut objects) = (Vec::new(), Vec::new());
        for name in &operation.names {
            match self.table_to_alter(name, operation.if_exists)? {
                Target::Found(found) => objects.push(Object::Table(found)),
                Target::Nothing(more) => notices.extend(more),
                Target::Unknown => {}
            }
        }
        notices.extend(self.drop_objects(&objects, operation.cascade, origin)?);
        Ok(notices)
    }

    pub(super) fn alter_table(&mut self, operation: &AlterTable, origin: Origin) -> Outcome {
        if operation.change == TableChange::Nothing {
            return self.check_altered(operation);
        }
        let name = match self.table_to_alter(&operation.table, operation.if_exists)? {
            Target::Found(found) => found,
            Target::Nothing(notices) => return Ok(notices),
            Target::Unknown => return Ok(Vec::new()),
        };
        match &operation.change {
            TableChange::Inherit(parent) => return self.wholly(|schema| schema.inherit(&name, parent)),
            TableChange::NoInherit(parent) => return self.disinherit(&name, parent),
            TableChange::AttachPartition { partition, bound } => {
                return self.wholly(|schema| schema.attach_partition(&name, partition, bound, origin));
            }
            TableChange::DetachPartition(partition) => return self.detach_partition(&name, partition),
            TableChange::RowSecurity(_)
            | TableChange::ForceRowSecurity(_)
            | TableChange::Persistence(_)
            | TableChange::Nothing => {}
        }
        let Some(table) = self.table_mut(&name) else { return Ok(Vec::new()) };
        match &operation.change {
            TableChange::RowSecurity(enabled) => table.row_security = *enabled,
            TableChange::ForceRowSecurity(forced) => table.force_row_security = *forced,
            TableChange::Persistence(persistence) => table.persistence = *persistence,
            _ => {}
        }
        Ok(Vec::new())
    }

    /// A statement that changes nothing a schema holds: its object has to be there.
    fn check_altered(&self, operation: &AlterTable) -> Outcome {
        let AlterTable { table: name, kind, if_exists, .. } = operation;
        let object = |found| match kind {
            RelationKind::Table => Object::Table(found),
            RelationKind::View => Object::View(found),
            RelationKind::MaterializedView => Object::MaterializedView(found),
            RelationKind::Index => Object::Index(found, None),
            RelationKind::Sequence => Object::Sequence(found),
        };
        match self.relation(name) {
            Lookup::Missing => match self.nothing(object(self.new_name(name)), *if_exists)? {
                Target::Nothing(notices) => Ok(notices),
                Target::Found(_) | Target::Unknown => Ok(Vec::new()),
            },
            Lookup::Found((found, relation)) => match (kind, relation) {
                (RelationKind::View | RelationKind::MaterializedView, Relation::Table) => {
                    Err(self.wrong_kind(&found, "view"))
                }
                (RelationKind::Index, Relation::Table) => Err(self.wrong_kind(&found, "index")),
                (RelationKind::Sequence, Relation::Table) => Err(self.wrong_kind(&found, "sequence")),
                _ => Ok(Vec::new()),
            },
            Lookup::Unknown => Ok(Vec::new()),
        }
    }

    /// Makes what an unknown table would give its name to unknown as well.
    pub(super) fn made_elsewhere(&mut self, name: &Name) -> Vec<Notice> {
        self.unknown.names.insert(name.clone());
        Vec::new()
    }
}
