//! `cargo migrate`: what can be done with a migration directory at a terminal.
//!
//! `cargo migrate check` shows what the compiler would show, and more of it; `cargo migrate explain` says more about a
//! rule; `cargo migrate history` lists the revisions. None of them needs a database. `cargo migrate upgrade` and
//! `downgrade` migrate one, and `cargo migrate status` says how it stands.

mod address;
mod adopt;
mod arguments;
mod check;
mod clock;
mod explain;
mod failure;
mod history;
mod init;
mod live;
mod loaded;
mod lock;
mod package;
mod rebase;
mod redaction;
mod render;
mod revision;
mod schema;
mod slug;
mod template;
mod verify;
mod writing;

use std::{
    env,
    io::{self, IsTerminal as _, Write as _},
    process::ExitCode,
};

use clap::Parser as _;

use crate::{
    arguments::{Arguments, Command},
    failure::{Failure, USAGE},
};

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments::without_subcommand(env::args_os())) {
        Ok(arguments) => arguments,
        Err(error) => return not_understood(&error),
    };
    let colour = arguments.color.is_wanted(io::stdout().is_terminal(), env::var_os("NO_COLOR").as_deref());
    let outcome = match &arguments.command {
        Command::Adopt(adopt) => waited_for(adopt::run(adopt, colour)),
        Command::Check(check) => check::run(check, colour),
        Command::Current(current) => waited_for(live::current(current, colour)),
        Command::Doctor(doctor) => waited_for(live::doctor(doctor, colour)),
        Command::Downgrade(downgrade) => waited_for(live::downgrade(downgrade, colour)),
        Command::Explain(explain) => explain::run(explain),
        Command::History(history) => waited_for(history::run(history, colour)),
        Command::Init(init) => init::run(init, colour),
        Command::Lock(lock) => lock::run(lock, colour),
        Command::Rebase(rebase) => rebase::run(rebase, colour),
        Command::Resolve(resolve) => waited_for(live::resolve(resolve, colour)),
        Command::Restore(restore) => waited_for(live::restore(restore, colour)),
        Command::Revision(revision) => revision::run(revision, colour),
        Command::Schema(schema) => schema::run(schema, colour),
        Command::Stamp(stamp) => waited_for(live::stamp(stamp, colour)),
        Command::Status(status) => waited_for(live::status(status, colour)),
        Command::Upgrade(upgrade) => waited_for(live::upgrade(upgrade, colour)),
        Command::Verify(verify) => waited_for(verify::run(verify, colour)),
    };
    match outcome.and_then(Outcome::print) {
        Ok(code) => code,
        Err(failure) => {
            // Whoever closed the other end has read enough.
            let _ = writeln!(io::stderr(), "{failure}");
            ExitCode::from(failure.code)
        }
    }
}

/// Shows the help that was asked for, or why the arguments are not understood.
fn not_understood(error: &clap::Error) -> ExitCode {
    let text = error.to_string();
    let shown = redaction::redacted(&text);
    if !error.use_stderr() || shown == text {
        error.exit();
    }
    let _ = write!(io::stderr(), "{shown}");
    ExitCode::from(USAGE)
}

/// Runs a command that talks to a database.
fn waited_for(command: impl Future<Output = Result<Outcome, Failure>>) -> Result<Outcome, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let outcome = runtime.block_on(command);
    // A name server that does not answer is not waited for.
    runtime.shutdown_background();
    outcome
}

/// What a command has to say, and whether it found something wrong.
struct Outcome {
    text: String,
    refused: bool,
}

impl Outcome {
    fn print(self) -> Result<ExitCode, Failure> {
        match io::stdout().lock().write_all(self.text.as_bytes()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(if self.refused { ExitCode::FAILURE } else { ExitCode::SUCCESS }),
        }
    }
}
