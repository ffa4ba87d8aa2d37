use std::{fmt, str::FromStr};

/// How a runner finds out what became of a statement that cannot share a transaction with its bookkeeping, when it was
/// announced and then the process or the connection died, or the server reported an error.
///
/// The compiler writes one for each such statement, from what the statement does. At run time the objects are looked at
/// before the statement is sent, and again in doubt: what has not changed was not done.
///
/// It has a text form, in which a graph carries it. What is whole and may be run again, as most statements are, needs no
/// more than its probes there:
///
/// ```
/// use migrate_core::graph::{Change, Doubt, ObjectKind, Probe, Recovery};
///
/// let recovery = Recovery {
///     probes: vec![Probe::new(Change::Appears, ObjectKind::Column, "priority").of_table("tasks")],
///     piecewise: false,
///     doubt: Doubt::Again,
/// };
/// assert_eq!(recovery.to_string(), "appears column - tasks priority");
/// assert_eq!(Recovery::IDEMPOTENT.to_string(), "whole again");
/// assert_eq!(recovery.to_string().parse(), Ok(recovery));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// The objects that the statement changes in a way that can be seen in the catalog.
    pub probes: Vec<Probe>,
    /// Whether an error or a crash may leave some of the objects changed and others not. Else it is all or none.
    pub piecewise: bool,
    /// What to do where the objects look as they did before the statement, or there is none to look at.
    pub doubt: Doubt,
}

/// What the catalog does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The statement was not carried out, or it does no harm twice: it is run again.
    Again,
    /// It may have been carried out: people have to say.
    Ask,
}

/// An object of the catalog, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// What becomes of it.
    pub change: Change,
    /// What it is.
    pub kind: ObjectKind,
    /// Its schema, or the database on MySQL; `None` where the statement does not say.
    pub schema: Option<String>,
    /// Its table, where it belongs to one and the statement says so.
    pub table: Option<String>,
    /// Its name, as the database keeps it.
    pub name: String,
}

/// What becomes of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is not there before, and is there after.
    Appears,
    /// It is there before, and is gone after.
    Goes,
    /// It is there before and after, and looks different.
    Changes,
}

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectKind {
    /// A table, with all that belongs to it.
    Table,
    /// A view.
    View,
    /// A column of a table.
    Column,
    /// An index; its table is known on MySQL only.
    Index,
    /// A constraint of a table.
    Constraint,
    /// A trigger.
    Trigger,
    /// A function or a procedure.
    Routine,
    /// A scheduled event.
    Event,
    /// A sequence.
    Sequence,
    /// A schema, which is a database on MySQL.
    Schema,
}

impl Recovery {
    /// A statement of which nothing is known.
    pub const UNKNOWN: Self = Self { probes: Vec::new(), piecewise: false, doubt: Doubt::Ask };

    /// A statement that may be run again whatever became of it.
    pub const IDEMPOTENT: Self = Self { probes: Vec::new(), piecewise: false, doubt: Doubt::Again };
}

impl Probe {
    /// What becomes of an object of this name.
    #[must_use]
    pub fn new(change: Change, kind: ObjectKind, name: impl Into<String>) -> Self {
        Self { change, kind, schema: None, table: None, name: name.into() }
    }

    /// The same, in a table.
    #[must_use]
    pub fn of_table(mut self, table: impl Into<String>) -> Self {
        self.table = Some(table.into());
        self
    }

    /// The same, in a schema, where one is given.
    #[must_use]
    pub fn in_schema(mut self, schema: Option<impl Into<String>>) -> Self {
        self.schema = schema.map(Into::into);
        self
    }
}

const CHANGES: [(Change, &str); 3] =
    [(Change::Appears, "appears"), (Change::Goes, "goes"), (Change::Changes, "changes")];

const KINDS: [(ObjectKind, &str); 10] = [
    (ObjectKind::Table, "table"),
    (ObjectKind::View, "view"),
    (ObjectKind::Column, "column"),
    (ObjectKind::Index, "index"),
    (ObjectKind::Constraint, "constraint"),
    (ObjectKind::Trigger, "trigger"),
    (ObjectKind::Routine, "routine"),
    (ObjectKind::Event, "event"),
    (ObjectKind::Sequence, "sequence"),
    (ObjectKind::Schema, "schema"),
];

