//! The figures, one a file.

mod apply;
mod boot;
mod build;
mod plan;
mod rebuild;
mod size;
mod starts;

use anyhow::Result;
use clap::ValueEnum;
pub(crate) use starts::take_part;

use crate::table::Table;

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Figure {
    /// A start with nothing to do: messages, round trips, time
    Boot,
    /// Many processes that start at once on an empty database: how many succeed, and how long it takes
    Starts,
    /// Applying a whole history, against the client that comes with the database
    Apply,
    /// Planning over large graphs
    Plan,
    /// Building a service again after one of its migrations was edited
    Rebuild,
    /// What a migration adds to a stripped binary
    Size,
    /// The first build of a service
    Build,
}

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    /// Small numbers, to see that everything works.
    pub(crate) quick: bool,
}

impl Scale {
    /// The number that counts, or the one that is quick.
    pub(crate) fn of(self, full: usize, quick: usize) -> usize {
        if self.quick { quick } else { full }
    }
}

impl Figure {
    /// Takes the figure.
    pub(crate) fn take(self, scale: Scale, table: &mut Table) -> Result<()> {
        match self {
            Self::Boot => boot::take(scale, table),
            Self::Starts => starts::take(scale, table),
            Self::Apply => apply::take(scale, table),
            Self::Plan => plan::take(scale, table),
            Self::Rebuild => rebuild::take(scale, table),
            Self::Size => size::take(scale, table),
            Self::Build => build::take(scale, table),
        }
    }
}

/// A number with separators, for people.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A duration in the unit that suits it.
fn duration(seconds: f64) -> String {
    if seconds < 0.001 {
        format!("{:.0} µs", seconds * 1e6)
    } else if seconds < 1.0 {
        format!("{:.2} ms", seconds * 1e3)
    } else {
        format!("{seconds:.2} s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_durations_read_well() {
        assert_eq!([1, 999, 1_000, 1_234_567].map(thousands), ["1", "999", "1,000", "1,234,567"]);
        assert_eq!([0.000_12, 0.004, 2.5].map(duration), ["120 µs", "4.00 ms", "2.50 s"]);
    }
}
