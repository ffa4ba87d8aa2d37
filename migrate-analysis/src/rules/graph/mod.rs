//! How the revisions hang together.
//!
//! What makes no graph is found by the core, which builds it; the rules here say where it stands in the files. The
//! rest is checked on what is left when everything at fault, and all that rests on it, is taken away.

pub(crate) mod ambiguous_id;
pub(crate) mod ancestor_merge;
pub(crate) mod baseline;
pub(crate) mod cycle;
pub(crate) mod duplicate_label;
pub(crate) mod duplicate_revision;
pub(crate) mod history;
pub(crate) mod invalid_label;
pub(crate) mod invalid_revision_id;
mod lanes;
pub(crate) mod later_date_than_child;
pub(crate) mod multiple_bases;
pub(crate) mod multiple_heads;
pub(crate) mod out_of_order_version;
mod reachability;
pub(crate) mod redundant_dependency;
pub(crate) mod self_loop;
mod soundness;
pub(crate) mod unknown_dependency;
pub(crate) mod unknown_parent;
pub(crate) mod unnamed_revision;

pub(crate) use soundness::check;
