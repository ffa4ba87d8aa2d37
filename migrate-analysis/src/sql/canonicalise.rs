use std::sync::Arc;

use migrate_core::schema::{
    Column, Constraint, ConstraintKind, DataType, Expression, Index, IndexTarget, Partition, Policy, Query,
    Schema, Table, Trigger, UserTypeKind,
};

/// How the raw texts of a catalog are read.
#[derive(Clone, Copy)]
pub(super) struct Reader {
    /// An expression; `None` where it cannot be read.
    pub(super) expression: fn(&str) -> Option<Expression>,
    /// A query.
    pub(super) query: fn(&str) -> Option<Query>,
    /// `FOR VALUES ..`.
    pub(super) bound: fn(&str) -> Option<Expression>,
    /// A type with all that stands behind it.
    pub(super) data_type: fn(&str) -> Option<DataType>,
}

/// Reads the raw texts of a schema that was read from a catalog.
///
/// A catalog gives expressions and queries as texts alone. Each is parsed, so that it has the canonical form and the
/// names that the same piece of SQL has when a script is lowered. What cannot be read is not exact, and is never said
/// to differ.
pub fn canonicalise(schema: &mut Schema) {
    match schema.dialect {
        #[cfg(feature = "postgres")]
        migrate_core::Dialect::Postgres => super::postgres::READER.schema(schema),
        // The catalog of SQLite holds the statements themselves, and they are lowered; there is no grammar of MySQL.
        _ => {}
    }
}

#[cfg_attr(not(feature = "postgres"), expect(dead_code, reason = "there is no grammar to read by"))]
impl Reader {
    fn schema(self, schema: &mut Schema) {
        for table in schema.tables.values_mut() {
            self.table(Arc::make_mut(table));
        }
        for view in schema.views.values_mut() {
            let view = Arc::make_mut(view);
            self.query(&mut view.query);
            view.indexes.values_mut().for_each(|index| self.index(index));
            view.triggers.values_mut().for_each(|trigger| self.trigger(trigger));
            for column in view.columns.iter_mut().flatten() {
                column.data_type.iter_mut().for_each(|ty| self.data_type(ty));
            }
        }
        for sequence in schema.sequences.values_mut() {
            self.data_type(&mut Arc::make_mut(sequence).data_type);
        }
        for ty in schema.types.values_mut() {
            match &mut Arc::make_mut(ty).kind {
                UserTypeKind::Domain(domain) => {
                    self.data_type(&mut domain.base);
                    domain.default.iter_mut().for_each(|default| self.expression(default));
                    domain.checks.iter_mut().for_each(|check| self.constraint(check));
                }
                UserTypeKind::Composite(attributes) => {
                    attributes.iter_mut().for_each(|attribute| self.data_type(&mut attribute.data_type));
                }
                UserTypeKind::Range { subtype, .. } => self.data_type(subtype),
                UserTypeKind::Enum(_) | UserTypeKind::Other => {}
            }
        }
        for function in schema.functions.values_mut() {
            for argument in &mut Arc::make_mut(function).arguments {
                self.data_type(&mut argument.data_type);
                argument.default.iter_mut().for_each(|default| self.expression(default));
            }
        }
    }

    fn table(self, table: &mut Table) {
        table.columns.iter_mut().for_each(|column| self.column(column));
        table.constraints.iter_mut().for_each(|constraint| self.constraint(constraint));
        table.indexes.values_mut().for_each(|index| self.index(index));
        table.triggers.values_mut().for_each(|trigger| self.trigger(trigger));
        table.policies.values_mut().for_each(|policy| self.policy(policy));
        for key in table.partitioning.iter_mut().flat_map(|partitioning| &mut partitioning.keys) {
            if let Partition::Expression(key) = key {
                self.expression(key);
            }
        }
        if let Some(bound) = &mut table.partition {
            read(&mut bound.sql, self.bound);
        }
    }

