use std::collections::BTreeMap;

use super::history::{History, Member};
use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "ambiguous-id",
    Family::Graph,
    "two ids differ in upper and lower case alone",
    include_str!("ambiguous-id.md"),
);

pub(crate) fn check(history: &History<'_>, findings: &mut Vec<Diagnostic>) {
    let mut folded: BTreeMap<String, Member<'_>> = BTreeMap::new();
    for member in &history.revisions {
        let first = folded.entry(member.id.value.to_lowercase()).or_insert(*member);
        // The same id twice is a finding of another rule.
        if first.id.value == member.id.value {
            continue;
        }
        let (a, b) = (quote(&first.id.value), quote(&member.id.value));
        let finding = Diagnostic::new(RULE.name, format!("the ids {a} and {b} differ in case alone"))
            .help("people and file systems take them for one: give one of them another id");
        findings.push(first.beside_id(member.at_id(finding, ""), "the other one"));
    }
}
