//! The fingerprint of a revision, version 1.
//!
//! Version 1 is frozen: it says whether the history of a database is the history of a program, and so the value for
//! a text that has shipped must never change. A better rule would be a version 2 beside it. It is the SHA-256 of
//! these fields, in this order:
//!
//! | field | bytes |
//! |---|---|
//! | the tag | `migrate:v1` |
//! | the id | as it is |
//! | how many parents | a number |
//! | the fingerprint of each parent, sorted | 32 |
//! | how many dependencies | a number |
//! | the fingerprint of each dependency, sorted | 32 |
//! | the transaction mode | `transaction` or `no-transaction` |
//! | the script | normalised |
//!
//! A number is written as 8 bytes, the lowest first. Every other field is written as its length in bytes, which is
//! such a number, and then its bytes. Equal fingerprints of parents or dependencies are all written.
//!
//! The script is the body of the up section, from the line behind its marker, normalised in these steps:
//!
//! 1. A byte order mark (U+FEFF) at its start is removed. One elsewhere stays.
//! 2. CRLF becomes LF, and then each CR that is left becomes LF.
//! 3. Blanks at the end of each line are removed: spaces and tabs, and nothing else.
//! 4. Lines are dropped that are empty, or whose first two characters other than spaces and tabs are `--`, and these
//!    are at the end of the line or before a space or a tab. Lines are lines here, even within a string.
//! 5. Each line that is left is written with an LF behind it, the last one too.
//!
//! Without a script (a merge) it is empty. There is no lexer and no dialect in this: neither may change what has
//! shipped.

use migrate_core::{Span, graph::Fingerprint};
use sha2::{Digest as _, Sha256};

const TAG: &str = "migrate:v1";

/// The fingerprint of a revision, from its id, the fingerprints of its parents and dependencies in any order, whether
/// its up script runs in a transaction, and that script: the text of its section, or nothing.
///
/// Comments, blank lines, blanks at the end of a line and the form of line ends make no difference.
///
/// ```
/// use migrate_analysis::source::fingerprint;
///
/// let base = fingerprint("abc123def456", &[], &[], true, "CREATE TABLE tasks (id INTEGER);\n");
/// assert_eq!(base, fingerprint("abc123def456", &[], &[], true, "-- tasks\r\nCREATE TABLE tasks (id INTEGER);  "));
/// assert_ne!(base, fingerprint("abc123def456", &[base], &[], true, "CREATE TABLE tasks (id INTEGER);\n"));
/// ```
#[must_use]
pub fn fingerprint(
    id: &str,
    parents: &[Fingerprint],
    dependencies: &[Fingerprint],
    transaction: bool,
    script: &str,
) -> Fingerprint {
    let mut fields = Fields(Sha256::new());
    fields.text(TAG);
    fields.text(id);
    fields.chain(parents);
    fields.chain(dependencies);
    fields.text(if transaction { "transaction" } else { "no-transaction" });
    fields.text(&normalised(script));
    Fingerprint::from_bytes(fields.0.finalize().into())
}

struct Fields(Sha256);

impl Fields {
    fn number(&mut self, number: usize) {
        self.0.update((number as u64).to_le_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len());
        self.0.update(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn chain(&mut self, links: &[Fingerprint]) {
        let mut links: Vec<&[u8; 32]> = links.iter().map(Fingerprint::as_bytes).collect();
        links.sort_unstable();
        self.number(links.len());
        for link in links {
            self.bytes(link);
        }
    }
}

fn normalised(script: &str) -> String {
    let mut kept = String::with_capacity(script.len() + 1);
    for line in significant_lines(script) {
        kept.push_str(line.of(script));
        kept.push('\n');
    }
    kept
}

/// The lines of a script that its fingerprint speaks of, without the blanks at their ends.
pub(crate) fn significant_lines(script: &str) -> impl Iterator<Item = Span> {
    const BLANKS: [char; 2] = [' ', '\t'];
    let text = script.strip_prefix('\u{feff}').unwrap_or(script);
    let mut at = (script.len() - text.len()) as u32;
    // A CRLF makes an empty line too many, which is dropped as all empty lines are.
    text.split(['\n', '\r']).filter_map(move |line| {
        let start = at;
        at += line.len() as u32 + 1;
        let line = line.trim_end_matches(BLANKS);
        let comment = line.trim_start_matches(BLANKS).strip_prefix("--");
        let is_comment = comment.is_some_and(|words| words.is_empty() || words.starts_with(BLANKS));
        (!line.is_empty() && !is_comment).then(|| Span::new(start, start + line.len() as u32))
    })
}
