use super::spelling::{Spelling, list, when};
use crate::{
    operation::{
        AlterTable, ColumnDefinition, CreateTable, DropTable, Like, LikePart, MoveRelation, RelationKind,
        RenameRelation, TableChange, TableDefinition,
    },
    schema::{Constraint, ConstraintKind, Partition, Partitioning, Persistence},
};

impl Spelling {
    pub(super) fn create_table(self, operation: &CreateTable) -> String {
        let CreateTable { name, if_not_exists, definition } = operation;
        let persistence = match definition.persistence {
            Persistence::Permanent => "",
            Persistence::Unlogged => "UNLOGGED ",
            Persistence::Temporary => "TEMPORARY ",
        };
        let kind = when(definition.module.is_some(), "VIRTUAL ");
        let name = match definition.persistence {
            Persistence::Temporary => self.name(&name.name),
            _ => self.object(name),
        };
        let guard = when(*if_not_exists, "IF NOT EXISTS ");
        format!("CREATE {persistence}{kind}TABLE {guard}{name}{}", self.table_rest(definition))
    }

    fn table_rest(self, definition: &TableDefinition) -> String {
        if let Some(module) = &definition.module {
            return format!(" USING {module}");
        }
        let mut text = String::new();
        let parts = self.parts(definition);
        if let (Some(bound), Some(parent)) = (&definition.partition, definition.inherits.first()) {
            text = format!(" PARTITION OF {}", self.object(parent));
            if !parts.is_empty() {
                text = format!("{text} (\n    {}\n)", parts.join(",\n    "));
            }
            text = format!("{text} {}", bound.sql);
        } else if let Some(source) = &definition.source {
            if !source.columns.is_empty() {
                text = format!(" {}", self.columns(&source.columns));
            }
            return format!("{text} AS {}", source.query.sql);
        } else {
            let inner =
                if parts.is_empty() { String::new() } else { format!("\n    {}\n", parts.join(",\n    ")) };
            text = format!("{text} ({inner})");
            if !definition.inherits.is_empty() {
                text = format!("{text} INHERITS ({})", self.objects(&definition.inherits));
            }
        }
        if let Some(partitioning) = &definition.partitioning {
            text = format!("{text} PARTITION BY {}", self.partitioning(partitioning));
        }
        let options = match (definition.without_rowid, definition.strict) {
            (true, true) => " WITHOUT ROWID, STRICT",
            (true, false) => " WITHOUT ROWID",
            (false, true) => " STRICT",
            (false, false) => "",
        };
        format!("{text}{options}")
    }

    /// Columns, copies of other tables, constraints.
    fn parts(self, definition: &TableDefinition) -> Vec<String> {
        let mut parts = Vec::new();
        let mut likes = definition.likes.iter().peekable();
        for (place, column) in definition.columns.iter().enumerate() {
            while let Some((_, like)) = likes.next_if(|(before, _)| *before <= place) {
                parts.push(self.like(like));
            }
            parts.push(self.column_definition(column, &definition.constraints));
        }
        parts.extend(likes.map(|(_, like)| self.like(like)));
        let stands_at_column = |constraint: &Constraint| {
            definition.columns.iter().any(|column| self.numbered_by(column, constraint))
        };
        let constraints = definition.constraints.iter().filter(|constraint| !stands_at_column(constraint));
        parts.extend(constraints.map(|constraint| self.constraint(constraint)));
        parts
    }

    /// Whether a constraint is the primary key of a column that is numbered by itself, at which it has to stand then.
    pub(super) fn numbered_by(self, definition: &ColumnDefinition, constraint: &Constraint) -> bool {
        let ConstraintKind::PrimaryKey { columns, .. } = &constraint.kind else { return false };
        let column = &definition.column;
        !self.has_identities() && column.identity.is_some() && **columns == [column.name.clone()]
    }

    fn like(self, like: &Like) -> String {
        let mut text = format!("LIKE {}", self.object(&like.source));
        for part in &like.including {
            text.push_str(match part {
                LikePart::Constraints => " INCLUDING CONSTRAINTS",
                LikePart::Defaults => " INCLUDING DEFAULTS",
                LikePart::Generated => " INCLUDING GENERATED",
                LikePart::Identity => " INCLUDING IDENTITY",
                LikePart::Indexes => " INCLUDING INDEXES",
            });
        }
        text
    }

    /// `PARTITION BY`, from the strategy on.
    pub(crate) fn partitioning(self, partitioning: &Partitioning) -> String {
        let keys = partitioning.keys.iter().map(|key| match key {
            Partition::Column(name) => self.name(name),
            Partition::Expression(expression) => format!("({expression})"),
        });
        format!("{} ({})", partitioning.strategy, list(keys))
    }

    pub(super) fn drop_table(self, operation: &DropTable) -> String {
        let DropTable { names, if_exists, cascade } = operation;
        self.drop("TABLE", &self.objects(names), *if_exists, *cascade)
    }

    /// `DROP`, of things that are listed already.
    pub(super) fn drop(self, what: &str, names: &str, if_exists: bool, cascade: bool) -> String {
        format!("DROP {what} {}{names}{}", when(if_exists, "IF EXISTS "), when(cascade, " CASCADE"))
    }

    pub(super) fn alter_table(self, operation: &AlterTable) -> Option<String> {
        let change = match &operation.change {
            TableChange::RowSecurity(true) => "ENABLE ROW LEVEL SECURITY".to_owned(),
            TableChange::RowSecurity(false) => "DISABLE ROW LEVEL SECURITY".to_owned(),
            TableChange::ForceRowSecurity(true) => "FORCE ROW LEVEL SECURITY".to_owned(),
            TableChange::ForceRowSecurity(false) => "NO FORCE ROW LEVEL SECURITY".to_owned(),
            TableChange::Persistence(Persistence::Unlogged) => "SET UNLOGGED".to_owned(),
            TableChange::Persistence(_) => "SET LOGGED".to_owned(),
            TableChange::Inherit(parent) => format!("INHERIT {}", self.object(parent)),
            TableChange::NoInherit(parent) => format!("NO INHERIT {}", self.object(parent)),
            TableChange::AttachPartition { partition, bound } => {
                format!("ATTACH PARTITION {} {}", self.object(partition), bound.sql)
            }
            TableChange::DetachPartition(partition) => {
                format!("DETACH PARTITION {}", self.object(partition))
            }
            TableChange::Nothing => return None,
        };
        let kind = relation_kind(operation.kind);
        let guard = when(operation.if_exists, "IF EXISTS ");
        Some(format!("ALTER {kind} {guard}{} {change}", self.object(&operation.table)))
    }

    pub(super) fn rename_relation(self, operation: &RenameRelation) -> String {
        let RenameRelation { kind, name, to, if_exists } = operation;
        let guard = when(*if_exists, "IF EXISTS ");
        format!("ALTER {} {guard}{} RENAME TO {}", relation_kind(*kind), self.object(name), self.name(to))
    }

    pub(super) fn move_relation(self, operation: &MoveRelation) -> String {
        let MoveRelation { kind, name, to, if_exists } = operation;
        let guard = when(*if_exists, "IF EXISTS ");
        format!("ALTER {} {guard}{} SET SCHEMA {}", relation_kind(*kind), self.object(name), self.name(to))
    }
}

const fn relation_kind(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Table => "TABLE",
        RelationKind::View => "VIEW",
        RelationKind::MaterializedView => "MATERIALIZED VIEW",
        RelationKind::Index => "INDEX",
        RelationKind::Sequence => "SEQUENCE",
    }
}
