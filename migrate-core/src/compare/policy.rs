use std::collections::BTreeMap;

use super::comparison::{Both, Comparison};
use crate::{
    Name, ObjectName, QualifiedName,
    schema::{Object, Policy},
};

impl Comparison<'_> {
    pub(super) fn policies(
        &mut self,
        table: &QualifiedName,
        expected: &BTreeMap<Name, Policy>,
        actual: &BTreeMap<Name, Policy>,
    ) {
        for (name, one, other) in Self::pairs(expected, actual) {
            let object = Object::Policy(table.clone(), name.clone());
            match (one, other) {
                _ if self.is_unknown(name) => {}
                (Some(one), Some(other)) => {
                    let both = Both { object, made: (one.made, other.made) };
                    let text = |policy: &Policy| {
                        let bare = Policy { using: None, check: None, ..policy.clone() };
                        self.spelling.policy(name, &ObjectName::from(table), &bare)
                    };
                    let (expected, actual) = (text(one), text(other));
                    self.property(&both, "definition", expected, actual);
                    self.expression(&both, "condition", one.using.as_ref(), other.using.as_ref());
                    self.expression(&both, "check", one.check.as_ref(), other.check.as_ref());
                }
                (Some(one), None) => self.missing(object, one.made),
                (None, Some(other)) => self.left_over(object, other.made),
                (None, None) => {}
            }
        }
    }
}
