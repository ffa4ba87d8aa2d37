use migrate_runtime::Resolution;

use super::{
    arguments::{Answer, Format, Resolve},
    last::Last,
    site::Live,
};
use crate::{Outcome, failure::Failure};

/// `cargo migrate resolve`
pub(crate) async fn resolve(arguments: &Resolve, colour: bool) -> Result<Outcome, Failure> {
    let Resolve { revision, statement, answer, wait, site } = arguments;
    let live = Live::open(site, colour)?;
    let resolution = match answer {
        Answer::Applied => Resolution::Applied,
        Answer::NotApplied => Resolution::NotApplied,
    };
    let outcome = wait.set(live.on(site)).resolve(revision, *statement, resolution).await;
    let text = match (&outcome, site.format) {
        (Ok(report), Format::Json) => Last::Finished(report).line(),
        (Err(error), Format::Json) => Last::Failed(error).line(),
        (Ok(_), Format::Text) => next(revision, *statement, *answer),
        (Err(_), Format::Text) => String::new(),
    };
    let outcome = outcome.map(|_| Outcome { text: text.clone(), refused: false });
    outcome.or_else(|error| {
        Outcome { text, refused: true }.print()?;
        Err(live.failure(error))
    })
}

fn next(revision: &str, statement: usize, answer: Answer) -> String {
    let (verdict, what) = match answer {
        Answer::Applied => ("was carried out", "goes on behind it"),
        Answer::NotApplied => ("was not carried out", "runs it again"),
    };
    format!(
        "noted: statement {statement} of `{revision}` {verdict}; the next `cargo migrate upgrade` or `downgrade` {what}\n"
    )
}
