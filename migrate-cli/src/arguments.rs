use std::{
    ffi::{OsStr, OsString},
    path::PathBuf,
};

use clap::{Arg, Args, Parser, Subcommand, ValueEnum, builder::PossibleValuesParser};
use migrate_core::{
    Dialect,
    graph::{Range, Target, TargetError, illegal_name},
};

use crate::{
    adopt::tool::TOOLS,
    live::arguments::{Current, Doctor, Downgrade, Resolve, Restore, Stamp, Status, Upgrade},
};

/// Database migrations that are checked before they run.
#[derive(Parser)]
#[command(name = "cargo-migrate", bin_name = "cargo migrate", version, arg = environment())]
pub(crate) struct Arguments {
    /// When to use colours; `NO_COLOR` is respected
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    Adopt(Adopt),
    Check(Check),
    Current(Current),
    Doctor(Doctor),
    Downgrade(Downgrade),
    Explain(Explain),
    History(History),
    Init(Init),
    Lock(Lock),
    Rebase(Rebase),
    Resolve(Resolve),
    Restore(Restore),
    Revision(NewRevision),
    Schema(Schema),
    Stamp(Stamp),
    Status(Status),
    Upgrade(Upgrade),
    Verify(Verify),
}

/// Take over a database that another tool has migrated
///
/// What that tool says is applied is compared with the migration directory, checksums included where the tool keeps
/// them, and written down in the tables of this project, in one transaction; then `baseline` is set in migrate.toml. No
/// migration is run, and the table of the tool is only read. A second run finds nothing to do.
#[derive(Args)]
#[command(after_help = "\
Examples:
  cargo migrate adopt -D postgres://me@localhost/tasks --dry-run
  cargo migrate adopt --from sqlx")]
pub(crate) struct Adopt {
    /// The URL of the database [default: `url` in migrate.toml, else `DATABASE_URL` of the environment or of `.env`]
    #[arg(long, short = 'D', value_name = "URL")]
    pub(crate) database_url: Option<String>,
    /// The tool that has migrated it, where the tables of several are there
    #[arg(long, value_name = "TOOL", value_parser = PossibleValuesParser::new(TOOLS.map(|tool| tool.name())))]
    pub(crate) from: Option<String>,
    /// The table of the tool, where it was given another name
    #[arg(long, value_name = "NAME", requires = "from")]
    pub(crate) table: Option<String>,
    /// Compare, and say what would be done
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) place: Place,
}

/// Compare a live database with what its migrations make
///
/// The revisions that are applied are replayed without a database, and the outcome is compared with the catalog, object by
/// object: tables, columns, constraints, indexes, views, types, functions, triggers. What the replay could not tell is
/// passed over. Nothing is changed. The exit code is 1 where there is a difference. PostgreSQL and SQLite.
#[derive(Args)]
#[command(after_help = "\
Examples:
  cargo migrate verify -D sqlite:app.db
  cargo migrate verify --at head --format json")]
pub(crate) struct Verify {
    /// The URL of the database [default: `url` in migrate.toml, else `DATABASE_URL` of the environment or of `.env`]
    #[arg(long, short = 'D', value_name = "URL")]
    pub(crate) database_url: Option<String>,
    /// Compare with these revisions instead of those that are applied: `head`, an id, a label
    #[arg(long, value_name = "TARGET", value_parser = str::parse::<Target>)]
    pub(crate) at: Option<Target>,
    /// How to write the differences
    #[arg(long, default_value = "text")]
    pub(crate) format: VerifyFormat,
    #[command(flatten)]
    pub(crate) place: Place,
}

/// How differences are written.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum VerifyFormat {
    /// For people
    Text,
    /// For machines: one JSON document
    Json,
}

/// Check the migration directory, as the compiler does
///
/// Every finding is shown with the line of the file that is at fault and with what to do. Of the forms for machines
/// nothing else is written. The exit code is 0 where there is no error, 1 where there is one, and 2 where the command
/// itself cannot be understood.
#[derive(Args)]
#[command(after_help = "\
Examples:
  cargo migrate check
  cargo migrate check --format github")]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) place: Place,
    /// How to write the findings
    #[arg(long, default_value = "text")]
    pub(crate) format: Format,
}

/// List the revisions, newest first
///
/// A line is a revision, `<`, the revisions that it revises, what is special about it, and its message.
#[derive(Args)]
#[command(after_help = "\
Examples:
  cargo migrate history
  cargo migrate history head-3: --verbose
  cargo migrate history -i -D sqlite:app.db")]
