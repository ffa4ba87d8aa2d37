use std::{collections::BTreeMap, sync::Arc};

use migrate_core::{Dialect, Online};

use super::{AllowEntry, MacroWarnings, ServerVersion, Transaction, keys, reader::Reader};
use crate::{
    diagnostic::Diagnostic,
    rules::{
        Level,
        file::{allow_without_reason, unknown_rule},
    },
    source::{Layout, SourceFile, Spanned},
};

/// What `migrate.toml` says, and what a caller lays over it. The keys are explained in the [module](super).
#[derive(Clone, Debug)]
pub struct Config {
    /// The file that was read.
    pub file: Option<Arc<SourceFile>>,
    /// `[[allow]]`.
    pub allow: Vec<AllowEntry>,
    /// `baseline`.
    pub baseline: Vec<Spanned<String>>,
    /// `branches`.
    pub branches: Vec<Spanned<String>>,
    /// `databases`; a macro's argument takes its place.
    pub databases: Vec<Dialect>,
    /// `dialect`.
    pub dialect: Option<Dialect>,
    /// `dir`; see [`Config::dir`].
    pub dir: Option<Spanned<String>>,
    /// `[environments.<name>]`: the whole configuration there.
    pub environments: BTreeMap<String, Config>,
    /// `externals`.
    pub externals: Vec<String>,
    /// The databases that this build can serve. It is no key: the macro knows it by its Cargo features.
    pub features: Vec<Dialect>,
    /// `file-template`; see [`Config::file_template`].
    pub file_template: Option<String>,
    /// `[hooks]`: name and command.
    pub hooks: BTreeMap<String, String>,
    /// `layout`: whose rules files without a header follow. `None` where they tell it themselves.
    pub layout: Option<Spanned<Layout>>,
    /// `[rules]`, by the name of the rule.
    pub levels: BTreeMap<&'static str, Level>,
    /// `macro-warnings`.
    pub macro_warnings: MacroWarnings,
    /// `models`.
    pub models: Vec<String>,
    /// `namespace`.
    pub namespace: String,
    /// `mariadb`, `mysql`, `postgres`, `sqlite`: the oldest server version, by the key.
    pub oldest: BTreeMap<&'static str, ServerVersion>,
    /// `online`: how much a schema change may cost on MySQL and MariaDB.
    pub online: Option<Online>,
    /// The rule set.
    pub rule_set: u32,
    /// `schema`.
    pub schema: Option<String>,
    /// `timezone`.
    pub timezone: Option<String>,
    /// `transaction`; see [`Config::transaction`].
    pub transaction: Option<Spanned<Transaction>>,
    /// `url`.
    pub url: Option<String>,
    /// `version-table`.
    pub version_table: String,
    /// What is wrong with the file; [`check`](crate::check()) reports it.
    pub findings: Vec<Diagnostic>,
}

impl Default for Config {
    /// What an empty file says.
    fn default() -> Self {
        Self {
            file: None,
            allow: Vec::new(),
            baseline: Vec::new(),
            branches: Vec::new(),
            databases: Vec::new(),
            dialect: None,
            dir: None,
            environments: BTreeMap::new(),
            externals: Vec::new(),
            features: Dialect::ALL.into(),
            file_template: None,
            hooks: BTreeMap::new(),
            layout: None,
            levels: BTreeMap::new(),
            macro_warnings: MacroWarnings::All,
            models: Vec::new(),
            namespace: String::new(),
            oldest: BTreeMap::new(),
            online: None,
            rule_set: 1,
            schema: None,
            timezone: None,
            transaction: None,
            url: None,
            version_table: "migrate".into(),
            findings: Vec::new(),
        }
    }
}

impl Config {
    /// Reads the text of `migrate.toml`. What is wrong with it becomes findings of [`check`](crate::check()).
    ///
    /// ```
    /// use migrate_analysis::{config::Config, source::SourceFile};
    /// use migrate_core::Dialect;
    ///
    /// let config = Config::parse(&SourceFile::new("", "migrate.toml", "databases = ['postgres']"));
    /// assert_eq!(config.databases, [Dialect::Postgres]);
    /// assert_eq!(config.dir(), "migrations");
    /// ```
    #[must_use]
    pub fn parse(file: &Arc<SourceFile>) -> Self {
        let mut reader = Reader::new(file);
        keys::read_document(&mut reader);
        reader.finish()
    }

    /// No configuration, because the file could not be read.
    pub(crate) fn unreadable(finding: Diagnostic) -> Self {
        Self { findings: vec![finding], ..Self::default() }
    }

    /// The configuration of an environment: the keys of `[environments.<name>]` laid over all others. `None` where
    /// there is none of this name.
    ///
    /// ```
    /// use migrate_analysis::{config::Config, source::SourceFile};
    ///
    /// let text = "schema = 'app'\n[environments.test]\nschema = 'test'";
    /// let config = Config::parse(&SourceFile::new("", "migrate.toml", text));
    /// assert_eq!(config.environment("test").unwrap().schema.as_deref(), Some("test"));
    /// assert!(config.environment("production").is_none());
    /// ```
    #[must_use]
    pub fn environment(&self, name: &str) -> Option<Self> {
        let environment = self.environments.get(name)?;
        // What is wrong with the file is wrong everywhere.
        Some(Self { findings: self.findings.clone(), ..environment.clone() })
    }

    /// The migration directory, relative to the package.
    #[must_use]
    pub fn dir(&self) -> &str {
        self.dir.as_ref().map_or("migrations", |dir| &dir.value)
    }

    /// The name of a new file, without its ending; what is in braces is a placeholder.
    #[must_use]
    pub fn file_template(&self) -> &str {
        self.file_template.as_deref().unwrap_or("{year}{month}{day}_{hour}{minute}_{slug}")
    }

    /// What one transaction holds.
    #[must_use]
    pub fn transaction(&self) -> Transaction {
        self.transaction.as_ref().map_or(Transaction::Step, |transaction| transaction.value)
    }

    /// Whether so much is wrong with the file that nothing can be made of a directory by it.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        let speaks_of_a_rule = [unknown_rule::RULE.name, allow_without_reason::RULE.name];
        self.findings.iter().any(|finding| !speaks_of_a_rule.contains(&finding.rule))
    }
}
