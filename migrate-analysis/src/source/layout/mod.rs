//! Which files are one revision, and whose layout they follow.
//!
//! A file with a `-- revision:` line is native, whatever its name. All others are of one other tool, form one chain in
//! the order of their versions, and come before the first native one. They come out as the same revisions as native
//! files do, with a header that is made of their names, so that everything behind this room knows one kind of revision.

mod arrange;
mod bare;
mod chain;
mod dbmate;
mod demoted;
mod diesel;
mod foreign;
mod goose;
mod group;
mod native;
mod recognition;
mod stray;
mod tool;
mod unknown;
mod version;

pub(crate) use arrange::arrange;
pub(crate) use foreign::parse as parse_foreign;
pub use tool::Layout;
pub(crate) use version::VersionName;