fn word<T: Copy + PartialEq>(words: &[(T, &'static str)], value: T) -> &'static str {
    words.iter().find(|(known, _)| *known == value).map_or("", |(_, word)| word)
}

fn value<T: Copy>(words: &[(T, &str)], word: &str) -> Result<T, InvalidRecovery> {
    words.iter().find(|(_, known)| *known == word).map(|(value, _)| *value).ok_or(InvalidRecovery)
}

impl fmt::Display for ObjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(word(&KINDS, *self))
    }
}

impl fmt::Display for Recovery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { probes, piecewise, doubt } = self;
        let mut before = "";
        if probes.is_empty() || *piecewise || *doubt == Doubt::Ask {
            f.write_str(if *piecewise { "pieces" } else { "whole" })?;
            f.write_str(if *doubt == Doubt::Again { " again" } else { " ask" })?;
            before = "\n";
        }
        for probe in probes {
            write!(f, "{before}{probe}")?;
            before = "\n";
        }
        Ok(())
    }
}

impl fmt::Display for Probe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { change, kind, schema, table, name } = self;
        write!(f, "{} {kind}", word(&CHANGES, *change))?;
        for name in [schema.as_deref(), table.as_deref(), Some(name)] {
            match name {
                None => f.write_str(" -")?,
                Some(name) => write!(f, " {}", escaped(name))?,
            }
        }
        Ok(())
    }
}

/// A name without blanks and line ends, which is never `-` nor empty.
fn escaped(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '\\' => text.push_str("\\\\"),
            ' ' => text.push_str("\\s"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            c => text.push(c),
        }
    }
    if text.is_empty() || text == "-" { format!("\\e{text}") } else { text }
}

fn unescaped(text: &str) -> Result<Option<String>, InvalidRecovery> {
    if text == "-" {
        return Ok(None);
    }
    let mut name = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            name.push(c);
            continue;
        }
        match chars.next() {
            Some('\\') => name.push('\\'),
            Some('s') => name.push(' '),
            Some('n') => name.push('\n'),
            Some('r') => name.push('\r'),
            Some('e') => {}
            _ => return Err(InvalidRecovery),
        }
    }
    Ok(Some(name))
}

/// A text that is no [`Recovery`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidRecovery;

impl fmt::Display for InvalidRecovery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this does not say how a statement is recovered")
    }
}

impl std::error::Error for InvalidRecovery {}

impl FromStr for Recovery {
    type Err = InvalidRecovery;

    fn from_str(text: &str) -> Result<Self, InvalidRecovery> {
        let (first, others) = text.split_once('\n').map_or((text, None), |(first, rest)| (first, Some(rest)));
        let (piecewise, doubt, probes) = match first {
            "whole again" => (false, Doubt::Again, others),
            "whole ask" => (false, Doubt::Ask, others),
            "pieces again" => (true, Doubt::Again, others),
            "pieces ask" => (true, Doubt::Ask, others),
            _ => (false, Doubt::Again, Some(text)),
        };
        let probes = probes.into_iter().flat_map(|probes| probes.split('\n'));
        let probes = probes.map(str::parse).collect::<Result<_, _>>()?;
        Ok(Self { probes, piecewise, doubt })
    }
}

impl FromStr for Probe {
    type Err = InvalidRecovery;

    fn from_str(line: &str) -> Result<Self, InvalidRecovery> {
        let words: Vec<&str> = line.split(' ').collect();
        let [change, kind, schema, table, name] = words[..] else { return Err(InvalidRecovery) };
        Ok(Self {
            change: value(&CHANGES, change)?,
            kind: value(&KINDS, kind)?,
            schema: unescaped(schema)?,
            table: unescaped(table)?,
            name: unescaped(name)?.ok_or(InvalidRecovery)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Doubt, ObjectKind, Probe, Recovery};

    #[test]
    fn every_name_survives_the_text() {
        for name in ["-", "", "a b", "\\", "\\s", "a\nb\r", "-\\e", "ä"] {
            let probe =
                Probe::new(Change::Goes, ObjectKind::Index, name).of_table(name).in_schema(Some(name));
            let recovery =
                Recovery { probes: vec![probe.clone(), probe], piecewise: true, doubt: Doubt::Ask };
            assert_eq!(recovery.to_string().parse(), Ok(recovery.clone()), "{name:?}");
            assert_eq!(recovery.to_string().lines().count(), 3, "{name:?}");
        }
    }

    #[test]
    fn what_is_no_recovery_is_refused() {
        for text in
            ["", "whole", "whole again\n", "whole again\ngoes table - -", "whole again\ngoes cat - - a"]
        {
            assert!(text.parse::<Recovery>().is_err(), "{text:?}");
        }
        assert!("whole ask\ngoes table - - -".parse::<Recovery>().is_err());
        assert!("whole ask\ngoes table - - \\x".parse::<Recovery>().is_err());
    }
}
