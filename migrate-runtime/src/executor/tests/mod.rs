//! Tests of the executor on sessions that fail.

mod faults;
