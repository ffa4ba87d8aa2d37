//! What is in a database besides the bookkeeping: its schema as text that can be compared, and its rows.

use std::collections::BTreeMap;

use migrate_runtime::Dialect;

use crate::database::Pool;

/// The schema, one object a line, sorted. Two databases have the same schema exactly if these lines are equal.
pub(crate) async fn catalog(pool: &Pool) -> Vec<String> {
    match pool.dialect() {
        Dialect::Sqlite => pool.rows(SQLITE).await.iter().map(|text| normalised(text)).collect(),
        Dialect::Postgres => pool.rows(POSTGRES).await,
        Dialect::Mysql => panic!("the sample history is not for MySQL"),
    }
}

const SQLITE: &str = "
SELECT type || ' ' || name || ' on ' || tbl_name || ': ' || sql
FROM sqlite_schema
WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'migrate\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
ORDER BY type, name
";

const POSTGRES: &str = "
WITH mine AS (
    SELECT oid, relname
    FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relname NOT LIKE 'migrate\\_%'
)
SELECT line FROM (
    SELECT format('column %s %s: %s %s%s %s', relname, row_number() OVER (PARTITION BY attrelid ORDER BY attnum),
        attname, format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN ' not null' END,
        pg_get_expr(adbin, adrelid))
    FROM mine JOIN pg_attribute ON attrelid = mine.oid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE attnum > 0 AND NOT attisdropped
    UNION ALL
    SELECT format('constraint %s on %s: %s', conname, relname, pg_get_constraintdef(pg_constraint.oid))
    FROM mine JOIN pg_constraint ON conrelid = mine.oid
    UNION ALL
    SELECT format('index on %s: %s (valid: %s)', relname, pg_get_indexdef(indexrelid), indisvalid)
    FROM mine JOIN pg_index ON indrelid = mine.oid
    UNION ALL
    SELECT format('trigger on %s: %s', relname, pg_get_triggerdef(pg_trigger.oid))
    FROM mine JOIN pg_trigger ON tgrelid = mine.oid WHERE NOT tgisinternal
    UNION ALL
    SELECT format('function: %s', pg_get_functiondef(oid))
    FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
) AS lines (line) ORDER BY line
";

/// Without what SQLite leaves behind when it edits the text of a table: blanks, and quotes around its new name.
fn normalised(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    let text = words.join(" ").replace('"', "");
    text.replace("( ", "(").replace(" )", ")").replace(" ,", ",")
}

/// The rows of every table.
#[derive(Debug)]
pub(crate) struct Rows(BTreeMap<String, Table>);

#[derive(Debug)]
struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Rows {
    pub(crate) async fn of(pool: &Pool) -> Self {
        let mut tables = BTreeMap::new();
        for line in pool.rows(columns(pool.dialect())).await {
            let (table, column) = line.split_once('|').expect("a table and a column");
            tables.entry(table.to_owned()).or_insert_with(Vec::new).push(column.to_owned());
        }
        let mut rows = BTreeMap::new();
        for (table, columns) in tables {
            let text = format!("SELECT {} FROM {table}", columns.join(", "));
            let lines = pool.rows(&text).await;
            let split = |line: &String| line.split('|').map(str::to_owned).collect::<Vec<_>>();
            let lines: Vec<_> = lines.iter().map(split).collect();
            assert!(lines.iter().all(|line| line.len() == columns.len()), "`|` in a value of {table}");
            rows.insert(table, Table { columns, rows: lines });
        }
        Self(rows)
    }

    /// How many rows there are in a table; none, where it is not there.
    pub(crate) fn count(&self, table: &str) -> usize {
        self.0.get(table).map_or(0, |table| table.rows.len())
    }

    /// Fails unless all rows are the same in what both sides have: tables, and columns of them.
    #[track_caller]
    pub(crate) fn assert_survived(&self, after: &Self, what: &str) {
        for (name, table) in &self.0 {
            let Some(other) = after.0.get(name) else { continue };
            let common: Vec<_> =
                table.columns.iter().filter(|column| other.columns.contains(column)).collect();
            assert_eq!(table.of(&common), other.of(&common), "rows of {name} ({common:?}) after {what}");
        }
    }
}

impl Table {
    /// The values of these columns in all rows, sorted.
    fn of(&self, columns: &[&String]) -> Vec<Vec<&str>> {
        let place = |column: &&String| self.columns.iter().position(|own| own == *column);
        let places: Vec<_> = columns.iter().filter_map(place).collect();
        let mut rows: Vec<Vec<_>> =
            self.rows.iter().map(|row| places.iter().map(|&place| row[place].as_str()).collect()).collect();
        rows.sort_unstable();
        rows
    }
}

fn columns(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => {
            "SELECT tables.name, columns.name
             FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns
             WHERE tables.type = 'table' AND tables.name NOT LIKE 'migrate\\_%' ESCAPE '\\'
                 AND tables.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
             ORDER BY tables.name, columns.cid"
        }
        Dialect::Postgres | Dialect::Mysql => {
            "SELECT relname, attname
             FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
             WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND attnum > 0
                 AND NOT attisdropped AND relname NOT LIKE 'migrate\\_%'
             ORDER BY relname, attnum"
        }
    }
}
