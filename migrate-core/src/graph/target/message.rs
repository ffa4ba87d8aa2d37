use std::fmt::{self, Display};

use super::{Command, Form, TargetError};

impl std::error::Error for TargetError {}

impl Display for TargetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { target, reason } => write!(f, "`{target}` is no target: {reason}"),
            Self::Unknown { name, .. } => write!(f, "there is no revision and no label `{name}`"),
            Self::Ambiguous { prefix, candidates } => {
                write!(f, "`{prefix}` is the beginning of {} ids: {}", candidates.len(), Names(candidates))
            }
            Self::ShortPrefix { prefix, command, shortest, .. } => {
                write!(f, "`{prefix}` is too short for `{command}`, which takes {shortest} letters of an id")
            }
            Self::OutsideLineage { name, branch } => {
                write!(f, "`{name}` is not in the lineage of `{branch}`")
            }
            Self::SeveralHeads { target, heads, .. } => {
                write!(f, "`{target}` wants one head, and there are {}", Counted(heads))
            }
            Self::SeveralCurrent { target, branch, heads, .. } => {
                let (of, heads) = (Of(branch.as_deref()), Counted(heads));
                write!(f, "`{target}` counts from one applied head{of}, and there are {heads}")
            }
            Self::NothingApplied { target, branch } => {
                write!(f, "`{target}` counts from what is applied, and nothing{} is", Of(branch.as_deref()))
            }
            Self::Fork { target, after: Some(after), choices } => {
                write!(f, "`{target}` comes to a fork: {} follow `{after}`", Names(choices))
            }
            Self::Fork { target, after: None, choices } => {
                write!(f, "`{target}` comes to a fork: there are {} bases, {}", choices.len(), Names(choices))
            }
            Self::Merge { target, merge, choices } => {
                write!(f, "`{target}` goes back past `{merge}`, which merges {}", Names(choices))
            }
            Self::TooFar { target, from, up, possible } => {
                write!(f, "`{target}` goes too far: ")?;
                too_far(f, from.as_deref(), *up, *possible)
            }
            Self::WrongDirection { target, command: Command::Upgrade } => {
                write!(f, "`{target}` goes down, and an upgrade goes up")
            }
            Self::WrongDirection { target, .. } => write!(f, "`{target}` goes up, and a downgrade goes down"),
            Self::Unsuitable { target, form, command } => {
                write!(f, "`{target}` is {form}, which is no target for `{command}`")
            }
            Self::MoreThanAsked { target, undone, .. } => {
                write!(
                    f,
                    "`{target}` would undo more than it says, {} revisions: {}",
                    undone.len(),
                    Names(undone)
                )
            }
            Self::NotApplied { revision } => write!(f, "`{revision}` is not applied"),
            Self::StateNeeded { target } => {
                write!(f, "`{target}` depends on what is applied, which is not known here")
            }
            Self::Unrelated { range, from, to, swapped: false } => {
                write!(f, "`{range}` is empty: `{to}` does not rest on `{from}`")
            }
            Self::Unrelated { range, from, to, swapped: true } => {
                write!(f, "`{range}` is the wrong way round: `{from}` rests on `{to}`")
            }
        }
    }
}

