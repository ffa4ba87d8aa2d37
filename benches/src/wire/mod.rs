//! What goes over the wire: a proxy between a client and its server, which counts.

mod mysql;
mod postgres;
mod proxy;
mod tally;

pub(crate) use proxy::Proxy;
pub(crate) use tally::Tally;
