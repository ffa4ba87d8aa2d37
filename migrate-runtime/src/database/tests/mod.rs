//! Tests of the rooms on their real databases.

mod images;
mod recoveries;
