use super::{
    phase::Phase,
    plan::{Plan, named},
};
use crate::{
    Name, ObjectName, QualifiedName,
    emit::Spelling,
    operation::{AlterColumn, AlterType, ColumnChange, CreateType, DropType, Operation, TypeChange},
    schema::{Column, DataType, Expression, Names, UserTypeKind},
};

impl Plan<'_> {
    /// Makes an enum anew, for a value cannot be taken away or moved: the old type gets another name, the columns go over
    /// to the new one by their text, and the old one is dropped.
    pub(super) fn remake_enum(&mut self, name: &QualifiedName) {
        let Some(wanted) = self.to.types.get(name) else { return };
        if !matches!(wanted.kind, UserTypeKind::Enum(_)) || !self.remade_enums.insert(name.clone()) {
            return;
        }
        let old = Name::exact(&format!("{}_old", name.name));
        let rename = AlterType { name: named(name), change: TypeChange::Rename(old.clone()) };
        self.add(Phase::Rename, Operation::AlterType(Box::new(rename)));
        let create = CreateType { name: named(name), kind: wanted.kind.clone() };
        self.add(Phase::CreateType, Operation::CreateType(Box::new(create)));
        let (from, to) = (self.from, self.to);
        for (table, known) in &from.tables {
            for column in known.columns.iter().filter(|column| is_of(column, name)) {
                let stays = to.tables.get(table).and_then(|table| table.column(&column.name));
                if let Some(stays) = stays.filter(|stays| is_of(stays, name)) {
                    self.convert(table, column, stays);
                }
            }
        }
        let names = vec![ObjectName { schema: Some(name.schema.clone()), name: old }];
        let drop = DropType { names, domain: false, if_exists: false, cascade: false };
        self.add(Phase::DropOldType, Operation::DropType(drop));
    }

    /// The default goes while the type changes: it is of the old one.
    fn convert(&mut self, table: &QualifiedName, known: &Column, wanted: &Column) {
        let Some(data_type) = wanted.data_type.clone() else { return };
        let spelling = Spelling::of(self.to.dialect);
        let mut change = |phase, change| {
            let (table, column) = (named(table), known.name.clone());
            let alter = AlterColumn { table, if_exists: false, column, change };
            self.add_once(phase, Operation::AlterColumn(Box::new(alter)));
        };
        if known.default.is_some() {
            change(Phase::DropDefault, ColumnChange::DropDefault);
        }
        let using = conversion(&known.name, &data_type, spelling);
        let collation = wanted.collation.clone();
        change(Phase::ConvertColumn, ColumnChange::Type { data_type, collation, using: Some(using) });
        if let Some(default) = &wanted.default {
            change(Phase::AlterColumn, ColumnChange::SetDefault(default.clone()));
        }
        self.retyped.insert(table.clone());
    }
}

/// The values of a column as those of another type, by their text.
pub(super) fn conversion(column: &Name, data_type: &DataType, spelling: Spelling) -> Expression {
    let through = if data_type.array { "text[]" } else { "text" };
    let sql = format!("{}::{through}::{}", spelling.name(column), spelling.data_type(data_type));
    let canonical = sql.as_str().into();
    Expression { sql: sql.as_str().into(), canonical, names: Names::default(), exact: false }
}

fn is_of(column: &Column, name: &QualifiedName) -> bool {
    column.data_type.as_ref().is_some_and(|data_type| {
        data_type.name.name == name.name
            && data_type.name.schema.as_ref().is_none_or(|schema| *schema == name.schema)
    })
}
