use std::collections::BTreeMap;

use super::comparison::{Both, Comparison, may_equal};
use crate::{
    Name, QualifiedName,
    schema::{Index, Object},
};

impl Comparison<'_> {
    /// Those of one name belong together; of the rest, those that are alike where the database made a name.
    pub(super) fn indexes(
        &mut self,
        table: &QualifiedName,
        expected: &BTreeMap<Name, Index>,
        actual: &BTreeMap<Name, Index>,
    ) {
        let mut new: Vec<&Index> =
            actual.values().filter(|index| !expected.contains_key(&index.name)).collect();
        for one in expected.values() {
            let other = actual.get(&one.name).or_else(|| {
                let alike = new.iter().position(|other| {
                    (one.named_by_database || other.named_by_database) && self.indexes_may_equal(one, other)
                })?;
                Some(new.remove(alike))
            });
            let object = of(table, one);
            match other {
                _ if self.is_unknown(&one.name) => {}
                None => self.missing(object, one.made),
                Some(other) => {
                    let both = Both { object, made: (one.made, other.made) };
                    if one.name != other.name {
                        self.other_name(&both, &other.name);
                    } else if !self.indexes_may_equal(one, other) {
                        let [one, other] = [one, other].map(|index| self.spelling.index_body(index));
                        self.property(&both, "definition", one, other);
                    }
                }
            }
        }
        for other in new {
            if !self.is_unknown(&other.name) {
                self.left_over(of(table, other), other.made);
            }
        }
    }

    fn indexes_may_equal(&self, one: &Index, other: &Index) -> bool {
        one.unique == other.unique
            && one.method == other.method
            && self.keys_may_equal(&one.keys, &other.keys)
            && one.include == other.include
            && may_equal(one.predicate.as_ref(), other.predicate.as_ref())
            && one.nulls_not_distinct == other.nulls_not_distinct
    }
}

fn of(table: &QualifiedName, index: &Index) -> Object {
    let name = QualifiedName::new(table.schema.clone(), index.name.clone());
    Object::Index(name, Some(table.clone()))
}
