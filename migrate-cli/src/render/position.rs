use migrate_analysis::{diagnostic::Label, source::SourceFile};
use migrate_core::Span;

/// A place between two characters of a text.
///
/// Lines and columns count from 1, as editors do: lines end with LF or CRLF, and neither that nor a byte order mark is
/// in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    /// From 0, of the file as it lies on the disk: here a byte order mark counts.
    pub(super) byte: usize,
    pub(super) line: usize,
    /// In characters (Unicode scalar values).
    pub(super) column: usize,
    /// In UTF-16 code units.
    pub(super) utf16_column: usize,
}

/// From where to where; the end is the first place that is no longer meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) start: Position,
    pub(super) end: Position,
}

impl Region {
    pub(super) fn new(file: &SourceFile, span: Span) -> Self {
        let range = file.range(span);
        let at = |byte| Position::new(file.text(), byte);
        Self { start: at(range.start), end: at(range.end) }
    }

    /// `None` where the label speaks of the file as a whole.
    pub(super) fn of(label: &Label) -> Option<Self> {
        Some(Self::new(&label.file, label.span?))
    }
}

impl Position {
    fn new(text: &str, byte: usize) -> Self {
        let (before, after) = text.split_at(byte);
        let in_line = before
            .rsplit_once('\n')
            .map_or_else(|| before.strip_prefix('\u{feff}').unwrap_or(before), |(_, in_line)| in_line);
        let in_line = in_line.strip_suffix('\r').filter(|_| after.starts_with('\n')).unwrap_or(in_line);
        Self {
            byte,
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: in_line.chars().count() + 1,
            utf16_column: in_line.encode_utf16().count() + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Position;

    /// Line, column, and column in UTF-16, of the byte before which `|` stands.
    fn at(text: &str) -> (usize, usize, usize) {
        let (before, after) = text.split_once('|').unwrap();
        let position = Position::new(&[before, after].concat(), before.len());
        assert_eq!(position.byte, before.len());
        (position.line, position.column, position.utf16_column)
    }

    #[test]
    fn lines_and_columns_count_from_one() {
        assert_eq!(at("|"), (1, 1, 1));
        assert_eq!(at("ab|"), (1, 3, 3));
        assert_eq!(at("ab\n|"), (2, 1, 1));
        assert_eq!(at("ab|\ncd"), (1, 3, 3));
        assert_eq!(at("ab\nc|d\n"), (2, 2, 2));
    }

    #[test]
    fn columns_count_characters_or_what_utf16_needs_for_them() {
        assert_eq!(at("größe|"), (1, 6, 6));
        assert_eq!(at("a\n🦀🦀|x"), (2, 3, 5));
    }

    #[test]
    fn neither_line_ends_nor_a_byte_order_mark_are_in_a_column() {
        assert_eq!(at("ab|\r\ncd"), (1, 3, 3));
        assert_eq!(at("ab\r|\ncd"), (1, 3, 3));
        assert_eq!(at("ab\r\nc|d"), (2, 2, 2));
        assert_eq!(at("\u{feff}|ab"), (1, 1, 1));
        assert_eq!(at("|\u{feff}ab"), (1, 1, 1));
        assert_eq!(at("\u{feff}ab\nc|"), (2, 2, 2));
    }
}
