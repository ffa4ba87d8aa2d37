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
    if let Some(lock) = &report.lock {
        // Whoever adds a file adds a line there, which makes the compiler look at the directory again.
        let _ = writeln!(code, "const _: &str = {};", place.include(lock.file.name()));
    }
    code.push_str(&warnings(report, config));

    let _ = writeln!(code, "const TEXTS: [&str; {}] = [", report.files.len());
    for file in &report.files {
        let _ = writeln!(code, "{},", place.include(file.name()));
    }
    code.push_str("];\nstatic FILES: &[p::DirEntry<'static>] = &[\n");
    write_directory(&mut code, report);
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

/// Writes the entries of the embedded directory; what lies in a folder stands in an entry of its own.
fn write_directory(code: &mut String, report: &Report) {
    let mut open: Option<&str> = None;
    for (number, file) in report.files.iter().enumerate() {
        let folder = file.name().split_once('/').map(|(folder, _)| folder);
        if folder != open {
            if open.is_some() {
                code.push_str("]),\n");
            }
            if let Some(folder) = folder {
                let _ = writeln!(code, "p::folder({folder:?}, &[");
            }
            open = folder;
        }
        let _ = writeln!(code, "p::file({:?}, TEXTS[{number}]),", file.name());
    }
    if open.is_some() {
        code.push_str("]),\n");
    }
}

