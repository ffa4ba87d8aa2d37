use std::sync::Arc;

use migrate_core::Span;

use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
    source::{Layout, SourceFile},
};

pub(crate) const RULE: Rule = Rule::new(
    "unrecognised-file",
    Family::File,
    "something in the migration directory is no migration",
    include_str!("unrecognised-file.md"),
);

const IGNORED: &str =
    "a name that begins with `.` or ends in `~`, `.md`, `.txt`, `.toml` or `.sum` is not looked at";

/// A file whose name is none of a migration; `meant` would be one.
pub(crate) fn misnamed(file: &Arc<SourceFile>, meant: Option<&str>) -> Diagnostic {
    let finding =
        Diagnostic::new(RULE.name, format!("{} is no migration file", quote(file.name()))).about(file);
    match meant {
        Some(meant) => finding.help(format!("did you mean {}?", quote(meant))),
        None => finding.help("migration files end in `.sql`; move this one elsewhere").help(IGNORED),
    }
}

/// A script whose name is none of the layout that the directory has.
pub(crate) fn unfit(file: &Arc<SourceFile>, layout: Layout) -> Diagnostic {
    Diagnostic::new(RULE.name, format!("{} is no migration of {}", quote(file.name()), layout.name()))
        .about(file)
        .help(format!("those are called {}; move this one elsewhere", layout.names()))
}

/// A migration in another language than SQL; `script` is the name of the SQL in its place.
pub(crate) fn code(file: &Arc<SourceFile>, script: &str) -> Diagnostic {
    let name = quote(file.name());
    Diagnostic::new(RULE.name, format!("{name} is a program, which cannot run here"))
        .about(file)
        .help(format!("write what it does as SQL, in {}", quote(script)))
        .help(format!(
            "or, where it has run everywhere, allow it in `migrate.toml`: `[[allow]] rule = \"{}\", file = \"{}\", \
             reason = \"..\"`",
            RULE.name,
            file.name()
        ))
}

/// A script of a tool whose layout is not known; `mark` is the line that tells it.
pub(crate) fn unknown_layout(file: &Arc<SourceFile>, tool: &str, mark: Span) -> Diagnostic {
    Diagnostic::new(RULE.name, format!("{} is a migration of {tool}", quote(file.name())))
        .at(file, mark, "its down script begins here, and would run as a part of the up script")
        .help("write `-- migrate:up` and `-- migrate:down` in the place of its marks, and a header with `-- revision:`")
}

/// A directory that is not empty.
pub(crate) fn directory(dir: &str, name: &str) -> Diagnostic {
    Diagnostic::new(RULE.name, format!("{} is a directory", quote(name)))
        .about(&SourceFile::new(dir, name, ""))
        .help("migration files lie side by side in one directory; move this one elsewhere")
        .help(IGNORED)
}

/// A pipe, a socket, a device.
pub(crate) fn special(dir: &str, name: &str) -> Diagnostic {
    Diagnostic::new(RULE.name, format!("{} is no regular file", quote(name)))
        .about(&SourceFile::new(dir, name, ""))
        .help("remove it from the migration directory")
}
