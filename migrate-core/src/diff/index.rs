use super::{
    phase::Phase,
    plan::{Plan, named, sides},
};
use crate::{
    Name, ObjectName, QualifiedName,
    compare::Change,
    operation::{CreateIndex, DropIndex, Operation, RelationKind, RenameRelation},
    schema::Index,
};

impl Plan<'_> {
    pub(super) fn mend_index(&mut self, table: &QualifiedName, name: &Name, change: &Change) {
        if self.from.views.contains_key(table) && self.dropped_views.contains(table) {
            return;
        }
        if let Change::OtherName { actual, .. } = change {
            let known = self
                .from
                .tables
                .get(table)
                .and_then(|table| table.indexes.keys().find(|known| known.as_str() == actual.as_str()));
            if let Some(known) = known {
                let name_now = ObjectName { schema: Some(table.schema.clone()), name: known.clone() };
                let (kind, to) = (RelationKind::Index, name.clone());
                let rename = RenameRelation { kind, name: name_now, to, if_exists: false };
                self.add_once(Phase::Rename, Operation::RenameRelation(rename));
            }
            return;
        }
        let (drop, create) = sides(change);
        if drop {
            let names = vec![ObjectName { schema: Some(table.schema.clone()), name: name.clone() }];
            let drop = DropIndex { names, if_exists: false, concurrently: false, cascade: false };
            self.add_once(Phase::DropIndex, Operation::DropIndex(drop));
        }
        let of_table = self.to.tables.get(table).and_then(|table| table.indexes.get(name));
        if let Some(wanted) = of_table.filter(|_| create) {
            self.create_index(table, wanted, Phase::CreateIndex);
        } else if let Some(wanted) = self.to.views.get(table).and_then(|view| view.indexes.get(name))
            && create
        {
            self.create_index(table, wanted, Phase::CreateViewIndex);
        }
    }

    pub(super) fn create_index(&mut self, table: &QualifiedName, index: &Index, phase: Phase) {
        let create = CreateIndex::of(&named(table), index);
        self.add(phase, Operation::CreateIndex(Box::new(create)));
    }
}
