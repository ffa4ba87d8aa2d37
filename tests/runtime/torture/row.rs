use std::fmt;

/// What became of the kills on one database, of processes or of its server.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) what: String,
    /// Those that hit a process between its first and its last statement.
    pub(super) kills: usize,
    /// Those that came too early or too late.
    pub(super) missed: usize,
    /// How many of the boundaries between statements were hit, of how many.
    pub(super) boundaries: (usize, usize),
    /// The kills after which the next start did all by itself.
    pub(super) clean: usize,
    /// Those after which it asked.
    pub(super) asked: Vec<String>,
    /// Those after which something was wrong.
    pub(super) wrong: Vec<String>,
}

impl Row {
    pub(super) const HEAD: &str = "| killed | kills | at boundaries | finished by the next start | needed a hand | wrong | missed |\n\
         |---|---|---|---|---|---|---|";

    pub(super) fn new(what: impl Into<String>, boundaries: usize) -> Self {
        Self {
            what: what.into(),
            kills: 0,
            missed: 0,
            boundaries: (0, boundaries),
            clean: 0,
            asked: Vec::new(),
            wrong: Vec::new(),
        }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, kills, missed, boundaries: (hit, all), clean, asked, wrong } = self;
        let (asked, wrong) = (asked.len(), wrong.len());
        write!(f, "| {what} | {kills} | {hit} of {all} | {clean} | {asked} | {wrong} | {missed} |")
    }
}
