use crate::{Error, ErrorKind, Result, database::Room, settings::Settings};

/// The format of the tables that this version reads and writes.
///
/// It is raised by a release that changes the tables; that release reads both formats and raises the number of a
/// database when it first writes to it, and older binaries then refuse to write.
pub(crate) const FORMAT: u32 = 1;

/// The names of the bookkeeping tables, quoted and with their schema.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    pub(crate) state: String,
    pub(crate) version: String,
    pub(crate) history: String,
    plain: [String; 3],
}

/// The columns of each table, in the order in which they are made.
const COLUMNS: [&[&str]; 3] = [
    &[
        "namespace",
        "format",
        "generation",
        "running_revision",
        "running_direction",
        "running_statement",
        "running_script",
        "running_image",
        "running_by",
        "running_session",
        "running_since",
    ],
    &["namespace", "revision", "fingerprint", "parents", "depends_on", "is_head", "down", "applied_at"],
    &[
        "id",
        "namespace",
        "revision",
        "direction",
        "outcome",
        "fingerprint",
        "generation",
        "statements_done",
        "statements",
        "elapsed_ms",
        "runner",
        "error",
        "recorded_at",
    ],
];

impl Names {
    pub(crate) fn new(room: &dyn Room, settings: &Settings, schema: Option<&str>) -> Self {
        let plain = ["state", "version", "history"].map(|table| format!("{}_{table}", settings.prefix));
        let [state, version, history] = plain.each_ref().map(|table| {
            let table = room.identifier(table);
            schema.map_or(table.clone(), |schema| format!("{schema}.{table}"))
        });
        Self { state, version, history, plain }
    }

    /// The plain names as literals, for a query of a catalog.
    pub(crate) fn listed(&self, room: &dyn Room) -> String {
        self.plain.each_ref().map(|table| room.literal(table)).join(", ")
    }

    /// The names of the tables without schema and quotes: state, version, history.
    pub(crate) fn plain(&self) -> &[String; 3] {
        &self.plain
    }

    /// Compares the columns that are there with ours. `false` where no table is there at all, or not every one.
    ///
    /// # Errors
    /// [`ErrorKind::Bookkeeping`] where a table of that name has columns that are not ours, or lacks some.
    pub(crate) fn are_there(&self, columns: &[String]) -> Result<bool> {
        let mut complete = true;
        for (table, expected) in self.plain.iter().zip(COLUMNS) {
            let prefix = format!("{table}.");
            let found: Vec<&str> = columns.iter().filter_map(|column| column.strip_prefix(&prefix)).collect();
            if found.is_empty() {
                complete = false;
                continue;
            }
            let foreign = found.iter().find(|column| !expected.contains(column));
            let missing = expected.iter().find(|column| !found.contains(column));
            let what = match (foreign, missing) {
                (Some(column), _) => format!("has a column `{column}` that is not ours"),
                (None, Some(column)) => format!("has no column `{column}`"),
                (None, None) => continue,
            };
            return Err(Error::new(ErrorKind::Bookkeeping, format!("the table `{table}` {what}")).with_hint(
                "another program, or a newer version of this one, made it: set another `version-table` prefix in \
                 migrate.toml, or update this binary",
            ));
        }
        Ok(complete)
    }
}
