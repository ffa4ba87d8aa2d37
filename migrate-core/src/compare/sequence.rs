use std::{collections::BTreeMap, sync::Arc};

use super::comparison::{Both, Comparison};
use crate::{
    Name, QualifiedName, Schema,
    schema::{Expression, Object, Sequence, SequenceOptions},
};

type Owner<'s> = &'s (QualifiedName, Name);

impl Comparison<'_> {
    /// Sequences that belong to a column are the same where their columns are, whatever they are called.
    pub(super) fn sequences(&mut self) {
        let (expected, actual) = (self.expected, self.actual);
        let owners = owned_by_one_side(expected, actual);
        let owned_before = owned_by_one_side(actual, expected);
        for (name, one, other) in Self::changed(&expected.sequences, &actual.sequences) {
            let object = Object::Sequence(name.clone());
            match (one, other) {
                _ if self.is_unknown_within(name) => {}
                (Some(one), Some(other)) if Arc::ptr_eq(one, other) => {}
                (Some(one), Some(other)) => {
                    let both = Both { object, made: (one.made, other.made) };
                    self.sequence(&both, one, other);
                }
                (Some(one), None) => {
                    let renamed = one.owned_by.as_ref().and_then(|owner| owned_before.get(owner));
                    match renamed {
                        Some((other_name, other)) => {
                            let both = Both { object, made: (one.made, other.made) };
                            self.other_name(&both, other_name);
                            self.sequence(&both, one, other);
                        }
                        None if self.goes_with_its_table(one, actual) => {}
                        None => self.missing(object, one.made),
                    }
                }
                (None, Some(other)) => {
                    let was_there = other.owned_by.as_ref().is_some_and(|owner| owners.contains_key(owner));
                    if !was_there && !self.goes_with_its_table(other, expected) {
                        self.left_over(object, other.made);
                    }
                }
                (None, None) => {}
            }
        }
    }

    /// Whether the column that a sequence belongs to is unknown to one side, or is reported itself.
    fn goes_with_its_table(&self, sequence: &Sequence, there: &Schema) -> bool {
        let Some((table, column)) = &sequence.owned_by else { return false };
        self.is_unknown_within(table)
            || there.tables.get(table).is_none_or(|table| !table.known || table.column(column).is_none())
    }

    fn sequence(&mut self, both: &Both, one: &Sequence, other: &Sequence) {
        if !self.types_may_equal(&one.data_type, &other.data_type) {
            let texts = [one, other].map(|sequence| self.spelling.data_type(&sequence.data_type));
            let [one, other] = texts;
            self.property(both, "type", one, other);
        }
        let owner = |sequence: &Sequence| {
            sequence.owned_by.as_ref().map(|(table, column)| format!("{table}.{column}")).unwrap_or_default()
        };
        self.property(both, "owner", owner(one), owner(other));
        for ((property, expected), (_, actual)) in counting(one).into_iter().zip(counting(other)) {
            self.property(both, property, expected, actual);
        }
    }

    /// Whether two defaults take the next number of the sequence that belongs to the column.
    pub(super) fn count_alike(&self, owner: Owner<'_>, one: &Expression, other: &Expression) -> bool {
        let takes_next = |schema: &Schema, expression: &Expression| {
            let [sequence] = expression.names.sequences.as_slice() else { return false };
            let is_call =
                matches!(expression.names.functions.as_slice(), [only] if only.name.identity() == "nextval");
            is_call
                && schema
                    .sequences
                    .iter()
                    .any(|(name, known)| name.name == sequence.name && known.owned_by.as_ref() == Some(owner))
        };
        takes_next(self.expected, one) && takes_next(self.actual, other)
    }
}

/// The sequences of the second schema that belong to a column and are not in the first, by their column.
fn owned_by_one_side<'s>(
    there: &'s Schema,
    missing_from: &'s Schema,
) -> BTreeMap<Owner<'s>, (&'s QualifiedName, &'s Arc<Sequence>)> {
    let names = there.sequences.changed_keys(&missing_from.sequences).into_iter();
    let only = names.filter(|&name| !missing_from.sequences.contains_key(name));
    let only = only.filter_map(|name| Some((name, there.sequences.get(name)?)));
    only.filter_map(|(name, sequence)| Some((sequence.owned_by.as_ref()?, (name, sequence)))).collect()
}

/// How a sequence counts, with what the database takes where nothing is said.
fn counting(sequence: &Sequence) -> [(&'static str, String); 6] {
    let SequenceOptions { start, increment, min, max, cache, cycle } = sequence.options;
    let increment = increment.unwrap_or(1);
    let (least, most) = match sequence.data_type.name.name.identity() {
        "smallint" => (i64::from(i16::MIN), i64::from(i16::MAX)),
        "integer" => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    };
    let min = min.unwrap_or(if increment > 0 { 1 } else { least });
    let max = max.unwrap_or(if increment > 0 { most } else { -1 });
    let start = start.unwrap_or(if increment > 0 { min } else { max });
    [
        ("start", start.to_string()),
        ("increment", increment.to_string()),
        ("minimum", min.to_string()),
        ("maximum", max.to_string()),
        ("cache", cache.unwrap_or(1).to_string()),
        ("cycle", if cycle { "CYCLE" } else { "NO CYCLE" }.to_owned()),
    ]
}
