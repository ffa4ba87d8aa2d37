//! What may go wrong in a database that is in use.
//!
//! The replay knows no rows: these are warnings, and they speak of what has not shipped.

pub(crate) mod added_column;
