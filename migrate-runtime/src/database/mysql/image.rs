//! Images of objects, read from the information schema.
//!
//! Rows are hashed one by one, and their hashes put together regardless of order: a `GROUP_CONCAT` would be cut off at a
//! length that the session sets. Each part names one schema and one table by constants, for then MariaDB opens that
//! table, and not every one. What only one of the two servers has stands in a comment that the other skips.

use migrate_core::graph::{Change, ObjectKind, Probe};

/// The image of an object.
pub(super) fn of(probe: &Probe) -> Option<String> {
    let place = Place { schema: probe.schema.as_deref().map_or("DATABASE()".to_owned(), literal) };
    let name = probe.name.as_str();
    let table = probe.table.as_deref();
    let parts = match probe.kind {
        ObjectKind::Table => place.table(name),
        ObjectKind::View => vec![place.view(name)],
        ObjectKind::Column => vec![place.columns(table?).and(&is_called("column_name", name))],
        ObjectKind::Index => vec![place.indexes(table?).and(&is_called("index_name", name))],
        ObjectKind::Constraint => place.constraint(table?, name),
        ObjectKind::Trigger => vec![place.trigger(table, name)],
        ObjectKind::Routine => place.routine(name),
        ObjectKind::Event => vec![place.event(name)],
        // What a sequence does is written in its only row.
        ObjectKind::Sequence if probe.change == Change::Changes => return None,
        ObjectKind::Sequence => vec![place.tables(name).and("table_type = 'SEQUENCE'")],
        ObjectKind::Schema => vec![schema(name)],
    };
    let (first, others) = parts.split_first()?;
    let others: String = others.iter().map(Part::beside).collect();
    let Part { from, filter, .. } = first;
    Some(format!(
        "(SELECT IF(COUNT(*) = 0, NULL, CONCAT({}{others})) FROM {from} WHERE {filter})",
        first.hash()
    ))
}

/// Rows of the information schema that say something of an object.
struct Part {
    columns: &'static str,
    from: &'static str,
    filter: String,
    /// Which servers have the table: what opens a comment that the others skip.
    only: Option<&'static str>,
}

impl Part {
    fn new(from: &'static str, columns: &'static str, filter: String) -> Self {
        Self { columns, from, filter, only: None }
    }

    fn only(self, only: &'static str) -> Self {
        Self { only: Some(only), ..self }
    }

    fn and(mut self, condition: &str) -> Self {
        self.filter = format!("{} AND {condition}", self.filter);
        self
    }

    /// The hash of all its rows, and their number.
    fn hash(&self) -> String {
        let row = format!("SHA2(JSON_ARRAY({}), 256)", self.columns);
        format!("COUNT(*), '.', HEX(BIT_XOR(CAST(CONV(LEFT({row}, 16), 16, 10) AS UNSIGNED)))")
    }

    /// The same as more of the arguments of a call.
    fn beside(&self) -> String {
        let Self { from, filter, only, .. } = self;
        let text = format!(", ' ', (SELECT CONCAT({}) FROM {from} WHERE {filter})", self.hash());
        only.map_or(text.clone(), |only| format!(" {only}{text} */"))
    }
}

/// A text that no setting of the session changes, and no comment ends.
fn literal(text: &str) -> String {
    let digits: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    format!("_utf8mb4 X'{digits}'")
}

/// Compares names of tables and the like, in which case may count. The collation of the column alone would also take
/// `cafe` for `café`.
fn is_named(column: &str, name: &str) -> String {
    let name = literal(name);
    format!(
        "{column} = {name} AND (@@lower_case_table_names > 0 OR CAST({column} AS BINARY) = CAST({name} AS BINARY))"
    )
}

/// Compares names in which case never counts: of columns, indexes, constraints, routines and events.
fn is_called(column: &str, name: &str) -> String {
    let name = literal(name);
    format!("{column} = {name} AND CAST(LOWER({column}) AS BINARY) = CAST(LOWER({name}) AS BINARY)")
}

fn schema(name: &str) -> Part {
    let columns = "default_character_set_name, default_collation_name /*M!100500 , schema_comment */";
    Part::new("information_schema.schemata", columns, is_named("schema_name", name))
}

const MARIADB: &str = "/*M!100200";
const MYSQL_WITH_CHECKS: &str = "/*!80016";

/// The schema in which objects are looked for, as an expression.
struct Place {
    schema: String,
}

impl Place {
    fn of_table(&self, table: &str) -> String {
        format!("table_schema = {} AND {}", self.schema, is_named("table_name", table))
    }

    fn tables(&self, name: &str) -> Part {
        let columns = "table_type, engine, row_format, table_collation, create_options, table_comment";
        Part::new("information_schema.tables", columns, self.of_table(name))
    }

    fn table(&self, name: &str) -> Vec<Part> {
        let mut parts = vec![
            self.tables(name).and("table_type <> 'VIEW'"),
            self.columns(name),
            self.indexes(name),
            self.constraints(name),
            self.keys(name),
            self.foreign_keys(name),
            self.partitions(name),
        ];
        parts.extend(self.checks(name));
        parts
    }

