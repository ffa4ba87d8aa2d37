use super::Database;
use crate::{Error, Result, session::Sent};

/// Tables that other programs made, such as those in which other migration tools keep their books.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ForeignTables {
    /// The schema that was looked into, where the database has schemas: the one in which migrations would work.
    pub schema: Option<String>,
    /// Those that are there.
    pub found: Vec<ForeignTable>,
    /// Those that are there in other schemas of the same database: `audit.schema_migrations`.
    pub elsewhere: Vec<String>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ForeignTable {
    /// Its name.
    pub name: String,
    /// The names of its columns, in the table's order.
    pub columns: Vec<String>,
    /// Those of them that hold bytes.
    bytes: Vec<String>,
    /// Its schema and name, quoted.
    qualified: String,
}

impl Database {
    /// Looks for tables by their names, in `schema`, or else in the schema of the connection.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn foreign_tables(&self, schema: Option<&str>, names: &[&str]) -> Result<ForeignTables> {
        let [place, columns] = self.room.foreign_columns(schema, names);
        let mut door = self.door();
        let schema = one_row(door.ask(&place).await, "cannot read the database")?;
        let schema = schema.into_iter().flatten().next();
        let rows = door.ask(&columns).await.rows();
        let rows = rows.map_err(|failure| Error::of_failure("cannot read the database", failure))?;
        let mut tables = ForeignTables { schema: schema.clone(), ..ForeignTables::default() };
        for row in rows {
            let Ok([Some(home), Some(table), Some(column), bytes]) = <[Option<String>; 4]>::try_from(row)
            else {
                continue;
            };
            if schema.as_ref().is_some_and(|schema| *schema != home) {
                let name = format!("{home}.{table}");
                if tables.elsewhere.last() != Some(&name) {
                    tables.elsewhere.push(name);
                }
                continue;
            }
            if tables.found.last().is_none_or(|last| last.name != table) {
                let [home, name] = [&home, &table].map(|name| self.room.identifier(name));
                tables.found.push(ForeignTable {
                    name: table,
                    columns: Vec::new(),
                    bytes: Vec::new(),
                    qualified: format!("{home}.{name}"),
                });
            }
            if let Some(last) = tables.found.last_mut() {
                if bytes.is_some_and(|yes| yes == "t" || yes == "1") {
                    last.bytes.push(column.clone());
                }
                last.columns.push(column);
            }
        }
        if !self.dialect().capabilities().schemas {
            tables.schema = None;
        }
        Ok(tables)
    }

    /// All rows of such a table: the named columns, each value as text. Bytes are digits of base 16, in lower case;
    /// truth is `1` or `true`. They come in no order.
    ///
    /// # Errors
    /// Where the database cannot be read, or has no such column.
    pub async fn foreign_rows(
        &self,
        table: &ForeignTable,
        columns: &[&str],
    ) -> Result<Vec<Vec<Option<String>>>> {
        let value = |column: &&str| {
            // SQLite takes a quoted name that stands alone for a string where there is no such column.
            let name = format!("t.{}", self.room.identifier(column));
            if table.bytes.iter().any(|bytes| bytes == column) {
                self.room.as_hex(&name)
            } else {
                self.room.as_text(&name)
            }
        };
        let columns: Vec<String> = columns.iter().map(value).collect();
        let query = format!("SELECT {} FROM {} t", columns.join(", "), table.qualified);
        let rows = self.door().ask(&query).await.rows();
        rows.map_err(|failure| Error::of_failure(&format!("cannot read `{}`", table.name), failure))
    }
}

fn one_row(sent: Sent, doing: &str) -> Result<Vec<Option<String>>> {
    let rows = sent.rows().map_err(|failure| Error::of_failure(doing, failure))?;
    Ok(rows.into_iter().next().unwrap_or_default())
}
