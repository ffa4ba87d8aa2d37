use migrate_analysis::{
    Report,
    config::{Config, MacroWarnings},
    diagnostic::compile_error,
};

/// Items that make the compiler warn. There is no other way on stable Rust: each uses a deprecated constant that is
/// named after the rule, and whose note is the finding.
pub(crate) fn warnings(report: &Report, config: &Config) -> String {
    let count = report.warnings().count();
    match config.macro_warnings {
        MacroWarnings::Off => String::new(),
        MacroWarnings::Summary if count == 0 => String::new(),
        MacroWarnings::Summary => {
            let plural = if count == 1 { "warning" } else { "warnings" };
            warning("MIGRATIONS", &format!("{count} {plural}: `cargo migrate check` lists all of them"))
        }
        MacroWarnings::All => {
            let shown = report.warnings().take(compile_error::LIMIT);
            let mut items: String = shown
                .map(|finding| {
                    warning(&finding.rule.replace('-', "_").to_uppercase(), &compile_error::render(finding))
                })
                .collect();
            if let Some(rest) = count.checked_sub(compile_error::LIMIT).filter(|rest| *rest > 0) {
                let note = format!("{rest} more warnings: `cargo migrate check` lists all of them");
                items.push_str(&warning("MIGRATIONS", &note));
            }
            items
        }
    }
}

fn warning(name: &str, note: &str) -> String {
    format!("const _: () = {{ #[deprecated(note = {note:?})] const {name}: () = (); {name} }};\n")
}
