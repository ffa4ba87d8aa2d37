use migrate_analysis::replay::Origins;
use migrate_core::{
    compare::{Change, Difference},
    schema::Origin,
};
use serde::Serialize;

/// A difference, for people and machines.
#[derive(Serialize)]
pub(super) struct Found {
    /// The whole sentence.
    message: String,
    /// Which kind of object it is about, and its name.
    kind: &'static str,
    object: String,
    /// `missing`, `left-over`, `property`, `other-name` or `column-order`.
    change: &'static str,
    property: Option<&'static str>,
    expected: Option<String>,
    actual: Option<String>,
    /// Where the object was made that is expected, in the migration directory.
    file: Option<String>,
    line: Option<usize>,
    #[serde(skip)]
    statement: Option<String>,
}

impl Found {
    pub(super) fn new(difference: &Difference, origins: &Origins) -> Self {
        let Difference { object, change } = difference;
        let mut found = Self {
            message: difference.to_string(),
            kind: object.kind().word(),
            object: object
                .to_string()
                .split_once('`')
                .map_or_else(String::new, |(_, name)| name.replace('`', "")),
            change: "column-order",
            property: None,
            expected: None,
            actual: None,
            file: None,
            line: None,
            statement: None,
        };
        match change {
            Change::Missing { made } => {
                found.change = "missing";
                found.place(*made, origins);
            }
            Change::LeftOver { .. } => found.change = "left-over",
            Change::Property { property, expected, actual, made } => {
                found.change = "property";
                found.property = Some(property);
                found.expected = Some(expected.clone());
                found.actual = Some(actual.clone());
                found.place(made.0, origins);
            }
            Change::OtherName { actual, made } => {
                found.change = "other-name";
                found.actual = Some(actual.clone());
                found.place(made.0, origins);
            }
            Change::ColumnOrder => {}
        }
        found
    }

    fn place(&mut self, made: Origin, origins: &Origins) {
        let Some(place) = origins.place(made) else { return };
        let text = place.file.text();
        let start = (place.span.start as usize).min(text.len());
        self.line = Some(text.as_bytes()[..start].iter().filter(|byte| **byte == b'\n').count() + 1);
        self.file = Some(place.file.path().to_owned());
        self.statement = place.span.of(text).lines().next().map(str::to_owned);
    }

    /// The sentence and, below it, where the object was made.
    pub(super) fn text(&self) -> String {
        let mut text = format!("{}\n", self.message);
        if let (Some(file), Some(line), Some(statement)) = (&self.file, self.line, &self.statement) {
            text.push_str(&format!("    {file}:{line}: {statement}\n"));
        }
        text
    }
}
