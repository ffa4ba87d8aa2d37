use crate::{
    diagnostic::{Diagnostic, quote},
    replay::Site,
    rules::{Family, Level, Rule},
};

pub(crate) const RULE: Rule = Rule::new(
    "effect-not-needed",
    Family::Schema,
    "an effect stands above a statement that is understood without it",
    include_str!("effect-not-needed.md"),
)
.level(Level::Warn);

pub(crate) fn finding(site: &Site<'_>) -> Option<Diagnostic> {
    let is_understood = site.statement.lowered.opaque.is_none();
    let effect = site.statement.effect.as_ref().filter(|_| is_understood)?;
    let message = format!("{} is understood, and this effect takes its place", quote(site.text()));
    let finding = Diagnostic::new(RULE.name, message).at(&site.script.file, effect.span, "");
    Some(finding.help("remove the effect: what the statement says is then checked as it is run"))
}
