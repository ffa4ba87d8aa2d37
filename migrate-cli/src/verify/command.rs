use std::fmt::Write as _;

use migrate_analysis::replay::of_catalog;
use migrate_core::compare::compare;
use migrate_runtime::Catalog;

use super::{difference::Found, revisions::revisions};
use crate::{
    Outcome, address,
    arguments::{Verify, VerifyFormat},
    check::{counted, for_people},
    failure::Failure,
    loaded,
    package::Package,
};

/// `cargo migrate verify`
pub(crate) async fn run(arguments: &Verify, colour: bool) -> Result<Outcome, Failure> {
    let package = Package::load(&arguments.place)?;
    let database = address::database(arguments.database_url.as_deref(), &package)?;
    let package = package.or_for(database.dialect());
    if package.report.is_refused() {
        let text =
            for_people(&package.report, colour) + "nothing is compared before these errors are mended\n";
        return Ok(Outcome { text, refused: true });
    }
    let dialect = database.dialect();
    let edition = package.report.editions.iter().find(|edition| edition.dialect == dialect);
    let Some((edition, replay)) = edition.and_then(|edition| Some((edition, edition.replay.as_ref()?)))
    else {
        return Err(Failure::refused(
            format!("what migrations for {dialect} make is not known without a database"),
            "compared are databases of PostgreSQL and SQLite",
        ));
    };
    let graph = loaded::graph(&package);
    let status = graph.on(&database).status().await.map_err(|error| address::failure(&database, error))?;
    let revisions = revisions(&edition.graph, arguments.at.as_ref(), &status, &database)?;
    let count = revisions.len();
    let expected = replay.schema_of(revisions);
    let catalog = Catalog::read(&database).await?;
    let actual = of_catalog(catalog.schema, &catalog.statements);
    let differences = compare(&expected, &actual);
    let found: Vec<Found> = differences.iter().map(|one| Found::new(one, &replay.origins)).collect();
    let text = match arguments.format {
        VerifyFormat::Json => json(&database.to_string(), count, &found),
        VerifyFormat::Text => {
            let mut text = found.iter().map(Found::text).collect::<String>();
            let verdict = match found.len() {
                0 => format!("is as {} it", made(count)),
                many => format!("has {} from what {} it", counted(many, "difference"), made(count)),
            };
            let _ = writeln!(text, "{database} {verdict}");
            if expected.unknown.everything {
                text.push_str("little could be compared: there are statements of which nothing is known\n");
            }
            text
        }
    };
    Ok(Outcome { text, refused: !found.is_empty() })
}

fn made(revisions: usize) -> String {
    format!("{} make{}", counted(revisions, "revision"), if revisions == 1 { "s" } else { "" })
}

fn json(database: &str, revisions: usize, found: &[Found]) -> String {
    let document = serde_json::json!({
        "version": 1,
        "database": database.replace('`', ""),
        "revisions": revisions,
        "differences": found,
    });
    format!("{document:#}\n")
}
