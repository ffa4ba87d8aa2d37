use super::Question;

/// The whole file is the lock: there are no sessions to see, and no rights but those of the file.
pub(in crate::database) fn sqlite(question: Question<'_>) -> Option<String> {
    let text = match question {
        Question::File => "SELECT file FROM pragma_database_list WHERE name = 'main'",
        Question::Integrity => "PRAGMA quick_check(5)",
        Question::JournalMode => "PRAGMA journal_mode",
        Question::BrokenReferences => "PRAGMA foreign_key_check",
        Question::OpenTransactions { .. }
        | Question::Waits
        | Question::HiddenSessions
        | Question::InvalidIndexes { .. }
        | Question::TablesWithoutTransactions
        | Question::MissingRights { .. } => return None,
    };
    Some(text.to_owned())
}
