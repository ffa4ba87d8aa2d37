//! All that can be seen of a database: its catalog and the rows of its tables, without anybody's bookkeeping.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use migrate_runtime::Dialect;

use crate::database::Pool;

/// A line for each object of the catalog, and one for the rows of each table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Snapshot(Vec<String>);

impl Snapshot {
    pub(super) async fn of(pool: &Pool) -> Self {
        Self(match pool.dialect() {
            Dialect::Sqlite => sqlite(pool).await,
            Dialect::Postgres => postgres(pool).await,
            Dialect::Mysql => mysql(pool).await,
        })
    }

    /// What is here and not there, and the reverse.
    pub(super) fn difference(&self, expected: &Self) -> Option<String> {
        let only = |ours: &Self, theirs: &Self, mark: char| {
            let lines = ours.0.iter().filter(|line| !theirs.0.contains(line));
            lines.map(|line| format!("{mark} {line}\n")).collect::<String>()
        };
        (self != expected).then(|| only(expected, self, '-') + &only(self, expected, '+'))
    }
}

async fn sqlite(pool: &Pool) -> Vec<String> {
    let ours = "tbl_name NOT LIKE 'migrate%' AND tbl_name NOT LIKE 'sqlite%' AND tbl_name NOT LIKE '%sqlx%' \
                AND tbl_name NOT LIKE 'alembic%'";
    let catalog =
        format!("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE {ours} ORDER BY type, name");
    let mut lines = pool.rows(&catalog).await;
    let tables = format!("SELECT name FROM sqlite_schema WHERE type = 'table' AND {ours} ORDER BY name");
    for table in pool.rows(&tables).await {
        let rows = pool.rows(&format!("SELECT * FROM {table} ORDER BY 1")).await;
        let mut hasher = DefaultHasher::new();
        rows.hash(&mut hasher);
        lines.push(format!("{table} has {} rows, {:x}", rows.len(), hasher.finish()));
    }
    lines.extend(pool.rows("PRAGMA integrity_check").await);
    lines.extend(pool.rows("PRAGMA foreign_key_check").await);
    lines
}

/// Columns by their order, for a number that a dropped column had is never used again.
const POSTGRES: &str = "
WITH rel AS (
    SELECT * FROM pg_class c WHERE relnamespace = 'public'::regnamespace
    AND NOT EXISTS (
        SELECT FROM pg_class t LEFT JOIN pg_index i ON indrelid = t.oid
        WHERE (t.oid = c.oid OR indexrelid = c.oid) AND t.relname ~ '^(migrate_|_sqlx|alembic)'
    )
)
SELECT line FROM (
    SELECT format('relation %s %s %s %s', relname, relkind, reloptions, obj_description(oid, 'pg_class')) AS line
    FROM rel
    UNION ALL
    SELECT format(
        'column %s %s %s %s %s %s',
        relname, row_number() OVER (PARTITION BY rel.oid ORDER BY attnum), attname,
        format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid)
    )
    FROM rel JOIN pg_attribute a ON attrelid = rel.oid AND attnum > 0 AND NOT attisdropped
    LEFT JOIN pg_attrdef d ON adrelid = attrelid AND adnum = attnum
    WHERE relkind IN ('r', 'p', 'v', 'm')
    UNION ALL
    SELECT format('constraint %s %s %s', relname, conname, pg_get_constraintdef(c.oid))
    FROM rel JOIN pg_constraint c ON conrelid = rel.oid
    UNION ALL
    SELECT format('index %s %s', pg_get_indexdef(indexrelid), indisvalid)
    FROM rel JOIN pg_index ON indrelid = rel.oid
    UNION ALL
    SELECT format('view %s %s', relname, pg_get_viewdef(oid)) FROM rel WHERE relkind IN ('v', 'm')
    UNION ALL
    SELECT format('trigger %s', pg_get_triggerdef(t.oid))
    FROM rel JOIN pg_trigger t ON tgrelid = rel.oid AND NOT tgisinternal
    UNION ALL
    SELECT format('function %s', pg_get_functiondef(oid)) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL
    SELECT format('enum %s %s', typname, string_agg(enumlabel, ',' ORDER BY enumsortorder))
    FROM pg_type t JOIN pg_enum ON enumtypid = t.oid GROUP BY typname
) AS lines ORDER BY line
";

async fn postgres(pool: &Pool) -> Vec<String> {
    let mut lines = pool.rows(POSTGRES).await;
    let tables = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace \
                  AND relkind IN ('r', 'm') AND relname !~ '^(migrate_|_sqlx|alembic)' ORDER BY 1";
    for table in pool.rows(tables).await {
        let sum =
            format!("SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM public.{table} t");
        lines.push(format!("{table} has {} rows", pool.rows(&sum).await.join("")));
    }
    lines
}

async fn mysql(pool: &Pool) -> Vec<String> {
    let here = pool.rows("SELECT DATABASE()").await.join("");
    let tables = "SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = DATABASE() \
                  AND table_name NOT RLIKE '^(migrate_|_sqlx|alembic)' ORDER BY 1";
    let mut lines = Vec::new();
    for row in pool.rows(tables).await {
        let (name, kind) = row.split_once('|').unwrap_or_default();
        lines.extend(pool.rows(&format!("SHOW CREATE TABLE `{name}`")).await);
        if kind == "BASE TABLE" {
            lines.extend(pool.rows(&format!("SELECT '{name}', COUNT(*) FROM `{name}`")).await);
            lines.extend(pool.rows(&format!("CHECKSUM TABLE `{name}`")).await);
        }
    }
    let programs = "SELECT trigger_name, event_manipulation, event_object_table, action_timing, action_statement, \
                    sql_mode FROM information_schema.triggers WHERE trigger_schema = DATABASE() \
                    UNION ALL SELECT routine_name, routine_type, dtd_identifier, routine_definition, sql_data_access, \
                    sql_mode FROM information_schema.routines WHERE routine_schema = DATABASE() ORDER BY 1";
    lines.extend(pool.rows(programs).await);
    lines.into_iter().map(|line| line.replace(&here, "here")).collect()
}
