use std::collections::BTreeSet;

/// The text of a file in the spellings of one and the same content that a tool may have read: with the line ends of
/// another system, and with or without a byte order mark.
pub(super) fn spellings(text: &str) -> BTreeSet<String> {
    let bare = text.trim_start_matches('\u{feff}');
    let unix = bare.replace("\r\n", "\n");
    let windows = unix.replace('\n', "\r\n");
    let bare = [bare.to_owned(), unix, windows];
    let marked = bare.each_ref().map(|text| format!("\u{feff}{text}"));
    bare.into_iter().chain(marked).collect()
}
