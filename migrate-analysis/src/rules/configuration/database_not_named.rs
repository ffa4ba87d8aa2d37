use crate::{
    config::Config,
    diagnostic::Diagnostic,
    rules::{Family, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "database-not-named",
    Family::Configuration,
    "neither `migrate.toml` nor the caller says which databases the scripts are for",
    include_str!("database-not-named.md"),
)
.always();

pub(crate) fn check(config: &Config, findings: &mut Vec<Diagnostic>) {
    if !config.databases.is_empty() {
        return;
    }
    let finding = Diagnostic::new(RULE.name, "no database is named")
        .help("add `databases = [\"postgres\"]` to `migrate.toml`, beside `Cargo.toml`")
        .help("or name it in the code: `embed_migrations!(\"migrations\", postgres)`")
        .help("the databases are `sqlite`, `postgres`, `mysql`");
    findings.push(match &config.file {
        Some(file) => finding.about(file),
        None => finding,
    });
}
