//! Units of schema change.
//!
//! An [`Operation`] is what one clause of a statement does, with names as the statement writes them.
//! [`Schema::apply`](crate::schema::Schema::apply) carries it out on a simulated database: it looks names up, adds what
//! the database would add by itself, and refuses what the database would refuse.

mod apply;
mod column;
mod constraint;
mod describe;
mod footprint;
mod function;
mod index;
mod invert;
mod kind;
mod notice;
mod policy;
mod refusal;
mod relation;
mod rows;
mod sequence;
mod table;
mod trigger;
mod user_type;

pub use column::{AddColumn, AlterColumn, ColumnChange, ColumnDefinition, DropColumn, RenameColumn};
pub use constraint::{AddConstraint, AlterConstraint, DropConstraint, RenameConstraint};
pub use footprint::Footprint;
pub use function::{AlterFunction, CreateFunction, DropFunction, FunctionChange, FunctionName};
pub use index::{CreateIndex, DropIndex};
pub use kind::Operation;
pub use notice::{Lack, Notice};
pub use policy::{AlterPolicy, CreatePolicy, DropPolicy, RenamePolicy};
pub use refusal::Refusal;
pub use relation::{CreateView, DropView, MoveRelation, RelationKind, RenameRelation};
pub use rows::{RowChange, RowVerb};
pub use sequence::{AlterSequence, CreateSequence, DropSequence, SequenceChange};
pub use table::{
    AlterTable, CreateTable, DropTable, Like, LikePart, RebuildTable, TableChange, TableDefinition,
    TableSource,
};
pub use trigger::{CreateTrigger, DropTrigger, EnableTrigger, RenameTrigger, TriggerSelection};
pub use user_type::{AlterType, CreateType, DropType, TypeChange};
