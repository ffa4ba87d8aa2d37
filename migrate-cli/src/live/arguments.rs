//! What the commands that work on a database are told.

use std::{path::PathBuf, time::Duration};

use clap::{Args, ValueEnum};
use jiff::SignedDuration;
use migrate_core::graph::Target;
use migrate_runtime::{On, Transaction};

use crate::arguments::{Place, target};

/// Apply what is not applied yet
///
/// Runs the up scripts that the target needs, each with its bookkeeping, and says what it did. Where nothing is to be
/// done, that is one query. Where another runner is at work, it is waited for. Ctrl-C and SIGTERM end the run behind the
/// statement, or the transaction, that is running; the next run goes on from there.
#[derive(Args)]
#[command(after_help = "\
Examples:
  cargo migrate upgrade -D postgres://me@localhost/tasks
  cargo migrate upgrade +1 --dry-run
  cargo migrate upgrade 8e2b6d --lock-wait 30s

Exit codes: 0 done, 1 refused or failed, 2 not understood, 3 ended by a signal, 4 a question is open (`resolve`)")]
pub(crate) struct Upgrade {
    /// How far: `head`, `heads`, `+1`, an id or the beginning of one, a branch label, `label@head`
    #[arg(value_parser = target, value_name = "TARGET", default_value = "head")]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) steps: Steps,
    #[command(flatten)]
    pub(crate) wait: Wait,
    #[command(flatten)]
    pub(crate) site: Site,
}

/// Take back what rests on a revision, the newest first
///
/// Runs the down scripts. What has no way back is refused before anything is taken back. Ctrl-C and SIGTERM end the run as
/// they do an upgrade.
#[derive(Args)]
#[command(after_help = "\
Examples:
  cargo migrate downgrade -1
  cargo migrate downgrade 8e2b6d --dry-run
  cargo migrate downgrade base -D sqlite:app.db

Exit codes: 0 done, 1 refused or failed, 2 not understood, 3 ended by a signal, 4 a question is open (`resolve`)")]
pub(crate) struct Downgrade {
    /// How far: `-1`, `base`, an id or the beginning of one, a branch label, `label@base`; what is named stays
    #[arg(value_parser = target, value_name = "TARGET", allow_negative_numbers = true)]
    pub(crate) target: Target,
    /// Take back revisions that this directory does not know as well, by the scripts that the database keeps
    #[arg(long)]
    pub(crate) stored_scripts: bool,
    #[command(flatten)]
    pub(crate) steps: Steps,
    #[command(flatten)]
    pub(crate) wait: Wait,
    #[command(flatten)]
    pub(crate) site: Site,
}

/// Write down what is applied, without running anything
///
/// Afterwards the target, and what it rests on, counts as applied, and nothing else. It takes over a schema that was made
/// by hand, or mends the tables where a revision was applied or taken back by hand.
#[derive(Args)]
#[command(after_help = "\
Examples:
  cargo migrate stamp head
  cargo migrate stamp base --purge -D sqlite:app.db")]
pub(crate) struct Stamp {
    /// What is applied: `head`, `heads`, `base`, an id or the beginning of one; several with commas between them
    #[arg(value_parser = target, value_name = "TARGET", allow_negative_numbers = true)]
    pub(crate) target: Target,
    /// Forget first all that is written down, revisions that this directory does not know included
    #[arg(long)]
    pub(crate) purge: bool,
    #[command(flatten)]
    pub(crate) wait: Wait,
    #[command(flatten)]
    pub(crate) site: Site,
}

/// Show the revisions that a database is at
///
/// They are the heads of what is applied, one a line. Nothing is written where nothing is applied.
#[derive(Args)]
#[command(after_help = "\
Example:
  cargo migrate current -D postgres://me@localhost/tasks")]
pub(crate) struct Current {
    #[command(flatten)]
    pub(crate) site: Site,
}

/// Show how a database stands to the migration directory
///
/// It is one query, and needs no right but to read. The exit code is 0 where all is applied as it stands in the
/// directory, 4 where a step was interrupted, and else 1.
#[derive(Args)]
#[command(after_help = "\
Examples:
  cargo migrate status
  cargo migrate status --format json -D sqlite:app.db")]
pub(crate) struct Status {
    #[command(flatten)]
    pub(crate) site: Site,
}

/// Say what became of a statement that nobody else can tell of
///
/// An upgrade or a downgrade that was interrupted outside a transaction goes on by itself, wherever the database tells what
/// became of the statement that was running. Where it does not, the run ends with the exit code 4 and a question; this is
/// the answer. The next run goes on from there.
#[derive(Args)]
#[command(after_help = "\
Examples:
  cargo migrate resolve 8e2b6d40c1fa 2 applied
  cargo migrate resolve 8e2b6d40c1fa 2 not-applied -D postgres://me@localhost/tasks")]