    fn column(self, column: &mut Column) {
        column.data_type.iter_mut().for_each(|ty| self.data_type(ty));
        column.default.take_if(|default| is_null(&default.sql));
        let keeps_texts = column.data_type.as_ref().is_some_and(keeps_texts);
        if let Some(default) = &mut column.default {
            self.expression(default);
            default.exact &= keeps_texts || !default.sql.starts_with('\'');
        }
        if let Some(generated) = &mut column.generated {
            self.expression(&mut generated.expression);
        }
    }

    fn constraint(self, constraint: &mut Constraint) {
        match &mut constraint.kind {
            ConstraintKind::Check { expression, .. } => self.expression(expression),
            ConstraintKind::Exclude { elements, predicate, .. } => {
                for element in elements {
                    self.target(&mut element.key.target);
                }
                predicate.iter_mut().for_each(|predicate| self.expression(predicate));
            }
            ConstraintKind::PrimaryKey { .. }
            | ConstraintKind::Unique { .. }
            | ConstraintKind::ForeignKey(_)
            | ConstraintKind::NotNull { .. } => {}
        }
    }

    fn index(self, index: &mut Index) {
        index.keys.iter_mut().for_each(|key| self.target(&mut key.target));
        index.predicate.iter_mut().for_each(|predicate| self.expression(predicate));
    }

    fn target(self, target: &mut IndexTarget) {
        if let IndexTarget::Expression(expression) = target {
            self.expression(expression);
        }
    }

    fn trigger(self, trigger: &mut Trigger) {
        trigger.condition.iter_mut().for_each(|condition| self.expression(condition));
    }

    fn policy(self, policy: &mut Policy) {
        policy.using.iter_mut().for_each(|using| self.expression(using));
        policy.check.iter_mut().for_each(|check| self.expression(check));
    }

    fn expression(self, expression: &mut Expression) {
        read(expression, self.expression);
    }

    fn query(self, query: &mut Query) {
        match (self.query)(&query.sql) {
            Some(parsed) => *query = Query { sql: Arc::clone(&query.sql), ..parsed },
            None => query.exact = false,
        }
    }

    /// A type may have been given with all that stands behind its name.
    fn data_type(self, ty: &mut DataType) {
        let name = ty.name.name.as_str();
        let is_raw = ty.name.schema.is_none() && (name.contains('(') || name.ends_with("[]"));
        if is_raw && let Some(parsed) = (self.data_type)(name) {
            *ty = parsed;
        }
    }
}

/// Whether the server shows a value of this type as it was written: not `'epoch'`, which it shows as a point in time, and
/// not `'{"a":1}'` as a `jsonb`.
fn keeps_texts(ty: &DataType) -> bool {
    const TYPES: [&str; 10] = [
        "\"char\"",
        "bit",
        "bit varying",
        "character",
        "character varying",
        "citext",
        "json",
        "name",
        "text",
        "xml",
    ];
    !ty.array && (ty.name.schema.is_some() || TYPES.contains(&ty.name.name.as_str()))
}

/// Whether it is a null of a type, which is what there is without a default: the one of a script is left out as well.
fn is_null(sql: &str) -> bool {
    let is_in_type = |letter: char| letter.is_alphanumeric() || " _,.()[]\"".contains(letter);
    sql.strip_prefix("NULL::").is_some_and(|ty| ty.chars().all(is_in_type))
}

fn read(expression: &mut Expression, parse: fn(&str) -> Option<Expression>) {
    match parse(&expression.sql) {
        Some(parsed) => *expression = Expression { sql: Arc::clone(&expression.sql), ..parsed },
        None => expression.exact = false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_null;

    #[test]
    fn a_null_of_a_type_is_no_default() {
        for sql in ["NULL::character varying", "NULL::app.\"Mood\"[]", "NULL::numeric"] {
            assert!(is_null(sql), "{sql}");
        }
        for sql in ["'NULL'::text", "NULL::integer + 1", "now()"] {
            assert!(!is_null(sql), "{sql}");
        }
    }
}
