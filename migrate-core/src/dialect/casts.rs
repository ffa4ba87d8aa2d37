use super::Dialect;

impl Dialect {
    /// Whether values of the one type become values of the other without being told how, as a column's do that gets
    /// another type; `None` where that cannot be told.
    #[must_use]
    pub fn casts_by_itself(self, from: &str, to: &str) -> Option<bool> {
        let casts = match self {
            Self::Postgres => POSTGRES,
            Self::Sqlite | Self::Mysql => return None,
        };
        let (_, targets) = casts.iter().find(|(known, _)| *known == from)?;
        casts.iter().any(|(known, _)| *known == to).then(|| STRINGS.contains(&to) || targets.contains(&to))
    }
}

/// What everything can become.
const STRINGS: [&str; 3] = ["character", "character varying", "text"];

const NUMBERS: &[&str] = &["bigint", "double precision", "integer", "numeric", "real", "smallint"];

/// What values of these types can become besides strings, as PostgreSQL 15 answers for each pair.
const POSTGRES: &[(&str, &[&str])] = &[
    ("bigint", NUMBERS),
    ("boolean", &["boolean"]),
    ("bytea", &["bytea"]),
    ("character", &[]),
    ("character varying", &[]),
    ("date", &["date", "timestamp with time zone", "timestamp without time zone"]),
    ("double precision", NUMBERS),
    ("inet", &["inet"]),
    ("integer", NUMBERS),
    ("interval", &["interval", "time without time zone"]),
    ("json", &["json", "jsonb"]),
    ("jsonb", &["json", "jsonb"]),
    ("numeric", NUMBERS),
    ("real", NUMBERS),
    ("smallint", NUMBERS),
    ("text", &[]),
    ("time without time zone", &["interval", "time without time zone"]),
    ("timestamp with time zone", TIMES),
    ("timestamp without time zone", TIMES),
    ("uuid", &["uuid"]),
];

const TIMES: &[&str] =
    &["date", "time without time zone", "timestamp with time zone", "timestamp without time zone"];
