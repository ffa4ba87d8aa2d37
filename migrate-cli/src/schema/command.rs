use migrate_analysis::Edition;
use migrate_core::{
    Schema,
    emit::script,
    graph::{Applied, Target},
};

use super::document::document;
use crate::{
    Outcome,
    arguments::{self, SchemaFormat},
    check::for_people,
    failure::Failure,
    package::Package,
};

/// `cargo migrate schema`
pub(crate) fn run(arguments: &arguments::Schema, colour: bool) -> Result<Outcome, Failure> {
    let report = Package::load(&arguments.place)?.report;
    if !report.complete || report.editions.is_empty() {
        let text =
            for_people(&report, colour) + "there is no schema to show before these errors are mended\n";
        return Ok(Outcome { text, refused: true });
    }
    let edition = only(&report.editions)?;
    let schema = schema(edition, arguments.at.as_ref())?;
    let text = match arguments.format {
        SchemaFormat::Sql => script(&schema),
        SchemaFormat::Json => document(&schema),
    };
    Ok(Outcome { text, refused: false })
}

/// The edition that is meant.
fn only(editions: &[Edition]) -> Result<&Edition, Failure> {
    match editions {
        [only] => Ok(only),
        several => {
            let names: Vec<String> = several.iter().map(|one| format!("`{}`", one.dialect)).collect();
            Err(Failure::usage(
                format!("the history is for {}", names.join(" and ")),
                "say whose schema to show: `--database <NAME>`",
            ))
        }
    }
}

/// The schema at a target, or at all heads. What is unknown of every database, such as the tables of tools, is left out.
fn schema(edition: &Edition, target: Option<&Target>) -> Result<Schema, Failure> {
    let Some(replay) = &edition.replay else {
        let message = format!("the SQL of {} cannot be read yet", edition.dialect);
        return Err(Failure::refused(message, "`--database` takes `sqlite` and `postgres`"));
    };
    let mut schema = match target {
        None => replay.head.clone(),
        Some(target) => {
            let plan = edition.graph.plan_upgrade(&Applied::none(&edition.graph), target)?;
            replay.schema_of(plan.steps.iter().map(|step| step.revision))
        }
    };
    schema.unknown.names.retain(|name| !replay.beginning.unknown.names.contains(name));
    Ok(schema)
}
