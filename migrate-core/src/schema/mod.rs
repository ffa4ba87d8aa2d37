//! The simulated database: plain values in ordered maps.
//!
//! A [`Schema`] is what a database would look like after the scripts that were replayed. It holds only what is known:
//! where a statement could not be read, what it names is noted as unknown, and is neither there nor missing.
//!
//! An object remembers the statement that made it (its [`Origin`]); two schemas with objects of different origins are
//! equal all the same.

mod column;
mod constraint;
mod data_type;
mod expression;
mod function;
mod index;
mod listing;
mod namespace;
mod object;
mod origin;
mod past;
mod policy;
mod query;
mod sequence;
mod simulated;
mod table;
mod trigger;
pub(crate) mod unknown;
mod user_type;
mod view;

pub use column::{Column, Generated, Identity};
pub use constraint::{
    Constraint, ConstraintKind, Deferral, ExcludeElement, ForeignKey, ForeignKeyAction, MatchKind,
};
pub use data_type::DataType;
pub use expression::Expression;
pub use function::{Argument, ArgumentMode, Function, FunctionKind, FunctionSignature, Reach};
pub use index::{Index, IndexKey, IndexTarget};
pub use namespace::{Extension, Namespace};
pub use object::{Object, ObjectKind};
pub use origin::Origin;
pub use past::{Fate, Past};
pub use policy::{Policy, PolicyCommand};
pub use query::{ColumnUse, Names, Output, Query, Scope, Source, SourceRelation};
pub use sequence::{Sequence, SequenceOptions};
pub use simulated::{Relation, Schema};
pub use table::{Partition, PartitionBound, Partitioning, Persistence, Table};
pub use trigger::{Trigger, TriggerAction, TriggerEvent, TriggerTiming};
pub use unknown::Unknowns;
pub use user_type::{Attribute, Domain, UserType, UserTypeKind};
pub use view::{View, ViewColumn};
