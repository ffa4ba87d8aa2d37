use super::super::{SplitProblemKind, cursor::Cursor};

/// The `mysql` client looks at no more bytes of a delimiter than these.
const LONGEST: usize = 15;

/// What separates statements beside the `;`: set by the `DELIMITER` command of the `mysql` client.
#[derive(Default)]
pub(super) struct Delimiter(Option<String>);

impl Delimiter {
    /// Whether a delimiter other than `;` is set.
    pub(super) const fn is_set(&self) -> bool {
        self.0.is_some()
    }

    /// Whether one stands at this place.
    pub(super) fn is_at(&self, cursor: &Cursor<'_>) -> bool {
        self.0.as_ref().is_some_and(|delimiter| cursor.starts_with(delimiter))
    }

    /// How many bytes it has.
    pub(super) fn len(&self) -> usize {
        self.0.as_ref().map_or(0, String::len)
    }

    /// Reads a `DELIMITER` command, where one begins here.
    ///
    /// No statement begins with that word, but a line of one may: a column can have that name. Once a delimiter is
    /// set, the file is written for the client, to which every line that begins so is a command.
    pub(super) fn command(&mut self, cursor: &mut Cursor<'_>, open: bool) -> bool {
        const WORD: &str = "DELIMITER";
        let here = cursor.starts_with_keyword(WORD)
            && matches!(cursor.peek_after(WORD.len()), None | Some(b' ' | b'\t' | b'\n' | b'\r'));
        if !here || (open && !(self.is_set() && cursor.begins_line())) {
            return false;
        }
        let start = cursor.at();
        cursor.skip_line(&['\n', '\r']);
        let line = cursor.since(start);
        match argument(line.get(WORD.len()..).unwrap_or_default()) {
            "" => cursor.report_mark(start, WORD, SplitProblemKind::MissingDelimiter),
            ";" => self.0 = None,
            delimiter => self.0 = Some(delimiter.to_owned()),
        }
        true
    }
}

/// The first word of a line, without its quotes.
fn argument(line: &str) -> &str {
    let line = line.trim_ascii();
    let quoted = line.strip_prefix(['\'', '"', '`']).and_then(|rest| rest.split(['\'', '"', '`']).next());
    let word = quoted.unwrap_or_else(|| line.split_ascii_whitespace().next().unwrap_or_default());
    word.get(..word.floor_char_boundary(LONGEST)).unwrap_or_default()
}
