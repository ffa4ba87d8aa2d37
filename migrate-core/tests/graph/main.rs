//! The revision graph, from declarations to plans, on graphs drawn in names.

mod build;
mod constant;
mod downgrade;
mod drawing;
mod enumerate;
mod grammar;
mod history;
mod order;
mod remaining;
mod scale;
mod stamp;
mod state;
mod targets;
mod upgrade;
