//! The revision graph: what a migration directory declares, in tables that a `static` can hold.

mod build;
mod check;
mod cycle;
mod declaration;
mod error;
mod fingerprint;
mod name;
mod order;
mod revision;
mod tables;

pub use declaration::{Declaration, DownDeclaration, ScriptDeclaration};
pub use error::GraphError;
pub use fingerprint::{Fingerprint, InvalidFingerprint};
pub use name::illegal_name;
pub use revision::{Down, Revision, RevisionIndex, Script, Statement, StatementKind};
pub use tables::{DownRow, Graph, LabelRow, Row, ScriptRow, Source, Tables};
