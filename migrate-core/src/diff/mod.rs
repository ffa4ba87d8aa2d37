//! What leads from one schema to another.
//!
//! [`diff`] takes the differences that [`compare`](crate::compare::compare()) finds, and makes operations of them, one
//! file a noun. Each operation has a `Phase`, so that what depends on others goes first and comes last.

mod column;
mod constraint;
mod definition;
mod enumeration;
mod function;
mod index;
mod namespace;
mod phase;
mod plan;
mod policy;
mod rebuild;
mod sequence;
mod table;
mod trigger;
mod user_type;
mod view;

use plan::Plan;

use crate::{Schema, compare::compare, operation::Operation};

/// Operations that make `to` of `from`, in an order in which they apply.
///
/// Nothing is taken for a rename but names that the database made. What either schema does not know is left alone, and
/// so is the order of columns where the database cannot change it.
#[must_use]
pub fn diff(from: &Schema, to: &Schema) -> Vec<Operation> {
    let differences = compare(to, from);
    let mut plan = Plan::new(from, to, &differences);
    for difference in &differences {
        plan.mend(difference);
    }
    plan.rebuild_tables();
    plan.recreate_views();
    plan.into_operations()
}
