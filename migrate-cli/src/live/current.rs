use std::{
    fmt::Write as _,
    io::{self, Write as _},
};

use migrate_runtime::Standing;

use super::{
    arguments::{Current, Format},
    last::line,
    site::Live,
};
use crate::{Outcome, failure::Failure};

/// `cargo migrate current`
pub(crate) async fn current(arguments: &Current, colour: bool) -> Result<Outcome, Failure> {
    let site = &arguments.site;
    let live = Live::open(site, colour)?;
    let status = live.on(site).status().await.map_err(|error| live.failure(error))?;
    if site.format == Format::Json {
        let text = line(&serde_json::json!({ "current": status.current, "heads": status.heads }));
        return Ok(Outcome { text, refused: false });
    }
    let mut text = String::new();
    for id in &status.current {
        let mark = if status.heads.contains(id) {
            " (head)"
        } else if live.graph.find(id).is_none() {
            " (not in this directory)"
        } else {
            ""
        };
        let shown = format!("{id}{mark}  {}", live.message(id));
        let _ = writeln!(text, "{}", shown.trim_end());
    }
    // Beside the list, which a script may read.
    let database = &live.database;
    let note = match &status.standing {
        Standing::Interrupted { revision, direction, .. } => {
            format!(
                "the {direction} step of `{revision}` was interrupted: `cargo migrate status` says more\n"
            )
        }
        _ if status.current.is_empty() => format!("nothing is applied in {database}\n"),
        _ => String::new(),
    };
    let _ = io::stderr().write_all(note.as_bytes());
    Ok(Outcome { text, refused: false })
}
