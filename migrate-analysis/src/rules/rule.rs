/// What a directory is checked against.
///
/// Its name is stable, is what people write after `allow:`, and has a page of its own beside its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name, in kebab-case.
    pub name: &'static str,
    /// Which family it belongs to.
    pub family: Family,
    /// Its level where nobody says otherwise.
    pub level: Level,
    /// Whether people may change its level. They may not where no graph could be built without the rule.
    pub adjustable: bool,
    /// The rule set that it came with; it is off for those who ask for an earlier one.
    pub since: u32,
    /// What it finds, in one line.
    pub summary: &'static str,
}

/// A family of rules; each has a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// `migrate.toml`, and what the caller asks for.
    Configuration,
    /// The files of the directory, one by one.
    File,
    /// How the revisions hang together.
    Graph,
    /// What the statements do.
    Schema,
    /// The way back.
    Reversal,
}

impl Family {
    /// Its name, which is that of its folder.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Configuration => "configuration",
            Self::File => "file",
            Self::Graph => "graph",
            Self::Schema => "schema",
            Self::Reversal => "reversal",
        }
    }
}

/// What a rule's findings amount to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing: they are not shown.
    Allow,
    /// Warnings.
    Warn,
    /// Errors.
    Deny,
}

impl Rule {
    /// A rule of the first set that people may adjust: an error by default.
    pub(crate) const fn new(name: &'static str, family: Family, summary: &'static str) -> Self {
        Self { name, family, level: Level::Deny, adjustable: true, since: 1, summary }
    }

    /// The same, always an error.
    pub(crate) const fn always(mut self) -> Self {
        self.adjustable = false;
        self
    }

    /// The same, with another level by default.
    pub(crate) const fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }
}