impl TargetError {
    /// What to do about it, in a line that may follow the message.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Malformed { .. } => {
                "a target is `head`, `heads`, `base`, `+2`, `-1`, an id, the beginning of one, a label, `label@head`, or \
                 `id+1`"
                    .into()
            }
            Self::Unknown { did_you_mean: Some(name), .. } => format!("did you mean `{name}`?"),
            Self::Unknown { .. } => "`history` lists the revisions and their labels".into(),
            Self::Ambiguous { .. } => "write more letters of the id".into(),
            Self::ShortPrefix { candidates, .. } => format!("write more letters of {}", Alternatives(candidates)),
            Self::OutsideLineage { name, branch } => {
                format!("leave out `{branch}@`, or name the label of a branch that has `{name}`")
            }
            Self::SeveralHeads { all, labels, .. } => several_heads(all.as_deref(), labels),
            Self::SeveralCurrent { up: true, steps, heads, .. } => {
                let choices: Vec<String> = heads.iter().map(|head| format!("{head}+{steps}")).collect();
                format!("say where to start: {}, or `label@+{steps}`", Alternatives(&choices))
            }
            Self::SeveralCurrent { steps, .. } => {
                format!("name the revision to go back to, or write `label@-{steps}`")
            }
            Self::NothingApplied { .. } => "`current` shows what is applied".into(),
            Self::Fork { choices, .. } => format!("name the one to go to: {}", Alternatives(choices)),
            Self::Merge { choices, .. } => format!("name the one to go back to: {}", Alternatives(choices)),
            Self::TooFar { up: true, .. } => "`head` is as far up as there is".into(),
            Self::TooFar { .. } => "`base` is as far down as there is".into(),
            Self::WrongDirection { command: Command::Upgrade, .. } => "use `downgrade`".into(),
            Self::WrongDirection { .. } => "use `upgrade`".into(),
            Self::Unsuitable { form: Form::Current, .. } => "`current` is for `show` and `history`".into(),
            Self::Unsuitable { form: Form::List, .. } => "several targets are for `upgrade` and `stamp`".into(),
            Self::Unsuitable { .. } => "name one revision".into(),
            Self::MoreThanAsked { on_purpose: Some(target), .. } => {
                format!("write `downgrade {target}` if they shall all go")
            }
            Self::MoreThanAsked { .. } => "name the revision to go back to, or `base` to undo everything".into(),
            Self::NotApplied { .. } => "`current` shows what is applied".into(),
            Self::StateNeeded { .. } => "name a revision, or give a database".into(),
            Self::Unrelated { from, to, swapped: true, .. } => format!("write `{to}:{from}`"),
            Self::Unrelated { .. } => "name two revisions of one branch, the older first".into(),
        }
    }
}

fn several_heads(all: Option<&str>, labels: &[String]) -> String {
    match (all, labels.first()) {
        (Some(all), Some(label)) => {
            format!("write `{all}` for all of them, `{label}@head` for one branch, or the id of one")
        }
        (Some(all), None) => format!("write `{all}` for all of them, or the id of one"),
        (None, Some(label)) => format!("write `{label}@head` for one branch, or the id of one"),
        (None, None) => "write the id of one".into(),
    }
}

fn too_far(f: &mut fmt::Formatter<'_>, from: Option<&str>, up: bool, possible: u32) -> fmt::Result {
    let start = from.map_or("the base".into(), |from| format!("`{from}`"));
    let revisions = match possible {
        1 => "there is one revision".into(),
        _ => format!("there are {possible} revisions"),
    };
    match (up, possible) {
        (true, 0) => write!(f, "nothing is above {start}"),
        (true, _) => write!(f, "{revisions} above {start}"),
        (false, 0) if from.is_none() => f.write_str("nothing is below the base"),
        (false, 0) => write!(f, "{start} is a base"),
        (false, _) => write!(f, "{revisions} below {start}, and then the base"),
    }
}

impl Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Heads => "all heads",
            Self::List => "several targets",
            Self::Current => "what is applied",
            Self::Steps => "a number of steps",
        })
    }
}

/// `` of `label` ``, or nothing.
struct Of<'n>(Option<&'n str>);

impl Display for Of<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |branch| write!(f, " of `{branch}`"))
    }
}

/// `` `a`, `b` ``, cut where nobody would read on.
struct Names<'n>(&'n [String]);

const MOST_NAMES: usize = 20;

impl Display for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, name) in self.0.iter().take(MOST_NAMES).enumerate() {
            write!(f, "{}`{name}`", if place == 0 { "" } else { ", " })?;
        }
        match self.0.len().saturating_sub(MOST_NAMES) {
            0 => Ok(()),
            more => write!(f, ", and {more} more"),
        }
    }
}

/// `` 2: `a`, `b` ``
struct Counted<'n>(&'n [String]);

impl Display for Counted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.len(), Names(self.0))
    }
}

/// `` `a`, `b` or `c` ``; of many, the first.
struct Alternatives<'n>(&'n [String]);

impl Display for Alternatives<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [names @ .., last] if !names.is_empty() && names.len() < MOST_NAMES => {
                write!(f, "{} or `{last}`", Names(names))
            }
            names => Names(names).fmt(f),
        }
    }
}
