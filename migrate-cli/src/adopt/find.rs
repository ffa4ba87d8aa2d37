use migrate_runtime::{Database, ForeignTable};

use super::{
    ledger::Ledger,
    tool::{TOOLS, Tool},
};
use crate::{arguments::Adopt, failure::Failure};

/// The table of a tool in a database.
pub(super) struct Books {
    pub(super) tool: &'static dyn Tool,
    pub(super) table: ForeignTable,
    /// The schema that it is in, where the database has schemas.
    pub(super) schema: Option<String>,
}

impl Books {
    /// Finds the table that the arguments mean: the only one of a tool, where they name none.
    pub(super) async fn find(
        database: &Database,
        arguments: &Adopt,
        schema: Option<&str>,
    ) -> Result<Self, Failure> {
        let from = arguments.from.as_deref();
        let tools: Vec<&'static dyn Tool> =
            TOOLS.into_iter().filter(|tool| from.is_none_or(|name| name == tool.name())).collect();
        let mut names: Vec<&str> = match &arguments.table {
            Some(table) => vec![table],
            None => tools.iter().map(|tool| tool.table()).collect(),
        };
        names.sort_unstable();
        names.dedup();
        let tables = database.foreign_tables(schema, &names).await?;
        let mut found: Vec<Self> = Vec::new();
        for table in &tables.found {
            let meant = |tool: &&&dyn Tool| arguments.table.is_some() || tool.table() == table.name;
            for tool in tools.iter().filter(meant).filter(|tool| tool.keeps(&table.columns)) {
                found.push(Self { tool: *tool, table: table.clone(), schema: tables.schema.clone() });
            }
        }
        if found.len() > 1 {
            return Err(several(&found));
        }
        let place = tables.schema.as_deref().map_or(String::new(), |schema| format!(", schema `{schema}`"));
        found
            .pop()
            .ok_or_else(|| none(&format!("{database}{place}"), &names, &tables.found, &tables.elsewhere))
    }

    /// Reads what the tool has applied, sorted.
    pub(super) async fn read(&self, database: &Database) -> Result<Ledger, Failure> {
        let mut rows = database.foreign_rows(&self.table, self.tool.columns()).await?;
        rows.sort_unstable();
        let mut ledger = self.tool.read(&rows)?;
        let (Ledger::All(entries) | Ledger::Heads(entries)) = &mut ledger;
        entries.sort_unstable();
        Ok(ledger)
    }
}

fn several(found: &[Books]) -> Failure {
    let one = |books: &Books| format!("`{}` of {}", books.table.name, books.tool.name());
    let tables: Vec<String> = found.iter().map(one).collect();
    let choices: Vec<String> = found.iter().map(|books| format!("`--from {}`", books.tool.name())).collect();
    Failure::refused(
        format!("the database has tables of several tools: {}", tables.join(", ")),
        format!("say which of them has migrated it: {}", choices.join(", ")),
    )
}

fn none(place: &str, names: &[&str], strange: &[ForeignTable], elsewhere: &[String]) -> Failure {
    if let Some(table) = strange.first() {
        return Failure::refused(
            format!(
                "`{}` in {place} is the table of no tool that is known: its columns are {}",
                table.name,
                quoted(&table.columns)
            ),
            "write down by hand what is applied: `cargo migrate stamp <revision>`",
        );
    }
    let message =
        format!("no migration tool has kept its books in {place}: there is none of {}", quoted(names));
    if elsewhere.is_empty() {
        let help = "see that the URL names the right database, and `schema` in migrate.toml the right schema; a table of \
                    another name is named by `--from <TOOL> --table <NAME>`";
        return Failure::refused(message, help);
    }
    let help = format!("there is {}: name its schema in migrate.toml, `schema = \"..\"`", quoted(elsewhere));
    Failure::refused(message, help)
}

fn quoted(names: &[impl AsRef<str>]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}
