use std::string::FromUtf8Error;

use migrate_core::Span;

use crate::{
    diagnostic::{Diagnostic, quote},
    rules::{Family, Rule},
    source::SourceFile,
};

pub(crate) const RULE: Rule = Rule::new(
    "non-utf8-file",
    Family::File,
    "a file or its name is not UTF-8",
    include_str!("non-utf8-file.md"),
)
.always();

/// The text is not UTF-8.
pub(crate) fn of_text(dir: &str, name: &str, error: &FromUtf8Error) -> Diagnostic {
    let bytes = error.as_bytes();
    let offset = error.utf8_error().valid_up_to();
    let byte = bytes.get(offset).copied().unwrap_or_default();
    let line = bytes.iter().take(offset).filter(|&&byte| byte == b'\n').count() + 1;
    // Everything before the first wrong byte is as it was, so that the place is right in the mended text too.
    let file = SourceFile::new(dir, name, String::from_utf8_lossy(bytes));
    let start = offset as u32;
    let span = Span::new(start, start + char::REPLACEMENT_CHARACTER.len_utf8() as u32);
    let message = format!("{} is not UTF-8: byte {offset} is 0x{byte:02X}, in line {line}", quote(name));
    Diagnostic::new(RULE.name, message).at(&file, span, "here").help("save the file as UTF-8")
}

/// The name is not UTF-8.
pub(crate) fn of_name(dir: &str, lossy: &str) -> Diagnostic {
    Diagnostic::new(RULE.name, format!("the name of the file {} is not UTF-8", quote(lossy)))
        .about(&SourceFile::new(dir, lossy, ""))
        .help("rename the file")
}