fn settings(config: &Config) -> String {
    let option = |value: &Option<String>| match value {
        Some(value) => format!("::core::option::Option::Some({value:?})"),
        None => "::core::option::Option::None".into(),
    };
    let online = match config.online {
        Some(online) => format!("::core::option::Option::Some(p::Online::{online:?})"),
        None => "::core::option::Option::None".into(),
    };
    let whole_upgrade = config.transaction() == Transaction::Upgrade;
    format!(
        "p::settings({:?}, {:?}, {}, {whole_upgrade}, {online})",
        config.namespace,
        config.version_table,
        option(&config.schema)
    )
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use migrate_analysis::{
        check,
        config::Config,
        source::{SourceFile, Sources},
    };

    use super::code;
    use crate::place::Place;

    #[test]
    fn the_code_names_each_file_once_and_no_path_of_this_machine() {
        let toml = "databases = ['sqlite', 'postgres']\nnamespace = 'a\"b'\nschema = 'app'";
        let config = Config::parse(&SourceFile::new("", "migrate.toml", toml));
        let first = "-- create \"tasks\"\n-- revision: a1\n-- created: 2025-11-10 12:30:00 UTC\n-- labels: trunk\n\
                     -- migrate:up\nCREATE TABLE t (a INTEGER);\n-- migrate:down irreversible: it is the beginning\n";
        let second = "-- fill it\n-- revision: b2\n-- revises: a1\n\
                      -- migrate:up transaction:false\nUPDATE t SET a = 1;\n-- migrate:down\nUPDATE t SET a = 0;\n";
        let lock = "format 1\nhead b2\nb2 < a1  draft\na1 <  draft\n";
        let sources = Sources::new("db", [("1.sql", first), ("2.sql", second), ("migrate.lock", lock)]);
        let report = check(&sources, &config);
        assert_eq!(report.diagnostics, []);
        let code = code(&report, &config, &Place::in_package(Path::new("/srv/app"), "db"));
        assert!(code.parse::<proc_macro2::TokenStream>().is_ok());
        assert!(!code.contains("/srv"));
        insta::assert_snapshot!(code, @r#"
        {
        use ::migrate_runtime::__private as p;
        const _: &str = ::core::include_str!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/migrate.toml"));
        const _: &str = ::core::include_str!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/db/migrate.lock"));
        const TEXTS: [&str; 2] = [
        ::core::include_str!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/db/1.sql")),
        ::core::include_str!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/db/2.sql")),
        ];
        static FILES: &[p::DirEntry<'static>] = &[
        p::file("1.sql", TEXTS[0]),
        p::file("2.sql", TEXTS[1]),
        ];
        const TABLES_0: p::Tables = {
        static SOURCES: &[p::Source] = &[
        p::source(40, 45, TEXTS[0]),
        p::source(73, 78, TEXTS[1]),
        ];
        static ROWS: &[p::Row] = &[
        p::row([[0, 2], [2, 16], [16, 35]], [0, 0, 0, 1, 1], p::up(0, [101, 129], [0, 1], true), p::down_irreversible(45, 64), b"8\r\x80\n\x88\x8a\xean\xe3\xc9\xa9\xf6\x04\x1f\xf92\xdf+\xbf\x8aT\xadF\xc1\x9a\\$\xd6\'\x8eH^"),
        p::row([[64, 66], [66, 73], [73, 73]], [1, 2, 2, 2, 2], p::up(1, [74, 94], [1, 2], false), p::down(1, [110, 130], [2, 3], true), b"\x9f\x0c\xe4\x03\xc4\x03g^j\xf1s\xc9aic\x05\xb2h\xd5K\xbe\xc0\x90\x08F\x93\xe3\xd1\xcd\xb50t"),
        ];
        static EDGES: &[u32] = &[1, 0];
        static STATEMENTS: &[p::Statement] = &[
        p::statement(101,127,1),p::statement(74,92,0),p::statement(110,128,0),];
        static RECOVERIES: &[p::RecoveryRow] = &[
        ];
        static BY_ID: &[u32] = &[0, 1];
        static LABELS: &[p::LabelRow] = &[
        p::label(35, 40, 0),
        ];
        p::tables("a1create \"tasks\"2025-11-10 12:30:00trunk1.sqlit is the beginningb2fill it2.sql", SOURCES, ROWS, EDGES, STATEMENTS, RECOVERIES, BY_ID, LABELS)
        };
        const TABLES_1: p::Tables = {
        static SOURCES: &[p::Source] = &[
        p::source(40, 45, TEXTS[0]),
        p::source(73, 78, TEXTS[1]),
        ];
        static ROWS: &[p::Row] = &[
        p::row([[0, 2], [2, 16], [16, 35]], [0, 0, 0, 1, 1], p::up(0, [101, 129], [0, 1], true), p::down_irreversible(45, 64), b"8\r\x80\n\x88\x8a\xean\xe3\xc9\xa9\xf6\x04\x1f\xf92\xdf+\xbf\x8aT\xadF\xc1\x9a\\$\xd6\'\x8eH^"),
        p::row([[64, 66], [66, 73], [73, 73]], [1, 2, 2, 2, 2], p::up(1, [74, 94], [1, 2], false), p::down(1, [110, 130], [2, 3], true), b"\x9f\x0c\xe4\x03\xc4\x03g^j\xf1s\xc9aic\x05\xb2h\xd5K\xbe\xc0\x90\x08F\x93\xe3\xd1\xcd\xb50t"),
        ];
        static EDGES: &[u32] = &[1, 0];
        static STATEMENTS: &[p::Statement] = &[
        p::statement(101,127,1),p::statement(74,92,0),p::statement(110,128,0),];
        static RECOVERIES: &[p::RecoveryRow] = &[
        ];
        static BY_ID: &[u32] = &[0, 1];
        static LABELS: &[p::LabelRow] = &[
        p::label(35, 40, 0),
        ];
        p::tables("a1create \"tasks\"2025-11-10 12:30:00trunk1.sqlit is the beginningb2fill it2.sql", SOURCES, ROWS, EDGES, STATEMENTS, RECOVERIES, BY_ID, LABELS)
        };
        static EDITIONS: &[p::Edition] = &[
        p::edition(p::Dialect::Sqlite, TABLES_0),
        p::edition(p::Dialect::Postgres, TABLES_1),
        ];
        p::graph(EDITIONS, p::dir(FILES), p::settings("a\"b", "migrate", ::core::option::Option::Some("app"), false, ::core::option::Option::None))
        }
        "#);
    }
}
