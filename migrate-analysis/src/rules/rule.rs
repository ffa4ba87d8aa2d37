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
    /// Its page, in Markdown: what it finds, why, an example, and what to write instead.
    pub page: &'static str,
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
    /// What the lock file records.
    Lock,
    /// What the statements do.
    Schema,
    /// The way back.
    Reversal,
    /// What may go wrong in a database that is in use.
    Safety,
}

impl Family {
    /// Every family, in the order in which they are listed to people.
    pub const ALL: [Self; 7] = [
        Self::Configuration,
        Self::File,
        Self::Graph,
        Self::Lock,
        Self::Schema,
        Self::Reversal,
        Self::Safety,
    ];

    /// Its name, which is that of its folder.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Configuration => "configuration",
            Self::File => "file",
            Self::Graph => "graph",
            Self::Lock => "lock",
            Self::Schema => "schema",
            Self::Reversal => "reversal",
            Self::Safety => "safety",
        }
    }

    /// What its rules are about, in a few words.
    #[must_use]
    pub const fn subject(self) -> &'static str {
        match self {
            Self::Configuration => "`migrate.toml`, and what the caller asks for",
            Self::File => "the files of the directory, one by one",
            Self::Graph => "how the revisions hang together",
            Self::Lock => "what the lock file records",
            Self::Schema => "what the statements do",
            Self::Reversal => "the way back",
            Self::Safety => "what may go wrong in a database that is in use",
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

impl Level {
    /// Every level, the mildest first.
    pub const ALL: [Self; 3] = [Self::Allow, Self::Warn, Self::Deny];

    /// Its name, as `[rules]` in `migrate.toml` has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }
}

impl Rule {
    /// A rule of the first set that people may adjust: an error by default.
    pub(crate) const fn new(
        name: &'static str,
        family: Family,
        summary: &'static str,
        page: &'static str,
    ) -> Self {
        Self { name, family, level: Level::Deny, adjustable: true, since: 1, summary, page }
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
