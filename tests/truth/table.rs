use std::{collections::BTreeMap, fmt};

/// What was seen of one history.
#[derive(Default)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) revisions: usize,
    pub(crate) statements: usize,
    /// Statements that were not read, by the reason.
    pub(crate) opaque: BTreeMap<&'static str, usize>,
    /// Revisions after which the catalog is what the replay says.
    pub(crate) equal: usize,
    /// Revisions after which it was read.
    pub(crate) compared: usize,
    /// Revisions after which nothing is known: a statement before them may have changed anything.
    pub(crate) unknown: usize,
    /// Statements that the database refused and the replay accepts.
    pub(crate) missed: usize,
    /// Statements that the database accepted and the replay refuses.
    pub(crate) false_errors: usize,
    /// Ways back that fail, or do not give back what was there.
    pub(crate) wrong_downs: usize,
    /// Those of them that were found.
    pub(crate) found_downs: usize,
    /// Ways back that give all of it back, and were found fault with.
    pub(crate) false_downs: usize,
    /// At which revision the database refused to go on, and what it said.
    pub(crate) stopped: Option<(String, String)>,
}

impl Row {
    pub(crate) const HEAD: &str = "| history | revisions | statements | opaque | catalog equal | nothing known | missed | false errors | \
        wrong downs found | false downs | stopped |\n|---|---|---|---|---|---|---|---|---|---|---|";

    /// Whether the replay says nothing that is not so.
    pub(crate) fn is_right(&self) -> bool {
        self.equal == self.compared && self.false_errors == 0 && self.false_downs == 0
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let opaque: Vec<String> =
            self.opaque.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
        let stopped = self.stopped.as_ref().map(|(revision, why)| format!("{revision}: {why}"));
        write!(
            f,
            "| {} | {} | {} | {} | {} of {} | {} | {} | {} | {} of {} | {} | {} |",
            self.name,
            self.revisions,
            self.statements,
            if opaque.is_empty() { "0".to_owned() } else { opaque.join(", ") },
            self.equal,
            self.compared,
            self.unknown,
            self.missed,
            self.false_errors,
            self.found_downs,
            self.wrong_downs,
            self.false_downs,
            stopped.unwrap_or_default().replace('|', "\\|"),
        )
    }
}
