use std::fmt;

use crate::schema::{Object, Origin};

/// How one object differs between two schemas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The object.
    pub object: Object,
    /// How it differs.
    pub change: Change,
}

/// How an object differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is expected, and not there.
    Missing {
        /// Which statement made the one that is expected.
        made: Origin,
    },
    /// It is there, and not expected.
    LeftOver {
        /// Which statement made it.
        made: Origin,
    },
    /// One of its properties is another.
    Property {
        /// Which one, in the words of messages: `type`, `default`, `on delete`.
        property: &'static str,
        /// What is expected, in SQL; empty for nothing.
        expected: String,
        /// What is there, in SQL; empty for nothing.
        actual: String,
        /// Which statements made the two.
        made: (Origin, Origin),
    },
    /// It has another name, which the database made.
    OtherName {
        /// What it is called.
        actual: String,
        /// Which statements made the two.
        made: (Origin, Origin),
    },
    /// Its columns are in another order.
    ColumnOrder,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let object = &self.object;
        match &self.change {
            Change::Missing { .. } => write!(f, "{object} is missing"),
            Change::LeftOver { .. } => write!(f, "{object} is left over"),
            Change::Property { property, expected, actual, .. } => match (&**expected, &**actual) {
                ("", actual) => write!(f, "{object} has the {property} `{actual}`, not none"),
                (expected, "") => write!(f, "{object} has no {property}, not `{expected}`"),
                (expected, actual) => write!(f, "{property} of {object} is `{actual}`, not `{expected}`"),
            },
            Change::OtherName { actual, .. } => write!(f, "{object} is called `{actual}`"),
            Change::ColumnOrder => write!(f, "the columns of {object} are in another order"),
        }
    }
}
