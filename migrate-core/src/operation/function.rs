use crate::{
    Name, ObjectName,
    schema::{DataType, Function, FunctionKind},
};

/// `CREATE FUNCTION` and its like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateFunction {
    /// Its name.
    pub name: ObjectName,
    /// `OR REPLACE`.
    pub or_replace: bool,
    /// What it is.
    pub function: Function,
}

/// A function as a statement names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionName {
    /// Its name.
    pub name: ObjectName,
    /// The types of its input arguments, where the statement gives them.
    pub arguments: Option<Vec<DataType>>,
}

/// `ALTER FUNCTION` and its like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlterFunction {
    /// Which one.
    pub function: FunctionName,
    /// What the statement calls it; `None` for `ROUTINE`.
    pub kind: Option<FunctionKind>,
    /// What is changed.
    pub change: FunctionChange,
}

/// What can be changed of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FunctionChange {
    /// `RENAME TO`.
    Rename(Name),
    /// `SET SCHEMA`.
    Move(Name),
    /// Options, in the form of [`Function::options`]; those that hold by default take their contrary away.
    Options(Vec<String>),
    /// Ownership: nothing that a schema holds.
    Nothing,
}

/// `DROP FUNCTION` and its like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropFunction {
    /// Which ones.
    pub functions: Vec<FunctionName>,
    /// What the statement calls them; `None` for `ROUTINE`.
    pub kind: Option<FunctionKind>,
    /// `IF EXISTS`.
    pub if_exists: bool,
    /// `CASCADE`.
    pub cascade: bool,
}
