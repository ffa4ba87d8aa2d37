use migrate_core::{
    Schema,
    compare::{Change, Difference, compare},
    schema::{Fate, Object, Origin},
};

use super::{
    column_order_differs, down_does_not_apply, down_does_not_restore, down_drops_older_object,
    enum_value_stays, extension_stays, restored_under_another_name,
};
use crate::{
    diagnostic::Diagnostic,
    replay::{EventKind, Origins, Replayed, Script, Site, Statement, run},
};

/// The way back of a revision, and what it leads to.
pub(super) struct Way<'r> {
    pub(super) up: &'r Replayed<'r>,
    pub(super) down: &'r Script,
    pub(super) origins: &'r Origins,
    /// The schema after the up script and the down script.
    pub(super) restored: &'r Schema,
}

/// Whether the down script of a revision gives back the schema that its up script found.
///
/// Silent where that cannot be told: where one of the scripts could not be read as a whole, and of what such statements
/// name.
pub(crate) fn check(up: &Replayed<'_>, origins: &Origins, findings: &mut Vec<Diagnostic>) {
    let Some(down) = &up.scripts.down else { return };
    let is_refused = up.events.iter().any(|event| matches!(event.kind, EventKind::Refused(_)));
    let is_read = |script: &Script| script.is_whole && !script.has_grammar_errors();
    if is_refused || !is_read(down) || !up.scripts.up.as_ref().is_none_or(is_read) {
        return;
    }
    let outcome = run(down, up.after.clone());
    for event in &outcome.events {
        if let (EventKind::Refused(refused), Some(statement)) =
            (&event.kind, down.statements.get(event.statement))
        {
            let site = Site { script: down, statement, origins };
            if let Some(finding) = down_does_not_apply::finding(&site, &refused.refusal) {
                // What follows does not run.
                return findings.push(finding);
            }
        }
    }
    let way = Way { up, down, origins, restored: &outcome.schema };
    let differences = compare(up.before, way.restored);
    let mut by_rule: [Vec<&Difference>; 5] = Default::default();
    let [lost, renamed, values, extensions, order] = &mut by_rule;
    for difference in &differences {
        match (&difference.object, &difference.change) {
            (object, Change::Missing { made }) if way.was_left_alone(object, *made) => {
                findings.extend(down_drops_older_object::finding(&way, object, *made));
            }
            (_, Change::OtherName { .. }) => renamed.push(difference),
            (_, Change::ColumnOrder) => order.push(difference),
            (Object::EnumValue(..), Change::LeftOver { .. })
            | (_, Change::Property { property: "order of values", .. }) => values.push(difference),
            (Object::Extension(_), Change::LeftOver { .. }) => extensions.push(difference),
            _ => lost.push(difference),
        }
    }
    findings.extend(down_does_not_restore::finding(&way, lost));
    findings.extend(restored_under_another_name::finding(&way, renamed));
    findings.extend(enum_value_stays::finding(&way, values));
    findings.extend(extension_stays::finding(&way, extensions));
    findings.extend(column_order_differs::finding(&way, order));
}

impl<'r> Way<'r> {
    /// Whether the up script found a table or a column, and left it as it was.
    fn was_left_alone(&self, object: &Object, made: Origin) -> bool {
        let after = self.up.after;
        let there = match object {
            Object::Table(table) => after.tables.get(table).map(|table| table.made),
            Object::Column(table, column) => {
                after.tables.get(table).and_then(|table| Some(table.column(column)?.made))
            }
            _ => None,
        };
        there.is_some_and(|there| there.0 == made.0)
    }

    /// The statement of the down script that is to blame for a difference, or its first one.
    pub(super) fn site(&self, difference: &Difference) -> Option<Site<'r>> {
        let by = match &difference.change {
            Change::LeftOver { made } => Some(*made),
            Change::Property { made: (_, made), .. } | Change::OtherName { made: (_, made), .. } => {
                Some(*made)
            }
            Change::Missing { .. } => self.dropped_by(&difference.object),
            Change::ColumnOrder => None,
        };
        self.site_of(by)
    }

    /// The statement of this number, where it is one of the down script; else its first one.
    pub(super) fn site_of(&self, by: Option<Origin>) -> Option<Site<'r>> {
        let is_it = |statement: &&Statement| by.is_some_and(|by| by.0 == statement.origin.0);
        let statements = &self.down.statements;
        let statement = statements.iter().find(is_it).or_else(|| statements.first())?;
        Some(Site { script: self.down, statement, origins: self.origins })
    }

    /// Which statement dropped an object that is missing, or all of its table.
    pub(super) fn dropped_by(&self, object: &Object) -> Option<Origin> {
        match self.restored.past.of(object) {
            Some(Fate::Dropped(by)) => Some(*by),
            _ => None,
        }
    }
}
