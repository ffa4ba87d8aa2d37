//! `tests/histories.toml`: public histories, and what is known to be wrong with them.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use serde::Deserialize;

#[derive(Deserialize)]
struct List {
    history: Vec<History>,
}

/// A migration directory of a public project, at one commit.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct History {
    /// What it is called here; its folder has this name.
    pub(crate) name: String,
    /// `owner/name` on GitHub.
    pub(crate) repo: String,
    pub(crate) commit: String,
    /// The migration directory in the repository.
    pub(crate) path: String,
    /// The database whose SQL it is written in.
    pub(crate) database: String,
    /// The layout that has to be recognised.
    pub(crate) layout: String,
    /// How many revisions are to be found.
    pub(crate) revisions: usize,
    /// What is to be found besides, and whether it is true.
    #[serde(default)]
    pub(crate) findings: Vec<Known>,
    /// Why its scripts cannot be applied to an empty database of a stock server.
    pub(crate) not_applied: Option<String>,
}

/// Findings of a rule that somebody has looked at.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Known {
    pub(crate) rule: String,
    pub(crate) level: Level,
    pub(crate) count: usize,
    /// Whether the findings are right.
    pub(crate) right: bool,
    /// What there is to see.
    pub(crate) why: String,
}

/// How a finding is shown.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Level {
    /// The compiler refuses the history.
    Error,
    /// The compiler warns.
    Warning,
    /// The command line lists it; the compiler only sums up.
    Shipped,
}

impl History {
    /// Whether the compiler is to refuse it.
    pub(crate) fn is_refused(&self) -> bool {
        self.findings.iter().any(|known| known.level == Level::Error)
    }
}

/// Reads the list of a checkout.
pub(crate) fn read(root: &Path) -> Result<Vec<History>> {
    let path = root.join("tests/histories.toml");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let list: List = toml::from_str(&text).with_context(|| format!("{} is not right", path.display()))?;
    Ok(list.history)
}
