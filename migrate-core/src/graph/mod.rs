//! The revision graph: what a migration directory declares, in tables that a `static` can hold; and what can be asked
//! of it.
//!
//! A [`Graph`] is built from [`Declaration`]s. A [`Target`] says what a user wants, [`Applied`] what a database has, and
//! a [`Plan`] leads from the one to the other: [`Graph::plan_upgrade`], [`Graph::plan_downgrade`], and, where no script
//! runs, [`Graph::plan_stamp`]. [`Graph::history`] and [`Graph::plan_range`] take a [`Range`].

mod build;
mod check;
mod cycle;
mod declaration;
mod error;
mod fingerprint;
mod lineage;
mod lookup;
mod name;
mod order;
mod plan;
mod recovery;
mod revision;
mod set;
mod state;
mod tables;
mod target;
mod walk;

pub use declaration::{Declaration, DownDeclaration, ScriptDeclaration};
pub use error::GraphError;
pub use fingerprint::{Fingerprint, InvalidFingerprint};
pub use name::illegal_name;
pub use plan::{Direction, Plan, Step};
pub use recovery::{Change, Doubt, InvalidRecovery, ObjectKind, Probe, Recovery};
pub use revision::{Down, Recoveries, Revision, RevisionIndex, Script, Statement, StatementKind};
pub use state::Applied;
pub use tables::{DownRow, Graph, LabelRow, RecoveryRow, Row, ScriptRow, Source, Tables};
pub use target::{Command, Form, Range, Target, TargetError};
