use migrate_core::{
    operation::Notice,
    schema::{Object, Origin},
};

use super::proof::Way;
use crate::{
    diagnostic::Diagnostic,
    replay::EventKind,
    rules::{Family, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "down-drops-older-object",
    Family::Reversal,
    "a down script drops a table or column that was there before the up script",
    include_str!("down-drops-older-object.md"),
);

pub(super) fn finding(way: &Way<'_>, object: &Object, made: Origin) -> Option<Diagnostic> {
    let site = way.site_of(way.dropped_by(object))?;
    let message = format!("this down script drops {object}, which was there before the up script");
    let finding = site.at(Diagnostic::new(RULE.name, message), Some(object), "its rows are lost here");
    let finding = site.beside(finding, made, Some(object), "it is made here");
    let guarded = way.up.events.iter().find(|event| {
        matches!(&event.kind, EventKind::Noticed(Notice::AlreadyThere { object: there, .. }) if there == object)
    });
    let up = way.up.scripts.up.as_ref();
    let statement = guarded.zip(up).and_then(|(event, up)| up.statements.get(event.statement));
    Some(
        match statement {
            Some(statement) => site.beside(
                finding,
                statement.origin,
                Some(object),
                "it is there already, and this does nothing",
            ),
            None => finding,
        }
        .help("take back in the down script what the up script has done, and nothing else"),
    )
}
