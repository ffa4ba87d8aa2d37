use std::fmt::Write as _;

use super::{
    arguments::{Format, Restore},
    last::line,
    site::Live,
    status,
};
use crate::{Outcome, failure::Failure};

/// `cargo migrate restore`
pub(crate) async fn restore(arguments: &Restore, colour: bool) -> Result<Outcome, Failure> {
    let Restore { file, yes, wait, site } = arguments;
    let live = Live::open(site, colour)?;
    let shown = file.display();
    if !yes {
        return Err(Failure::refused(
            format!("all that {} has now would be replaced by `{shown}`", live.database),
            "`--yes` does so",
        ));
    }
    let restored = wait.set(live.on(site)).restore(file).await.map_err(|error| live.failure(error))?;
    let status = live.on(site).status().await.map_err(|error| live.failure(error))?;
    let text = match site.format {
        Format::Json => line(&serde_json::json!({ "kept": restored.kept, "status": status })),
        Format::Text => {
            let mut text = format!("{} is as `{shown}` has it\n", live.database);
            if let Some(kept) = restored.kept {
                let _ = writeln!(text, "what was there before is `{}`", kept.display());
            }
            text + &status::for_people(&live, &status)
        }
    };
    Ok(Outcome { text, refused: false })
}
