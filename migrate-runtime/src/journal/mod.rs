//! The bookkeeping tables: what they are called, what is read from them, what is written into them.
//!
//! Every text here is in the SQL that all databases share; what they spell differently comes from the
//! [`Room`](crate::database::Room).

mod names;
mod read;
mod stored;
mod way_back;
mod write;

use names::FORMAT;
pub(crate) use names::Names;
pub(crate) use read::{Reading, Running, VersionRow, everything, heads_and};
pub(crate) use stored::{unknown, with_unknown};
pub(crate) use write::{Entry, Journal, Position, Record};
