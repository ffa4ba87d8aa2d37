//! The table of a comparison.

use std::{collections::BTreeMap, fmt};

use super::{
    file::Question,
    verdict::{Kind, Verdict},
};

/// How many answers agree, command by command.
#[derive(Default)]
pub(crate) struct Summary {
    pub(super) commands: BTreeMap<String, Tally>,
    /// How often each category was the reason to differ.
    categories: BTreeMap<&'static str, usize>,
    /// The cases that differ for no reason that has a category.
    pub(super) unexplained: Vec<String>,
}

#[derive(Default)]
pub(super) struct Tally {
    /// The same revisions, and the same rows after each step.
    pub(super) equal: usize,
    /// The same revisions, and other rows.
    pub(super) other_rows: usize,
    pub(super) both_refuse: usize,
    pub(super) differ: usize,
}

impl Summary {
    pub(super) fn add(&mut self, question: &Question, verdict: Verdict) {
        let tally = self.commands.entry(question.command.clone()).or_default();
        match verdict {
            Verdict::Equal => tally.equal += 1,
            Verdict::BothRefuse => tally.both_refuse += 1,
            Verdict::Differs(difference, category) => {
                match difference.kind {
                    Kind::Rows => tally.other_rows += 1,
                    _ => tally.differ += 1,
                }
                match category {
                    Some(category) => *self.categories.entry(category.name).or_default() += 1,
                    None => self.unexplained.push(format!("{}: {}", question.name, difference.text)),
                }
            }
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = ["command", "equal", "other rows", "both refuse", "differ"];
        let [command, equal, rows, refuse, differ] = columns;
        writeln!(f, "{command:<14} {equal:>6} {rows:>11} {refuse:>12} {differ:>7}")?;
        for (command, Tally { equal, other_rows, both_refuse, differ }) in &self.commands {
            writeln!(f, "{command:<14} {equal:>6} {other_rows:>11} {both_refuse:>12} {differ:>7}")?;
        }
        writeln!(f, "\nwhy they differ")?;
        for (name, count) in &self.categories {
            writeln!(f, "{count:>6}  {name}")?;
        }
        writeln!(f, "{:>6}  without a category", self.unexplained.len())?;
        self.unexplained.iter().try_for_each(|case| writeln!(f, "        {case}"))
    }
}
