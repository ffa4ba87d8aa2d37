/// A row of a table, its columns in the order in which they were asked for.
pub(crate) type Row = Vec<Option<String>>;

/// A cell as text; nothing where it is NULL.
pub(super) fn cell(row: &Row, index: usize) -> &str {
    row.get(index).and_then(Option::as_deref).unwrap_or_default()
}

/// Whether a cell is true, in the words of any database.
pub(super) fn is_true(row: &Row, index: usize) -> bool {
    matches!(cell(row, index), "1" | "t" | "true")
}
