use std::fmt::Write as _;

use migrate_core::graph::Direction;
use migrate_runtime::{On, PlannedStep};

use super::{arguments::Format, last::line, site::Live};
use crate::{Outcome, check::counted, failure::Failure};

/// What a run would do: SQL, with comments that say whose it is.
pub(super) async fn plan(
    live: &Live,
    on: On<'_>,
    direction: Direction,
    target: &str,
    format: Format,
) -> Result<Outcome, Failure> {
    let steps = on.plan(direction, target).await.map_err(|error| live.failure(error))?;
    let text = match format {
        Format::Json => line(&serde_json::json!({ "event": "plan", "steps": steps })),
        Format::Text => {
            let count = counted(steps.len(), "step");
            let mut text = format!("-- {count} for {}; nothing is changed\n", live.database);
            for step in &steps {
                write_step(&mut text, step);
            }
            text
        }
    };
    Ok(Outcome { text, refused: false })
}

fn write_step(text: &mut String, step: &PlannedStep) {
    let PlannedStep { direction, revision, message, .. } = step;
    let outside = if step.transaction { "" } else { ", outside a transaction" };
    let _ = write!(text, "\n-- {direction} {revision}: {message}");
    match &step.file {
        Some(file) => drop(writeln!(text, " ({file}{outside})")),
        None => text.push_str(" (nothing to run)\n"),
    }
    for statement in &step.statements {
        let _ = writeln!(text, "{};", statement.trim_end().trim_end_matches(';'));
    }
}
