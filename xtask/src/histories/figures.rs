use std::fmt;

use super::{apply::Applied, list::History, service::Built};

/// What there is to tell about one history.
pub(super) struct Figures<'h> {
    pub(super) history: &'h History,
    /// How many files there are.
    pub(super) files: usize,
    /// What is not as the list says.
    pub(super) differences: Vec<String>,
    pub(super) built: Built,
    pub(super) applied: Option<Applied>,
}

impl Figures<'_> {
    pub(super) const HEAD: &'static str = "history                        layout          files  revisions  right  \
                                           false  compiles  seconds  applied";

    /// Whether it compiles, or is known not to, and what was applied is the whole of it.
    pub(super) fn is_right(&self) -> bool {
        let compiles = self.built.succeeded != self.history.is_refused();
        let applies = match &self.applied {
            Some(Applied::Steps(steps, _)) => *steps == self.history.revisions,
            Some(Applied::Failed(_)) => false,
            Some(Applied::NoServer) | None => true,
        };
        compiles && applies && self.differences.is_empty()
    }

    /// How many of the known findings are right, or are not.
    fn known(&self, right: bool) -> usize {
        let known = self.history.findings.iter().filter(|known| known.right == right);
        known.map(|known| known.count).sum()
    }
}

impl fmt::Display for Figures<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let History { name, layout, revisions, not_applied, .. } = self.history;
        let compiles = if self.built.succeeded { "yes" } else { "no" };
        let seconds = self.built.took.as_secs_f64();
        let (right, wrong) = (self.known(true), self.known(false));
        write!(
            f,
            "{name:<30} {layout:<15} {:>5} {revisions:>10} {right:>6} {wrong:>6}  {compiles:<8} {seconds:>8.2}",
            self.files
        )?;
        match (&self.applied, not_applied) {
            (Some(Applied::Steps(steps, took)), _) => write!(f, "  {steps} in {:.2} s", took.as_secs_f64()),
            (Some(Applied::Failed(why)), _) => write!(f, "  failed\n{why}"),
            (Some(Applied::NoServer), _) => write!(f, "  no server"),
            (None, Some(why)) => write!(f, "  no: {why}"),
            (None, None) => Ok(()),
        }?;
        self.differences.iter().try_for_each(|line| write!(f, "\n    {line}"))?;
        if self.built.succeeded == self.history.is_refused() {
            self.built.said.iter().try_for_each(|line| write!(f, "\n    {line}"))?;
        }
        Ok(())
    }
}
