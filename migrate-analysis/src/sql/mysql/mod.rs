//! MySQL and MariaDB: comments that run, `DELIMITER`, and the bodies of stored programs.
//!
//! The sources of the rules are the `sql_lex.cc` and `mysql.cc` of the server and its client. Strings are read as
//! with the default `sql_mode`: a backslash escapes, and `"` is a quote for strings.

mod compound;
mod delimiter;
mod keyword;
mod kind;
mod lexis;
mod recovery;

pub(super) use kind::kind;
pub(super) use lexis::Mysql;
pub(super) use recovery::recovery;
