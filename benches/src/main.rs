//! Figures of this project beside those of its peers, all taken in one run.

mod contender;
mod figure;
mod history;
mod layout;
mod median;
mod place;
mod processor;
mod runtime;
mod service;
mod table;
mod trace;
mod versions;
mod wire;

use anyhow::Result;
use clap::{Parser, ValueEnum as _};

use crate::{
    figure::{Figure, Scale, take_part},
    table::Table,
};

/// Figures of this project beside those of its peers, as one Markdown table
///
/// The servers are found by MIGRATE_TEST_POSTGRES and MIGRATE_TEST_MYSQL; `cargo xtask bench` starts some.
/// A value in parentheses is the ratio to the reference, or to sqlx where there is none.
#[derive(Parser)]
struct Cli {
    /// What to measure: one figure or more; `all` by default
    #[arg(value_parser = figures, default_value = "all")]
    figures: Vec<Vec<Figure>>,
    /// Small numbers: to see that everything works
    #[arg(long)]
    quick: bool,
}

fn figures(name: &str) -> Result<Vec<Figure>, String> {
    if name == "all" {
        Ok(Figure::value_variants().to_vec())
    } else {
        Ok(vec![Figure::from_str(name, false)?])
    }
}

fn main() -> Result<()> {
    if let Some(done) = take_part() {
        return done;
    }
    let Cli { figures, quick } = Cli::parse();
    let mut table = Table::default();
    for figure in figures.into_iter().flatten() {
        figure.take(Scale { quick }, &mut table)?;
    }
    println!("{}\n\n{table}", versions::line()?);
    Ok(())
}
