use super::Command;

/// Why a target cannot be used: it names nothing, or too much, or does not suit the command or what is applied.
///
/// `Display` says what is wrong, in one line; [`help`](Self::help) says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TargetError {
    /// The text does not follow the grammar.
    Malformed {
        /// The target, as in the variants below.
        target: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A name is no id, label or beginning of an id.
    Unknown {
        /// The name.
        name: String,
        /// The id or label that was probably meant.
        did_you_mean: Option<String>,
    },
    /// Several ids begin with the prefix.
    Ambiguous {
        /// The prefix.
        prefix: String,
        /// All of these ids.
        candidates: Vec<String>,
    },
    /// The prefix would do for other commands, but is too short for this one.
    ShortPrefix {
        /// The prefix.
        prefix: String,
        /// The command.
        command: Command,
        /// How many letters it takes.
        shortest: usize,
        /// The ids that begin with the prefix.
        candidates: Vec<String>,
    },
    /// `L@id` where the revision is not in the lineage of `L`.
    OutsideLineage {
        /// What stands behind the `@`.
        name: String,
        /// What stands before it.
        branch: String,
    },
    /// There are several heads where one is wanted.
    SeveralHeads {
        /// The target.
        target: String,
        /// Their ids.
        heads: Vec<String>,
        /// The target that names all of them, where the command takes it.
        all: Option<String>,
        /// Labels whose lineage has only one of them.
        labels: Vec<String>,
    },
    /// Steps from what is applied, and several heads are applied.
    SeveralCurrent {
        /// The target.
        target: String,
        /// What stands before the `@` of the target.
        branch: Option<String>,
        /// Whether the steps go up.
        up: bool,
        /// How many they are.
        steps: u32,
        /// The ids of the applied heads, or of the highest applied revisions of the lineage.
        heads: Vec<String>,
    },
    /// Steps down from what is applied, and nothing is, or nothing of the lineage.
    NothingApplied {
        /// The target.
        target: String,
        /// What stands before the `@` of the target.
        branch: Option<String>,
    },
    /// Several revisions follow where a step goes up.
    Fork {
        /// The target.
        target: String,
        /// The revision that they follow; `None` where they are bases.
        after: Option<String>,
        /// Their ids.
        choices: Vec<String>,
    },
    /// A step goes down from a merge.
    Merge {
        /// The target.
        target: String,
        /// The merge.
        merge: String,
        /// Its parents.
        choices: Vec<String>,
    },
    /// There are fewer revisions than steps.
    TooFar {
        /// The target.
        target: String,
        /// Where the steps begin; `None` for the base.
        from: Option<String>,
        /// Whether they go up.
        up: bool,
        /// How many steps there are.
        possible: u32,
    },
    /// `-N` in an upgrade, or `+N` in a downgrade.
    WrongDirection {
        /// The target.
        target: String,
        /// The command.
        command: Command,
    },
    /// A form of target that the command does not take.
    Unsuitable {
        /// The target.
        target: String,
        /// Its form.
        form: Form,
        /// The command.
        command: Command,
    },
    /// `-N` would undo more than N revisions.
    MoreThanAsked {
        /// The target.
        target: String,
        /// What would be undone, in that order.
        undone: Vec<String>,
        /// The target that does the same on purpose; `None` where there is none.
        on_purpose: Option<String>,
    },
    /// A downgrade to a revision that is not applied.
    NotApplied {
        /// The revision.
        revision: String,
    },
    /// The target counts from what is applied, which is not known here.
    StateNeeded {
        /// The target.
        target: String,
    },
    /// Nothing lies between the two sides of a range.
    Unrelated {
        /// The range.
        range: String,
        /// The first side.
        from: String,
        /// The second side.
        to: String,
        /// Whether the first rests on the second, so that the two have to be swapped.
        swapped: bool,
    },
}

/// Forms of a target that not every command takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Form {
    /// `heads`.
    Heads,
    /// `a,b`.
    List,
    /// `current`.
    Current,
    /// `+N` or `-N`.
    Steps,
}
