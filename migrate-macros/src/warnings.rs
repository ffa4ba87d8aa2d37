use migrate_analysis::{
    Report,
    config::{Config, MacroWarnings},
    diagnostic::compile_error,
};

/// Items that make the compiler warn. There is no other way on stable Rust: each uses a deprecated constant that is
/// named after the rule, and whose note is the finding.
pub(crate) fn warnings(report: &Report, config: &Config) -> String {
    let count = report.warnings().count();
    let (shown, more) = match config.macro_warnings {
        MacroWarnings::All => (compile_error::LIMIT, "more "),
        MacroWarnings::Summary => (0, ""),
        MacroWarnings::Off => return String::new(),
    };
    let mut items: String = report
        .warnings()
        .take(shown)
        .map(|finding| warning(&constant_name(finding.rule), &compile_error::render(finding)))
        .collect();
    match count.saturating_sub(shown) {
        0 => {}
        1 => items.push_str(&warning("MIGRATIONS", &format!("1 {more}warning: {ALL}"))),
        rest => items.push_str(&warning("MIGRATIONS", &format!("{rest} {more}warnings: {ALL}"))),
    }
    items
}

const ALL: &str = "`cargo migrate check` lists all of them";

fn constant_name(rule: &str) -> String {
    rule.replace('-', "_").to_uppercase()
}

fn warning(name: &str, note: &str) -> String {
    format!("const _: () = {{ #[deprecated(note = {note:?})] const {name}: () = (); {name} }};\n")
}

#[cfg(test)]
mod tests {
    use migrate_analysis::{
        Report, check,
        config::{Config, MacroWarnings},
        source::Sources,
    };
    use migrate_core::Dialect;

    use super::warnings;

    fn report(files: usize) -> Report {
        let text = |number: usize| {
            let parent = number.checked_sub(1).map(|parent| format!("r{parent}")).unwrap_or_default();
            format!(
                "-- step {number}\n-- revision: r{number}\n-- revises: {parent}\n-- allow: empty-up, why\n\
                 -- migrate:up\nSELECT 1;\n-- migrate:down irreversible: it reads\n"
            )
        };
        let files: Vec<(String, String)> =
            (0..files).map(|number| (format!("{number:02}.sql"), text(number))).collect();
        let config = Config { databases: vec![Dialect::Sqlite], ..Config::default() };
        check(&Sources::new("db", files.iter().map(|(name, text)| (&**name, &**text))), &config)
    }

    fn shown(files: usize, macro_warnings: MacroWarnings) -> String {
        warnings(&report(files), &Config { macro_warnings, ..Config::default() })
    }

    #[test]
    fn each_warning_is_a_constant_named_after_its_rule() {
        insta::assert_snapshot!(shown(1, MacroWarnings::All), @r#"const _: () = { #[deprecated(note = "`empty-up` finds nothing here that could be allowed [unused-allow]\n --> db/00.sql:4:1\n  |\n4 | -- allow: empty-up, why\n  | ^^^^^^^^^^^^^^^^^^^^^^^\n  |\n  = help: remove it")] const UNUSED_ALLOW: () = (); UNUSED_ALLOW };"#);
    }

    #[test]
    fn more_warnings_than_anybody_reads_are_counted() {
        assert_eq!(shown(20, MacroWarnings::All).matches("const UNUSED_ALLOW").count(), 20);
        assert!(!shown(20, MacroWarnings::All).contains("more warning"));
        assert_eq!(shown(22, MacroWarnings::All).matches("const UNUSED_ALLOW").count(), 20);
        assert!(shown(21, MacroWarnings::All).contains("\"1 more warning: "));
        assert!(shown(22, MacroWarnings::All).contains("\"2 more warnings: "));
    }

    #[test]
    fn warnings_are_summed_up_or_left_out_on_request() {
        assert_eq!(shown(0, MacroWarnings::Off), "");
        assert_eq!(shown(2, MacroWarnings::Off), "");
        insta::assert_snapshot!(shown(2, MacroWarnings::Summary), @r#"const _: () = { #[deprecated(note = "2 warnings: `cargo migrate check` lists all of them")] const MIGRATIONS: () = (); MIGRATIONS };"#);
    }
}
