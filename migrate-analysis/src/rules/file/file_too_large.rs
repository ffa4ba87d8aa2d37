use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
    source::{SourceFile, disk::LARGEST_FILE},
};

pub(crate) const RULE: Rule = Rule::new(
    "file-too-large",
    Family::File,
    "a migration file is larger than 16 MiB",
    include_str!("file-too-large.md"),
)
.always();

const MIB: u64 = 1024 * 1024;

pub(crate) fn finding(dir: &str, name: &str, bytes: u64) -> Diagnostic {
    // Rounded up, so that it never reads as the limit itself.
    let tenths = (bytes * 10).div_ceil(MIB);
    let (size, limit) = (format!("{}.{}", tenths / 10, tenths % 10), LARGEST_FILE / MIB);
    Diagnostic::new(RULE.name, format!("{} has {size} MiB; the limit is {limit} MiB", quote(name)))
        .about(&SourceFile::new(dir, name, ""))
        .help("migrations are part of the binary: load bulk data by other means, or split the file into revisions")
}
