use super::{
    definition,
    phase::Phase,
    plan::{Plan, named, sides},
};
use crate::{
    Name, QualifiedName, Schema,
    compare::Change,
    operation::{
        AlterSequence, CreateSequence, DropSequence, Operation, RelationKind, RenameRelation, SequenceChange,
    },
    schema::Sequence,
};

impl Plan<'_> {
    pub(super) fn mend_sequence(&mut self, name: &QualifiedName, change: &Change) {
        let (drop, create) = sides(change);
        let of_identity = |schema: &Schema| schema.sequences.get(name).is_some_and(|it| it.of_identity);
        let (was, will_be) = (of_identity(self.from), of_identity(self.to));
        if (drop != create && (was || will_be)) || (drop && create && was != will_be) {
            // It comes and goes with the identity of its column.
            return;
        }
        if let Change::OtherName { .. } = change
            && let Some(wanted) = self.to.sequences.get(name)
            && let Some((known, _)) = self.from.sequences.iter().find(|(other, sequence)| {
                sequence.owned_by == wanted.owned_by && !self.to.sequences.contains_key(*other)
            })
        {
            let (kind, name, to) = (RelationKind::Sequence, named(known), name.name.clone());
            let rename = RenameRelation { kind, name, to, if_exists: false };
            return self.add_once(Phase::Rename, Operation::RenameRelation(rename));
        }
        match (self.to.sequences.get(name), create) {
            (Some(wanted), true) if matches!(change, Change::Property { property: "owner", .. }) => {
                self.own_sequence(name, wanted.owned_by.as_ref());
            }
            (Some(wanted), true) if drop => self.alter_sequence(name, wanted),
            (Some(wanted), true) => self.create_sequence(name, wanted),
            _ if drop => self.drop_sequence(name),
            _ => {}
        }
    }

    fn drop_sequence(&mut self, name: &QualifiedName) {
        let drop = DropSequence { names: vec![named(name)], if_exists: false, cascade: false };
        self.add_once(Phase::DropSequence, Operation::DropSequence(drop));
    }

    /// A column takes its numbers from a sequence of the same name, which is that of an identity on one side only.
    pub(super) fn exchange_sequence(&mut self, table: &QualifiedName, column: &Name) {
        let (from, to) = (self.from, self.to);
        let of_identity = |schema: &Schema, name: &QualifiedName| {
            schema.sequences.get(name).is_some_and(|it| it.of_identity)
        };
        for (name, sequence) in definition::sequences_of(to, table, column) {
            if !sequence.of_identity && of_identity(from, name) {
                self.create_sequence(name, sequence);
            }
        }
        for (name, sequence) in definition::sequences_of(from, table, column) {
            if !sequence.of_identity && of_identity(to, name) {
                self.drop_sequence(name);
            }
        }
    }

    /// Makes a sequence before the column that it belongs to, and gives it to the column then.
    pub(super) fn create_sequence(&mut self, name: &QualifiedName, wanted: &Sequence) {
        let create = CreateSequence {
            name: named(name),
            if_not_exists: false,
            data_type: wanted.data_type.clone(),
            options: wanted.options.clone(),
            owned_by: None,
        };
        self.add_once(Phase::CreateSequence, Operation::CreateSequence(create));
        if wanted.owned_by.is_some() {
            self.own_sequence(name, wanted.owned_by.as_ref());
        }
    }

    fn own_sequence(&mut self, name: &QualifiedName, owner: Option<&(QualifiedName, Name)>) {
        let owner = owner.map(|(table, column)| (named(table), column.clone()));
        let changes = vec![SequenceChange::OwnedBy(owner)];
        let own = AlterSequence { name: named(name), if_exists: false, changes };
        self.add_once(Phase::OwnSequence, Operation::AlterSequence(own));
    }

    /// All that counts, whichever property differs.
    fn alter_sequence(&mut self, name: &QualifiedName, wanted: &Sequence) {
        let options = &wanted.options;
        let mut changes = vec![SequenceChange::DataType(wanted.data_type.clone())];
        changes.push(SequenceChange::Increment(options.increment.unwrap_or(1)));
        changes.push(SequenceChange::Min(options.min));
        changes.push(SequenceChange::Max(options.max));
        changes.extend(options.start.map(SequenceChange::Start));
        changes.push(SequenceChange::Cache(options.cache.unwrap_or(1)));
        changes.push(SequenceChange::Cycle(options.cycle));
        let alter = AlterSequence { name: named(name), if_exists: false, changes };
        self.add_once(Phase::AlterColumn, Operation::AlterSequence(alter));
    }
}
