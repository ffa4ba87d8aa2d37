/// Whose rules the files of a migration directory follow.
///
/// What a file is called and how it marks its halves tells the layout; `layout` in `migrate.toml` says it where files
/// do not. Files of every layout but [`Layout::Native`] have no header: the version in the name is the id, and each
/// revises the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layout {
    /// A header in each file.
    Native,
    /// sqlx: `<version>_<name>.sql`, or `.up.sql` and `.down.sql`.
    Sqlx,
    /// Diesel: `<version>_<name>/up.sql`, `down.sql` and `metadata.toml`.
    Diesel,
    /// refinery: `V<version>__<name>.sql` and `U<version>__<name>.sql`, which know no way back.
    Refinery,
    /// dbmate: `-- migrate:up` and `-- migrate:down` without a header.
    Dbmate,
    /// goose: `-- +goose Up` and `-- +goose Down`.
    Goose,
    /// golang-migrate: `<version>_<name>.up.sql` and `.down.sql`.
    GolangMigrate,
}

impl Layout {
    /// The layouts by the names that people write.
    pub(crate) const CHOICES: &[(&str, Self)] = &[
        ("native", Self::Native),
        ("sqlx", Self::Sqlx),
        ("diesel", Self::Diesel),
        ("refinery", Self::Refinery),
        ("dbmate", Self::Dbmate),
        ("goose", Self::Goose),
        ("golang-migrate", Self::GolangMigrate),
    ];

    /// Its name, as `layout` in `migrate.toml` has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Sqlx => "sqlx",
            Self::Diesel => "diesel",
            Self::Refinery => "refinery",
            Self::Dbmate => "dbmate",
            Self::Goose => "goose",
            Self::GolangMigrate => "golang-migrate",
        }
    }

    /// What its files are called.
    pub(crate) const fn names(self) -> &'static str {
        match self {
            Self::Native => "`<name>.sql`",
            Self::Sqlx => "`<version>_<name>.sql`, or `.up.sql` and `.down.sql`",
            Self::Diesel => "`<version>_<name>/up.sql` and `down.sql`",
            Self::Refinery => "`V<version>__<name>.sql`",
            Self::Dbmate | Self::Goose => "`<version>_<name>.sql`",
            Self::GolangMigrate => "`<version>_<name>.up.sql` and `.down.sql`",
        }
    }

    /// How a script says that it runs in no transaction; `None` where it cannot.
    pub(crate) const fn without_transaction(self) -> Option<&'static str> {
        match self {
            Self::Native | Self::Dbmate => Some("`-- migrate:up transaction:false`"),
            Self::Sqlx => Some("`-- no-transaction` in its first line"),
            Self::Diesel => Some("`run_in_transaction = false` in its `metadata.toml`"),
            Self::Goose => Some("`-- +goose NO TRANSACTION`"),
            Self::Refinery | Self::GolangMigrate => None,
        }
    }
}
