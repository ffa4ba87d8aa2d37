use std::fmt::Write as _;

use migrate_runtime::{Standing, Status};

use super::{
    arguments::{self, Format},
    last::line,
    site::Live,
};
use crate::{Outcome, check::counted, failure::Failure};

/// `cargo migrate status`
pub(crate) async fn status(arguments: &arguments::Status, colour: bool) -> Result<Outcome, Failure> {
    let site = &arguments.site;
    let live = Live::open(site, colour)?;
    let status = live.on(site).status().await.map_err(|error| live.failure(error))?;
    let text = match site.format {
        Format::Json => line(&status),
        Format::Text => for_people(&live, &status),
    };
    let outcome = Outcome { text, refused: !status.up_to_date };
    if let Some(question) = question(&status.standing) {
        outcome.print()?;
        return Err(question);
    }
    Ok(outcome)
}

pub(super) fn for_people(live: &Live, status: &Status) -> String {
    let mut text = format!("{} {}\n", live.database, verdict(live, status));
    let at = status.current.iter().map(|id| ("at", id, live.message(id)));
    let pending = status.pending.iter().map(|one| ("pending", &one.revision, one.message.as_str()));
    let unknown = status.unknown.iter().map(|id| ("unknown", id, ""));
    let rows: Vec<_> = at.chain(pending).chain(unknown).collect();
    let width = rows.iter().map(|(_, id, _)| id.chars().count()).max().unwrap_or_default();
    for (what, id, message) in rows {
        let row = format!("  {what:<7}  {id:<width$}  {message}");
        let _ = writeln!(text, "{}", row.trim_end());
    }
    text
}

fn verdict(live: &Live, status: &Status) -> String {
    let pending = counted(status.pending.len(), "revision");
    match &status.standing {
        Standing::Empty if status.pending.is_empty() => "has nothing to apply".to_owned(),
        Standing::Empty => format!("is empty: {pending} pending"),
        Standing::Current => "is up to date".to_owned(),
        Standing::Behind => {
            let all = live.graph.revisions().count();
            format!("is behind: {} of {all} pending", status.pending.len())
        }
        Standing::Ahead => "is ahead: it has all of this directory, and more".to_owned(),
        Standing::Diverged { revision } => {
            format!("has diverged: `{revision}` was applied with another text")
        }
        Standing::Forked => {
            "has forked: it lacks revisions of this directory, and has others that are not in it".to_owned()
        }
        Standing::Interrupted { revision, .. } => format!("was interrupted at `{revision}`"),
        _ => "cannot be told".to_owned(),
    }
}

/// What only people can tell.
fn question(standing: &Standing) -> Option<Failure> {
    let Standing::Interrupted { revision, direction, statement, by, since } = standing else { return None };
    let message = format!(
        "the {direction} step of `{revision}` was interrupted at statement {statement}: {by} began it at {since}, outside \
         a transaction"
    );
    Some(Failure::asked(
        message,
        "the next `cargo migrate upgrade` or `downgrade` finishes it, or asks what it cannot tell; where that runner is still \
         at work, it waits",
    ))
}