pub(crate) struct History {
    /// Which revisions: `<from>:<to>`, both included; either side may be empty
    ///
    /// A side is `head`, `base`, an id or the beginning of one, a branch label, or one of these with an offset, such as
    /// `head-3:`.
    #[arg(value_parser = range, value_name = "RANGE")]
    pub(crate) range: Option<Range>,
    /// Mark the revisions that a database is at, which is asked; then a side of the range may be `current`
    #[arg(long, short)]
    pub(crate) indicate_current: bool,
    /// The URL of that database [default: `url` in migrate.toml, else `DATABASE_URL` of the environment or of `.env`]
    #[arg(long, short = 'D', value_name = "URL", requires = "indicate_current")]
    pub(crate) database_url: Option<String>,
    #[command(flatten)]
    pub(crate) place: Place,
    /// Show all that is known of each revision
    #[arg(long, short)]
    pub(crate) verbose: bool,
}

/// Explain a rule: what it finds, why, and what to write instead
///
/// Without a name, all rules are listed.
#[derive(Args)]
#[command(after_help = "\
Example:
  cargo migrate explain missing-down")]
pub(crate) struct Explain {
    /// The rule, as findings name it: `error[missing-down]`
    pub(crate) rule: Option<String>,
}

/// Prepare a package for migrations
///
/// Makes what is not there yet, and leaves alone what is: the migration directory with its lock file, `migrate.toml`, and a
/// build script that lets Cargo see new files. Ends with what to do next.
#[derive(Args)]
#[command(after_help = "\
Example:
  cargo migrate init --database postgres")]
pub(crate) struct Init {
    /// The migration directory [default: `dir` in migrate.toml, else `migrations` in the package]
    #[arg(long)]
    pub(crate) dir: Option<PathBuf>,
    /// The databases that the migrations are for: sqlite, postgres, mysql [default: `databases` in migrate.toml]
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = str::parse::<Dialect>)]
    pub(crate) database: Vec<Dialect>,
}

/// Seal what ships: from then on the compiler refuses to have it edited
///
/// The lock file, `migrate.lock` in the migration directory, lists all revisions. A draft may still change; of a sealed
/// revision only the way back may. Seal in the change that ships, and let CI run `lock --check --against origin/main`.
/// Nothing is sealed that `check` refuses.
#[derive(Args)]
#[command(after_help = "\
Examples:
  cargo migrate lock
  cargo migrate lock --check --against origin/main")]
pub(crate) struct Lock {
    /// Seal this revision and all that it rests on [default: all revisions]
    #[arg(value_parser = target, value_name = "TARGET", conflicts_with_all = ["check", "draft"])]
    pub(crate) target: Option<Target>,
    /// Seal nothing; only list new revisions, and take out drafts that are gone
    #[arg(long, conflicts_with = "check")]
    pub(crate) draft: bool,
    /// Write nothing; fail if the lock file is not up to date, or something sealed was edited
    #[arg(long)]
    pub(crate) check: bool,
    /// Fail as well if something is not sealed as it is in this commit of git
    #[arg(long, requires = "check", value_name = "REF")]
    pub(crate) against: Option<String>,
    #[command(flatten)]
    pub(crate) place: Place,
}

/// After a merge: let the drafts of one branch follow the other
///
/// Two branches that each added revisions give the history two heads. The revisions of one of them, which have to be drafts,
/// are put behind the head of the other: their headers name it, their files get names that sort behind it, and the lock
/// file is written anew, without conflict markers. Then all is checked. Of migrations without a header, a new one gets a
/// version behind all others.
#[derive(Args)]
#[command(after_help = "\
Examples:
  cargo migrate rebase --dry-run
  cargo migrate rebase --onto 8e2b6d")]
pub(crate) struct Rebase {
    /// The head that stays where it is [default: the one that rests on sealed revisions]
    #[arg(long, value_parser = target, value_name = "TARGET")]
    pub(crate) onto: Option<Target>,
    /// Write nothing; only show what would be done
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) place: Place,
}

/// Make a new migration file
///
/// The file follows the head of the history. Its two sections, what the revision does and how it is taken back, are empty,
/// and the history does not compile before they are filled in. The path of the file is printed.
#[derive(Args)]
#[command(
    name = "revision",
    after_help = "\
Examples:
  cargo migrate revision -m 'add priority to tasks'
  cargo migrate revision -m 'merge priority and owner' --head heads"
)]
pub(crate) struct NewRevision {
    /// What the revision does, in a few words: "add priority to tasks"
    #[arg(long, short, value_parser = message, value_name = "TEXT")]
    pub(crate) message: String,
    /// The revision to follow, where there are several heads; `base` to follow none, `heads` to merge all of them
    #[arg(long, value_parser = target, value_name = "TARGET")]
    pub(crate) head: Option<Target>,
    /// Let `--head` name a revision that has a child already, which begins a branch
    #[arg(long, requires = "head")]
    pub(crate) splice: bool,
    /// A branch label for the revision; may be given several times
    #[arg(long = "label", value_parser = name, value_name = "NAME")]
    pub(crate) labels: Vec<String>,
    /// A revision of another branch that has to be there first; may be given several times
    #[arg(long, value_parser = target, value_name = "TARGET")]
    pub(crate) depends_on: Vec<Target>,
    /// The id [default: twelve random hexadecimal digits]
    #[arg(long, value_parser = name, value_name = "ID")]
    pub(crate) id: Option<String>,
    /// Make a file for each database instead of one for all
    #[arg(long)]
    pub(crate) variants: bool,
    #[command(flatten)]
    pub(crate) place: Place,
}

