use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
    source::{Lock, LockProblem, LockProblemKind},
};

pub(crate) const RULE: Rule = Rule::new(
    "invalid-lock",
    Family::Lock,
    "a line of the lock file cannot be read",
    include_str!("invalid-lock.md"),
)
.always();

pub(super) fn check(lock: &Lock, findings: &mut Vec<Diagnostic>) {
    findings.extend(lock.problems.iter().map(|problem| finding(lock, problem)));
}

fn finding(lock: &Lock, problem: &LockProblem) -> Diagnostic {
    let written = quote(problem.span.of(lock.file.text()));
    let file = quote(lock.file.path());
    let finding = |message: String| Diagnostic::new(RULE.name, message);
    let here = |finding: Diagnostic, text: &str| finding.at(&lock.file, problem.span, text);
    match problem.kind {
        LockProblemKind::MissingFormat => finding(format!("{file} has no line `format`"))
            .about(&lock.file)
            .help("write `format 1` above the revisions")
            .help("or remove the file, and write it anew: `cargo migrate lock --draft`"),
        LockProblemKind::UnknownFormat => {
            here(finding(format!("{file} is of format {written}")), "this release reads format 1").help(
                "a later release of cargo-migrate wrote it: update `migrate-runtime` and `cargo-migrate`",
            )
        }
        LockProblemKind::Repeated { first } => {
            let word = problem.span.of(lock.file.text()).split([' ', '\t']).next().unwrap_or_default();
            here(finding(format!("{} stands in the lock file twice", quote(word))), "")
                .beside(&lock.file, first, "here for the first time")
                .help("remove one of the lines")
        }
        LockProblemKind::Unreadable => here(finding("this line of the lock file cannot be read".into()), "")
            .help("a revision is written as `<id> < <parent>, <parent>  depends-on <id>  draft`")
            .help("or take the line as it was from version control"),
        LockProblemKind::MissingState => {
            here(finding("this line of the lock file does not say whether the revision is sealed".into()), "")
                .help("it ends in `draft`, or in the fingerprint that the revision was sealed with")
        }
        LockProblemKind::InvalidFingerprint => here(finding(format!("{written} is no fingerprint")), "")
            .help("a fingerprint is `v1:` and 64 hex digits: take the line as it was from version control"),
        LockProblemKind::UnknownDatabase { meant } => {
            let finding = here(finding(format!("there is no database {written}")), "");
            match meant {
                Some(meant) => {
                    finding.fix(format!("did you mean {}?", quote(meant)), &lock.file, problem.span, meant)
                }
                None => finding.help("a database is one of `sqlite`, `postgres`, `mysql`"),
            }
        }
    }
}
