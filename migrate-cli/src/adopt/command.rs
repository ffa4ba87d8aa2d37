use migrate_analysis::source::Layout;
use migrate_runtime::{Database, ErrorKind, Graph};

use super::{
    baseline::{Baseline, Wanted},
    find::Books,
    ledger::Ledger,
    summary::Summary,
    takeover::Takeover,
};
use crate::{
    Outcome, address,
    arguments::Adopt,
    check::{counted, for_people},
    failure::Failure,
    loaded,
    package::Package,
};

/// `cargo migrate adopt`
pub(crate) async fn run(arguments: &Adopt, colour: bool) -> Result<Outcome, Failure> {
    let package = Package::load(&arguments.place)?;
    let database = address::database(arguments.database_url.as_deref(), &package)?;
    let package = package.or_for(database.dialect());
    if package.report.is_refused() {
        let text =
            for_people(&package.report, colour) + "nothing is adopted before these errors are mended\n";
        return Ok(Outcome { text, refused: true });
    }
    let graph = loaded::graph(&package);
    let before = graph.on(&database).status().await.map_err(|error| address::failure(&database, error))?;
    // A graph that has none for this database has just been refused.
    let edition = graph.edition(database.dialect()).unwrap_or(&migrate_core::Graph::EMPTY);
    let books = Books::find(&database, arguments, package.config.schema.as_deref()).await?;
    let ledger = books.read(&database).await?;
    let takeover = Takeover::of(books.tool, &books.table.name, &ledger, edition)?;
    if takeover.applied.is_empty() {
        return Ok(Outcome { text: nothing_applied(&database, &books, edition.len()), refused: false });
    }
    let new = if arguments.dry_run {
        takeover
            .applied
            .iter()
            .filter(|one| before.pending.iter().any(|other| other.revision == one.id()))
            .count()
    } else {
        write(&graph, &database, &books, &ledger, &takeover).await?
    };
    let path = &package.configuration;
    let layout = package.report.layout.map(Layout::name);
    let wanted = Wanted { heads: takeover.heads(), layout, database: database.dialect() };
    let baseline = Baseline::set(path, &wanted, arguments.dry_run)?;
    let summary = Summary {
        database: &database,
        books: &books,
        graph: edition,
        takeover: &takeover,
        new,
        baseline: &baseline,
        dry: arguments.dry_run,
    };
    Ok(Outcome { text: summary.text(), refused: false })
}

/// Writes down what is taken over; how many revisions were new.
async fn write(
    graph: &Graph,
    database: &Database,
    books: &Books,
    ledger: &Ledger,
    takeover: &Takeover<'_>,
) -> Result<usize, Failure> {
    let tool = books.tool.name();
    let written = graph.on(database).adopt(takeover.ids()).await;
    let report = written.map_err(|error| match error.kind() {
        ErrorKind::InUse => Failure::refused(
            error.to_string(),
            format!(
                "if {tool} has migrated the database since it was adopted, let nothing do so any more, and write down the \
                 rest: `cargo migrate stamp {}`",
                takeover.heads().join(",")
            ),
        ),
        _ => error.into(),
    })?;
    // Nothing keeps another tool out; but it leaves traces.
    if books.read(database).await? != *ledger {
        return Err(Failure::refused(
            format!(
                "{tool} has migrated the database meanwhile: what was taken over is what was there before"
            ),
            format!(
                "let nothing migrate with {tool} any more; what `{}` has beyond that is written down by \
                 `cargo migrate stamp <revision>`",
                books.table.name
            ),
        ));
    }
    Ok(report.stamped.len())
}

fn nothing_applied(database: &Database, books: &Books, revisions: usize) -> String {
    format!(
        "{tool}: `{table}` in {database} is empty: nothing is applied, and there is nothing to take over\n\
         an upgrade applies all of it: {revisions} pending\n",
        tool = books.tool.name(),
        table = books.table.name,
        revisions = counted(revisions, "revision"),
    )
}
