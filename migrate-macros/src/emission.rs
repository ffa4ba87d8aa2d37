use std::{collections::BTreeMap, fmt::Write as _};

use migrate_analysis::{
    Report,
    config::{Config, Transaction},
    source::CONFIGURATION_FILE,
};

use crate::{
    place::{Place, include_in_package},
    tables,
    warnings::warnings,
};

/// The code of a graph: one block, in one text, which is parsed once. It names nothing but `::core` and
/// `::migrate_runtime::__private`.
///
/// The texts of the files stand in it once, by `include_str!`, so that the compiler watches them; all editions and the
/// embedded directory refer to them by number.
pub(crate) fn code(report: &Report, config: &Config, place: &Place) -> String {
    let mut code = String::from("{\nuse ::migrate_runtime::__private as p;\n");
    if config.file.is_some() {
        // The settings below come from it.
        let _ = writeln!(code, "const _: &str = {};", include_in_package(CONFIGURATION_FILE));
    }
    code.push_str(&warnings(report, config));

    let _ = writeln!(code, "const TEXTS: [&str; {}] = [", report.files.len());
    for file in &report.files {
        let _ = writeln!(code, "{},", place.include(file.name()));
    }
    code.push_str("];\nstatic FILES: &[p::DirEntry<'static>] = &[\n");
    for (number, file) in report.files.iter().enumerate() {
        let _ = writeln!(code, "p::file({:?}, TEXTS[{number}]),", file.name());
    }
    code.push_str("];\n");

    let names = report.files.iter().enumerate().map(|(number, file)| (&**file.name(), number));
    let numbers: BTreeMap<&str, usize> = names.collect();
    for (number, edition) in report.editions.iter().enumerate() {
        tables::write(&mut code, number, edition.graph.tables(), &numbers);
    }
    code.push_str("static EDITIONS: &[p::Edition] = &[\n");
    for (number, edition) in report.editions.iter().enumerate() {
        let _ = writeln!(code, "p::edition(p::Dialect::{:?}, TABLES_{number}),", edition.dialect);
    }
    let _ = write!(code, "];\np::graph(EDITIONS, p::dir(FILES), {})\n}}", settings(config));
    code
}

fn settings(config: &Config) -> String {
    let option = |value: &Option<String>| match value {
        Some(value) => format!("::core::option::Option::Some({value:?})"),
        None => "::core::option::Option::None".into(),
    };
    let whole_upgrade = config.transaction() == Transaction::Upgrade;
    format!(
        "p::settings({:?}, {:?}, {}, {whole_upgrade})",
        config.namespace,
        config.version_table,
        option(&config.schema)
    )
}
