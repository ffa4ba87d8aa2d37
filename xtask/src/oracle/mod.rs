//! Compares the planner with what Alembic answered: each case of an oracle file is asked again.
//!
//! Where the two differ, a [category] has to say why, by a predicate over the graph, what is applied and the
//! target. A case that differs and has no category fails.

mod answer;
mod ask;
mod category;
mod facts;
mod file;
mod model;
mod summary;
mod verdict;

use std::{path::Path, process::ExitCode};

use anyhow::Result;
use clap::Args;

use summary::Summary;

/// Which answers to compare.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// A JSON file of graphs, commands and what Alembic does
    file: std::path::PathBuf,
}

/// Compares, and prints a table; it fails where a difference has no category.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let summary = compare(&options.file)?;
    print!("{summary}");
    Ok(if summary.unexplained.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn compare(file: &Path) -> Result<Summary> {
    let mut summary = Summary::default();
    for question in file::read(file)? {
        let verdict = verdict::of(&question)?;
        summary.add(&question, verdict);
    }
    Ok(summary)
}

#[cfg(test)]
mod tests;
