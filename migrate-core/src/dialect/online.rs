use std::fmt;

/// How much a schema change may cost a table that others work on. MySQL and MariaDB copy a table where they know no better
/// way, and writers wait for it; they refuse to where the statement says so.
///
/// ```
/// use migrate_core::Online;
///
/// assert_eq!(Online::InPlace.to_string(), "inplace");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Online {
    /// The description of the table changes, and none of its rows.
    Instant,
    /// An index may be built, but the rows stay where they are. MySQL does not tell this from [`InPlace`](Self::InPlace).
    NoCopy,
    /// The table may be rebuilt while others read and write.
    InPlace,
}

impl Online {
    /// All of them, by their names in `migrate.toml`.
    pub const CHOICES: &[(&str, Self)] =
        &[("instant", Self::Instant), ("nocopy", Self::NoCopy), ("inplace", Self::InPlace)];
}

impl fmt::Display for Online {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Instant => "instant",
            Self::NoCopy => "nocopy",
            Self::InPlace => "inplace",
        })
    }
}
