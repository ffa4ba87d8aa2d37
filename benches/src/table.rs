//! What comes out: one Markdown table.

use std::fmt;

/// Whose figure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    /// This project.
    Ours,
    /// What the others are compared with: a bare query, the native client.
    Reference,
    /// sqlx and its `migrate!`.
    Sqlx,
    /// refinery.
    Refinery,
    /// `diesel_migrations`.
    Diesel,
    /// sea-orm-migration.
    SeaOrm,
}

impl Column {
    const ALL: [Self; 6] =
        [Self::Ours, Self::Reference, Self::Sqlx, Self::Refinery, Self::Diesel, Self::SeaOrm];
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ours => "ours",
            Self::Reference => "reference",
            Self::Sqlx => "sqlx",
            Self::Refinery => "refinery",
            Self::Diesel => "diesel",
            Self::SeaOrm => "sea-orm",
        })
    }
}

/// One line of the table.
pub(crate) struct Row {
    figure: &'static str,
    of: String,
    cells: Vec<(Column, String)>,
}

impl Row {
    /// A row without figures.
    pub(crate) fn new(figure: &'static str, of: impl Into<String>) -> Self {
        Self { figure, of: of.into(), cells: Vec::new() }
    }

    /// The same with one figure more.
    pub(crate) fn cell(mut self, column: Column, text: impl Into<String>) -> Self {
        self.cells.push((column, text.into()));
        self
    }

    /// Values beside their ratio to that of one column; `unit` writes a value down.
    pub(crate) fn compared(
        mut self,
        values: &[(Column, f64)],
        with: Column,
        unit: impl Fn(f64) -> String,
    ) -> Self {
        let base = values.iter().find(|(column, _)| *column == with).map(|(_, value)| *value);
        for &(column, value) in values {
            let text = match base {
                Some(base) if column != with => format!("{} ({:.2})", unit(value), value / base),
                _ => unit(value),
            };
            self.cells.push((column, text));
        }
        self
    }
}

/// The rows, and what could not be measured.
#[derive(Default)]
pub(crate) struct Table {
    rows: Vec<Row>,
    skipped: Vec<String>,
}

impl Table {
    /// Adds a row; it is shown at once to whoever waits.
    pub(crate) fn push(&mut self, row: Row) {
        let cells: Vec<_> = row.cells.iter().map(|(column, text)| format!("{column} {text}")).collect();
        eprintln!("{}: {}: {}", row.figure, row.of, cells.join(", "));
        self.rows.push(row);
    }

    /// Says what is left out, and why.
    pub(crate) fn skip(&mut self, line: impl Into<String>) {
        let line = line.into();
        if !self.skipped.contains(&line) {
            eprintln!("skipped: {line}");
            self.skipped.push(line);
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "| figure | of |")?;
        for column in Column::ALL {
            write!(f, " {column} |")?;
        }
        writeln!(f, "\n|---|---|{}", "---:|".repeat(Column::ALL.len()))?;
        for Row { figure, of, cells } in &self.rows {
            write!(f, "| {figure} | {of} |")?;
            for column in Column::ALL {
                let cell = cells.iter().find(|(other, _)| *other == column);
                write!(f, " {} |", cell.map_or("", |(_, text)| text))?;
            }
            writeln!(f)?;
        }
        for line in &self.skipped {
            write!(f, "\nskipped: {line}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_beside_their_ratio() {
        let mut table = Table::default();
        let values = [(Column::Ours, 1.5), (Column::Reference, 1.0), (Column::Diesel, 0.5)];
        let row = Row::new("boot", "SQLite").compared(&values, Column::Reference, |ms| format!("{ms} ms"));
        table.push(row);
        table.skip("sea-orm: no reason");
        assert_eq!(
            table.to_string(),
            "| figure | of | ours | reference | sqlx | refinery | diesel | sea-orm |\n\
             |---|---|---:|---:|---:|---:|---:|---:|\n\
             | boot | SQLite | 1.5 ms (1.50) | 1 ms |  |  | 0.5 ms (0.50) |  |\n\
             \nskipped: sea-orm: no reason"
        );
    }
}
