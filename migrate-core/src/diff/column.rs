use super::{
    definition,
    enumeration::conversion,
    phase::Phase,
    plan::{Plan, named},
};
use crate::{
    Name, QualifiedName, Schema,
    compare::Change,
    emit::Spelling,
    operation::{AddColumn, AlterColumn, ColumnChange, DropColumn, Operation, RelationKind, RenameRelation},
    schema::{Column, Identity},
};

impl Plan<'_> {
    pub(super) fn mend_column(&mut self, table: &QualifiedName, name: &Name, change: &Change) {
        let known = self.from.tables.get(table).and_then(|table| table.column(name));
        let wanted = self.to.tables.get(table).and_then(|table| table.column(name));
        match (change, known, wanted) {
            (Change::Missing { .. }, _, Some(wanted)) => self.add_column(table, wanted),
            (Change::LeftOver { .. }, Some(_), _) => self.drop_column(table, name),
            (Change::Property { property, .. }, Some(known), Some(wanted)) => {
                self.alter_column(table, property, known, wanted);
            }
            _ => {}
        }
    }

    fn add_column(&mut self, table: &QualifiedName, wanted: &Column) {
        let definition = definition::column(self.to, table, wanted);
        if !definition.serial {
            self.sequences_of(table, wanted);
        }
        let add = AddColumn { table: named(table), if_exists: false, if_not_exists: false, definition };
        self.add(Phase::AddColumn, Operation::AddColumn(Box::new(add)));
    }

    /// What a column that is made needs of sequences: those that nothing else makes, and their names.
    pub(super) fn sequences_of(&mut self, table: &QualifiedName, column: &Column) {
        let to = self.to;
        for (name, sequence) in definition::sequences_of(to, table, &column.name) {
            if !sequence.of_identity {
                self.create_sequence(name, sequence);
            } else if !definition::is_made_name(name, table, &column.name) {
                let made = Name::exact(&format!("{}_{}_seq", table.name, column.name));
                let kind = RelationKind::Sequence;
                let now = named(&QualifiedName::new(table.schema.clone(), made));
                let rename = RenameRelation { kind, name: now, to: name.name.clone(), if_exists: false };
                self.add(Phase::OwnSequence, Operation::RenameRelation(rename));
            }
        }
    }

    fn drop_column(&mut self, table: &QualifiedName, column: &Name) {
        let drop = DropColumn {
            table: named(table),
            if_exists: false,
            column: column.clone(),
            if_column_exists: false,
            cascade: false,
        };
        self.add_once(Phase::DropColumn, Operation::DropColumn(drop));
    }

    fn alter_column(&mut self, table: &QualifiedName, property: &str, known: &Column, wanted: &Column) {
        match property {
            "expression" => {
                self.drop_column(table, &known.name);
                self.add_column(table, wanted);
            }
            "type" | "collation" => {
                self.change_type(table, known, wanted);
            }
            "nullability" if wanted.not_null => self.change(table, wanted, ColumnChange::SetNotNull),
            "nullability" => self.change(table, wanted, ColumnChange::DropNotNull),
            "default" => match &wanted.default {
                Some(default) => {
                    let uses = known.default.as_ref().map(|known| &known.names);
                    if uses.is_some_and(|uses| !uses.functions.is_empty() || !uses.sequences.is_empty()) {
                        // What it calls may have to go meanwhile.
                        self.change_in(Phase::DropDefault, table, wanted, ColumnChange::DropDefault);
                    }
                    self.change(table, wanted, ColumnChange::SetDefault(default.clone()));
                }
                None => self.change_in(Phase::DropDefault, table, wanted, ColumnChange::DropDefault),
            },
            _ => self.change_identity(table, known, wanted),
        }
    }

    /// Where the database does not convert values by itself, they are by their text; their default is set anew then.
    fn change_type(&mut self, table: &QualifiedName, known: &Column, wanted: &Column) {
        let Some(data_type) = wanted.data_type.clone() else { return };
        let from = known.data_type.as_ref();
        let converts =
            |schema: &Schema| from.is_none_or(|from| schema.casts(from, &data_type) != Some(false));
        let by_itself = converts(self.from) && converts(self.to);
        let using = (!by_itself).then(|| conversion(&wanted.name, &data_type, Spelling::of(self.to.dialect)));
        if !by_itself && known.default.is_some() {
            self.change_in(Phase::DropDefault, table, wanted, ColumnChange::DropDefault);
        }
        let collation = wanted.collation.clone();
        self.change(table, wanted, ColumnChange::Type { data_type, collation, using });
        if let Some(default) = wanted.default.as_ref().filter(|_| !by_itself) {
            self.change(table, wanted, ColumnChange::SetDefault(default.clone()));
        }
    }

    fn change_identity(&mut self, table: &QualifiedName, known: &Column, wanted: &Column) {
        self.exchange_sequence(table, &known.name);
        match (&known.identity, &wanted.identity) {
            (Some(_), None) => {
                let drop = ColumnChange::DropIdentity { if_exists: false };
                self.change_in(Phase::DropDefault, table, wanted, drop);
            }
            (None, Some(identity)) => {
                let identity = definition::declared(self.to, identity);
                self.change(table, wanted, ColumnChange::AddIdentity(identity));
            }
            (Some(_), Some(Identity { always, .. })) => {
                let set = ColumnChange::SetIdentity { always: Some(*always), options: None };
                self.change(table, wanted, set);
            }
            (None, None) => {}
        }
    }

    fn change(&mut self, table: &QualifiedName, column: &Column, change: ColumnChange) {
        self.change_in(Phase::AlterColumn, table, column, change);
    }

    fn change_in(&mut self, phase: Phase, table: &QualifiedName, column: &Column, change: ColumnChange) {
        let (table, column) = (named(table), column.name.clone());
        let alter = AlterColumn { table, if_exists: false, column, change };
        self.add_once(phase, Operation::AlterColumn(Box::new(alter)));
    }
}
