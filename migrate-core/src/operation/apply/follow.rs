//! What refers to an object that got another name: all of it follows but the bodies of functions.
//!
//! Each of these may be called before or after the object itself has its new name.

use crate::{
    Name, QualifiedName,
    schema::{FunctionSignature, Schema},
};

impl Schema {
    /// Tables, views and sequences.
    pub(super) fn relation_renamed(&mut self, from: &QualifiedName, to: &QualifiedName) {
        let _ = (from, to);
    }

    /// A column of a table or view: what stands outside of its list of columns follows, keys and indexes of the table
    /// itself among it.
    pub(super) fn column_renamed(&mut self, table: &QualifiedName, from: &Name, to: &Name) {
        let _ = (table, from, to);
    }

    /// A type.
    pub(super) fn type_renamed(&mut self, from: &QualifiedName, to: &QualifiedName) {
        let _ = (from, to);
    }

    /// A function.
    pub(super) fn function_renamed(&mut self, from: &FunctionSignature, to: &QualifiedName) {
        let _ = (from, to);
    }

    /// A schema.
    pub(super) fn schema_renamed(&mut self, from: &Name, to: &Name) {
        let _ = (from, to);
    }
}