/// Show the schema that the scripts make, without a database
///
/// It is what the compiler makes of the history: the up scripts are carried out on a simulated database. What they do not
/// tell, because a statement could not be read, stands in a comment at the end.
#[derive(Args)]
#[command(after_help = "\
Examples:
  cargo migrate schema
  cargo migrate schema --at 8e2b6d --format json")]
pub(crate) struct Schema {
    /// The revision to show it at, with all that it rests on [default: the heads]
    #[arg(long, value_parser = target, value_name = "TARGET")]
    pub(crate) at: Option<Target>,
    /// How to write it
    #[arg(long, default_value = "sql")]
    pub(crate) format: SchemaFormat,
    #[command(flatten)]
    pub(crate) place: Place,
}

/// Which directory, and for which databases.
#[derive(Args)]
pub(crate) struct Place {
    /// The migration directory [default: `dir` in migrate.toml, else `migrations` in the package]
    #[arg(long)]
    pub(crate) dir: Option<PathBuf>,
    /// A database to check for: sqlite, postgres, mysql [default: `databases` in migrate.toml]
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = str::parse::<Dialect>)]
    pub(crate) database: Vec<Dialect>,
    /// The configuration file [default: migrate.toml in the package]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Take what `[environments.<NAME>]` in the configuration file says
    #[arg(long, short = 'n', value_name = "NAME")]
    pub(crate) environment: Option<String>,
}

/// `--environment` before the command, where Alembic has it. Clap hands the value down to the argument of this name in
/// [`Place`].
fn environment() -> Arg {
    Arg::new("environment")
        .long("environment")
        .short('n')
        .value_name("NAME")
        .help("Take what `[environments.<NAME>]` in the configuration file says")
        .global(true)
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// A line a finding: `path:line:column: severity[rule]: message`
    Concise,
    /// One JSON document; docs/json.md describes it
    Json,
    /// Workflow commands of GitHub Actions, shown beside the lines of a pull request
    Github,
    /// A SARIF 2.1.0 log, for code scanning and editors
    Sarif,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum SchemaFormat {
    /// Statements that make it in an empty database
    Sql,
    /// One JSON document; docs/json.md describes it
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    Auto,
    Always,
    Never,
}

impl Color {
    /// Whether to colour what goes to a terminal, or not to one; `no_color` is the variable of that name.
    pub(crate) fn is_wanted(self, terminal: bool, no_color: Option<&OsStr>) -> bool {
        match self {
            Self::Auto => terminal && no_color.is_none_or(OsStr::is_empty),
            Self::Always => true,
            Self::Never => false,
        }
    }
}

fn range(text: &str) -> Result<Range, String> {
    text.parse().map_err(|error| refusal(&error))
}

pub(crate) fn target(text: &str) -> Result<Target, String> {
    text.parse().map_err(|error| refusal(&error))
}

fn refusal(error: &TargetError) -> String {
    format!("{error}\n  help: {}", error.help())
}

fn name(text: &str) -> Result<String, String> {
    illegal_name(text).map_or(Ok(text.into()), |reason| Err(reason.into()))
}

fn message(text: &str) -> Result<String, String> {
    let says_something = text.contains(char::is_alphanumeric);
    if says_something { Ok(text.into()) } else { Err("it has neither a letter nor a digit".into()) }
}

/// The arguments without the name of the subcommand, which Cargo passes on: `cargo migrate check` runs
/// `cargo-migrate migrate check`.
pub(crate) fn without_subcommand(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = arguments.collect();
    if arguments.get(1).is_some_and(|first| first == "migrate") {
        arguments.remove(1);
    }
    arguments
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use clap::CommandFactory as _;

    use super::{Arguments, Color};

    #[test]
    fn the_arguments_are_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn colours_are_for_terminals_unless_somebody_says_otherwise() {
        assert!(Color::Auto.is_wanted(true, None));
        assert!(Color::Auto.is_wanted(true, Some(OsStr::new(""))), "an empty NO_COLOR says nothing");
        assert!(!Color::Auto.is_wanted(true, Some(OsStr::new("1"))));
        assert!(!Color::Auto.is_wanted(false, None));
        assert!(Color::Always.is_wanted(false, Some(OsStr::new("1"))));
        assert!(!Color::Never.is_wanted(true, None));
    }
}
