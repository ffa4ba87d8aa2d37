use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
    source::Layout,
};

pub(crate) const RULE: Rule = Rule::new(
    "mixed-layouts",
    Family::File,
    "files without a header follow the layouts of several tools",
    include_str!("mixed-layouts.md"),
)
.always();

/// Each of the layouts, with a file that follows it.
pub(crate) fn finding(layouts: &[(Layout, &str)]) -> Diagnostic {
    let names: Vec<&str> = layouts.iter().map(|(layout, _)| layout.name()).collect();
    let finding = Diagnostic::new(
        RULE.name,
        format!("the files follow the layouts of several tools: {}", names.join(", ")),
    );
    layouts
        .iter()
        .fold(finding, |finding, (layout, name)| {
            finding.help(format!("{} is of {}", quote(name), layout.name()))
        })
        .help(format!(
            "files without a header have to be of one tool; to say which, set `layout = \"{}\"` in `migrate.toml`",
            names.first().unwrap_or(&"native")
        ))
}
