use std::fmt::Write as _;

use migrate_runtime::Diagnosis;

use super::{
    arguments::{Doctor, Format},
    last::line,
    site::Live,
};
use crate::{Outcome, check::counted, failure::Failure};

/// `cargo migrate doctor`
pub(crate) async fn doctor(arguments: &Doctor, colour: bool) -> Result<Outcome, Failure> {
    let site = &arguments.site;
    let live = Live::open(site, colour)?;
    let mut on = live.on(site);
    if let Some(longest) = arguments.long_transaction {
        on = on.long_transaction(longest);
    }
    let diagnosis = on.doctor().await.map_err(|error| live.failure(error))?;
    let text = match site.format {
        Format::Json => line(&diagnosis),
        Format::Text => for_people(&live, &diagnosis),
    };
    Ok(Outcome { text, refused: !diagnosis.is_healthy() })
}

fn for_people(live: &Live, diagnosis: &Diagnosis) -> String {
    let mut text = String::new();
    for symptom in &diagnosis.symptoms {
        let _ = writeln!(text, "{}: {}\n  help: {}", symptom.name, symptom.message, symptom.remedy);
    }
    for unseen in &diagnosis.unseen {
        let _ = writeln!(text, "note: {unseen}");
    }
    let verdict = match diagnosis.symptoms.len() {
        0 => "is healthy, as far as can be seen".to_owned(),
        many => format!("has {}", counted(many, "symptom")),
    };
    let _ = writeln!(text, "{} {verdict}", live.database);
    text
}