pub(crate) struct Resolve {
    /// The id of the revision, as the question names it
    #[arg(value_name = "REVISION")]
    pub(crate) revision: String,
    /// The number of the statement in its script, from 1
    #[arg(value_name = "STATEMENT")]
    pub(crate) statement: usize,
    /// What became of it
    #[arg(value_name = "ANSWER")]
    pub(crate) answer: Answer,
    #[command(flatten)]
    pub(crate) wait: Wait,
    #[command(flatten)]
    pub(crate) site: Site,
}

/// Look for what is wrong with a database, or in the way of the next run
///
/// Transactions that are open for long, sessions that wait, invalid indexes, interrupted steps, rows of the tables of this
/// tool that do not hang together, missing rights, a damaged file: each with what to do about it. Nothing is changed, and
/// reading is enough; what cannot be seen is said. The exit code is 1 where something is found.
#[derive(Args)]
#[command(after_help = "\
Examples:
  cargo migrate doctor
  cargo migrate doctor --format json -D postgres://me@localhost/tasks")]
pub(crate) struct Doctor {
    /// How long a transaction may be open before it is spoken of [default: 1m]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub(crate) long_transaction: Option<Duration>,
    #[command(flatten)]
    pub(crate) site: Site,
}

/// Put a backup in the place of what a database has now
///
/// The file is one that `upgrade --backup` made. It is read to its end before anything is touched. What was written since
/// is lost, but for the file of SQLite, which is kept under another name. On PostgreSQL all is one transaction; it needs
/// `pg_restore` and `psql`, and MySQL and MariaDB need `mariadb` or `mysql`.
#[derive(Args)]
#[command(after_help = "\
Example:
  cargo migrate restore backups/tasks.public-20251110T123000Z-8e2b6d40c1fa.dump --yes")]
pub(crate) struct Restore {
    /// The backup
    pub(crate) file: PathBuf,
    /// Replace what is there
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) wait: Wait,
    #[command(flatten)]
    pub(crate) site: Site,
}

/// What became of a statement.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Answer {
    /// It was carried out
    Applied,
    /// It was not carried out, and nothing of it is left
    NotApplied,
}

/// Which database, and what it is read as.
#[derive(Args)]
pub(crate) struct Site {
    /// The URL of the database [default: `url` in migrate.toml, else `DATABASE_URL` of the environment or of `.env`]
    #[arg(long, short = 'D', value_name = "URL")]
    pub(crate) database_url: Option<String>,
    /// The schema (PostgreSQL) or database (MySQL) to work in [default: `schema` in migrate.toml]
    #[arg(long, value_name = "NAME")]
    pub(crate) schema: Option<String>,
    /// Whose history it is, where several share the database [default: `namespace` in migrate.toml]
    #[arg(long, value_name = "NAME")]
    pub(crate) namespace: Option<String>,
    /// How to write the outcome
    #[arg(long, default_value = "text")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) place: Place,
}

/// How long to wait for others.
#[derive(Args)]
pub(crate) struct Wait {
    /// How long to wait for another runner: `30s`, `5m` [default: 5m]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub(crate) lock_wait: Option<Duration>,
}

/// How steps are taken.
#[derive(Args)]
pub(crate) struct Steps {
    /// Show the steps and their statements, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// How long a statement may wait for a lock on a table: `500ms`, `10s` [default: 5s]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub(crate) lock_timeout: Option<Duration>,
    /// How long a statement may run [default: for ever]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub(crate) statement_timeout: Option<Duration>,
    /// Put all steps into one transaction: all or nothing. Not on MySQL and MariaDB
    #[arg(long)]
    pub(crate) one_transaction: bool,
    /// Make a backup in this folder before the first step, and read it back
    #[arg(long, value_name = "DIR")]
    pub(crate) backup: Option<PathBuf>,
}

/// How the outcome is written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For machines: docs/commands.md describes it
    Json,
}

impl Wait {
    pub(crate) fn set<'c>(&self, on: On<'c>) -> On<'c> {
        match self.lock_wait {
            Some(longest) => on.lock_wait(longest),
            None => on,
        }
    }
}

impl Steps {
    pub(crate) fn set<'c>(&self, mut on: On<'c>) -> On<'c> {
        if let Some(longest) = self.lock_timeout {
            on = on.lock_timeout(longest);
        }
        if let Some(longest) = self.statement_timeout {
            on = on.statement_timeout(longest);
        }
        if let Some(folder) = &self.backup {
            on = on.backup(folder.as_path());
        }
        if self.one_transaction { on.transaction(Transaction::Upgrade) } else { on }
    }
}

/// `30s`, `5m`, `1h 30m`
fn duration(text: &str) -> Result<Duration, String> {
    let parsed = text.parse::<SignedDuration>().ok().and_then(|duration| Duration::try_from(duration).ok());
    parsed.ok_or_else(|| "a duration is a number and its unit: `500ms`, `30s`, `5m`, `1h`".to_owned())
}