    fn columns(&self, table: &str) -> Part {
        let columns = "column_name, ordinal_position, column_default, is_nullable, column_type, \
                       character_set_name, collation_name, extra, column_comment, generation_expression \
                       /*!80000 , srs_id */";
        Part::new("information_schema.columns", columns, self.of_table(table))
    }

    fn indexes(&self, table: &str) -> Part {
        let columns = "index_name, seq_in_index, non_unique, column_name, collation, sub_part, index_type, comment, \
                       index_comment /*M!100600 , ignored */ /*!80013 , is_visible, expression */";
        Part::new("information_schema.statistics", columns, self.of_table(table))
    }

    fn constraints(&self, table: &str) -> Part {
        let columns = "constraint_name, constraint_type /*!80016 , enforced */";
        Part::new("information_schema.table_constraints", columns, self.of_table(table))
    }

    fn keys(&self, table: &str) -> Part {
        let columns = "constraint_name, ordinal_position, column_name, referenced_table_schema, \
                       referenced_table_name, referenced_column_name";
        Part::new("information_schema.key_column_usage", columns, self.of_table(table))
    }

    fn foreign_keys(&self, table: &str) -> Part {
        let columns = "constraint_name, match_option, update_rule, delete_rule";
        let filter = format!("constraint_schema = {} AND {}", self.schema, is_named("table_name", table));
        Part::new("information_schema.referential_constraints", columns, filter)
    }

    /// In MariaDB names of checks are of their table, in MySQL of the schema.
    fn checks(&self, table: &str) -> [Part; 2] {
        let (from, columns) = ("information_schema.check_constraints", "constraint_name, check_clause");
        let schema = format!("constraint_schema = {}", self.schema);
        let of_table = format!("{schema} AND {}", is_named("table_name", table));
        let listed = format!(
            "{schema} AND constraint_name IN (SELECT constraint_name FROM information_schema.table_constraints \
             WHERE {} AND constraint_type = 'CHECK')",
            self.of_table(table)
        );
        [
            Part::new(from, columns, of_table).only(MARIADB),
            Part::new(from, columns, listed).only(MYSQL_WITH_CHECKS),
        ]
    }

    fn partitions(&self, table: &str) -> Part {
        let columns = "partition_name, subpartition_name, partition_ordinal_position, \
                       subpartition_ordinal_position, partition_method, subpartition_method, partition_expression, \
                       subpartition_expression, partition_description, partition_comment, tablespace_name";
        Part::new("information_schema.partitions", columns, self.of_table(table))
    }

    fn constraint(&self, table: &str, name: &str) -> Vec<Part> {
        let mut parts = vec![self.constraints(table), self.keys(table), self.foreign_keys(table)];
        parts.extend(self.checks(table));
        let is_it = is_called("constraint_name", name);
        parts.into_iter().map(|part| part.and(&is_it)).collect()
    }

    fn view(&self, name: &str) -> Part {
        let columns = "view_definition, check_option, definer, security_type, character_set_client, \
                       collation_connection /*M!100200 , algorithm */";
        Part::new("information_schema.views", columns, self.of_table(name))
    }

    fn trigger(&self, table: Option<&str>, name: &str) -> Part {
        let columns = "event_manipulation, event_object_table, action_condition, action_statement, action_timing, \
                       sql_mode, definer, character_set_client, collation_connection, database_collation";
        let filter = format!("event_object_schema = {} AND {}", self.schema, is_named("trigger_name", name));
        let part = Part::new("information_schema.triggers", columns, filter);
        match table {
            Some(table) => part.and(&is_named("event_object_table", table)),
            None => part,
        }
    }

    fn routine(&self, name: &str) -> Vec<Part> {
        let routine = "routine_type, dtd_identifier, routine_definition, is_deterministic, sql_data_access, \
                       security_type, sql_mode, routine_comment, definer, character_set_client, \
                       collation_connection, database_collation";
        let parameters = "routine_type, ordinal_position, parameter_mode, parameter_name, dtd_identifier";
        let named = |schema: &str, column: &str| {
            format!("{schema} = {} AND {}", self.schema, is_called(column, name))
        };
        vec![
            Part::new("information_schema.routines", routine, named("routine_schema", "routine_name")),
            Part::new("information_schema.parameters", parameters, named("specific_schema", "specific_name")),
        ]
    }

    fn event(&self, name: &str) -> Part {
        let columns = "definer, time_zone, event_definition, event_type, execute_at, interval_value, interval_field, \
                       sql_mode, starts, ends, status, on_completion, event_comment, character_set_client, \
                       collation_connection, database_collation";
        let filter = format!("event_schema = {} AND {}", self.schema, is_called("event_name", name));
        Part::new("information_schema.events", columns, filter)
    }
}
