//! `cargo xtask test`: the whole workspace's tests, on every database that this machine can serve.

mod command;
mod run;
mod skipped;
mod tally;

pub(crate) use command::{Options, run};
#[cfg(test)]
pub(crate) use skipped::VARIABLE as SKIPPED;
