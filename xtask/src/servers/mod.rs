//! Private database servers for tests: on a free port of 127.0.0.1, in a temporary folder, as an ordinary
//! user, with a password, and gone afterwards. The system's own servers are neither used nor touched.

mod account;
mod command;
mod install;
mod kind;
mod mariadb;
mod password;
mod pgbouncer;
mod postgres;
mod process;
mod program;
mod room;
mod server;
mod set;

pub(crate) use command::{Options, run};
pub(crate) use kind::Kind;
pub(crate) use set::{Servers, Wanted};
