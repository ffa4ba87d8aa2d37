//! The way back of a revision, as text that a binary which does not know the revision can run.
//!
//! The text is `nothing`; or `irreversible: <reason>`; or the line `script transaction:<true|false>`, a line
//! `<start>-<end> <kind>` for each statement, with the lines of its [`Recovery`] behind it, an empty line, and the script:
//! the numbers count its bytes.

use std::{fmt::Write as _, ops::Range};

use migrate_core::{
    Span,
    graph::{Down, DownDeclaration, Recovery, Script, ScriptDeclaration, Statement, StatementKind},
};

const NOTHING: &str = "nothing";
const IRREVERSIBLE: &str = "irreversible: ";
const IN_TRANSACTION: &str = "script transaction:true";
const OUTSIDE: &str = "script transaction:false";

const KINDS: [(StatementKind, &str); 5] = [
    (StatementKind::Data, "data"),
    (StatementKind::Schema, "schema"),
    (StatementKind::Session, "session"),
    (StatementKind::TransactionControl, "transaction"),
    (StatementKind::Other, "other"),
];

/// The text for a way back.
pub(super) fn write(down: Down<'_>) -> String {
    match down {
        Down::Nothing => NOTHING.to_owned(),
        Down::Irreversible(reason) => format!("{IRREVERSIBLE}{reason}"),
        Down::Script(script) => write_script(&script),
    }
}

fn write_script(script: &Script<'_>) -> String {
    let mut text = if script.transaction { IN_TRANSACTION } else { OUTSIDE }.to_owned();
    let start = script.section.start;
    for (index, Statement { span, kind }) in script.statements.iter().enumerate() {
        let kind = KINDS.iter().find(|(known, _)| known == kind).map_or("other", |(_, word)| word);
        let recovery = script.recovery(index);
        let _ = write!(text, "\n{}-{} {kind}\n{recovery}", span.start - start, span.end - start);
    }
    text + "\n\n" + script.text()
}

/// The way back that a text says; `file` is what its script is called in errors. `None` where it says nothing that makes
/// sense, since somebody changed it.
pub(super) fn read(text: &str, file: &str) -> Option<DownDeclaration> {
    if text == NOTHING {
        return Some(DownDeclaration::Nothing);
    }
    if let Some(reason) = text.strip_prefix(IRREVERSIBLE) {
        return Some(DownDeclaration::Irreversible(reason.to_owned()));
    }
    let (head, script) = text.split_once("\n\n")?;
    let mut lines = head.split('\n').peekable();
    let mut declaration = ScriptDeclaration {
        transaction: match lines.next()? {
            IN_TRANSACTION => true,
            OUTSIDE => false,
            _ => return None,
        },
        file: file.into(),
        section: Span::new(0, script.len().try_into().ok()?),
        statements: Vec::new(),
        recoveries: Vec::new(),
        text: script.into(),
    };
    while let Some(line) = lines.next() {
        let (range, kind) = line.split_once(' ')?;
        let end = declaration.statements.last().map_or(0, |statement| statement.span.end);
        let Range { start, end } = statement_within(range, end, script)?;
        let (kind, _) = KINDS.iter().find(|(_, word)| *word == kind)?;
        let mut recovery = String::new();
        while let Some(line) = lines.next_if(|line| !line.starts_with(|first: char| first.is_ascii_digit())) {
            recovery += if recovery.is_empty() { "" } else { "\n" };
            recovery += line;
        }
        let index = declaration.statements.len().try_into().ok()?;
        declaration.recoveries.push((index, recovery.parse::<Recovery>().ok()?));
        declaration.statements.push(Statement::new(start, end, *kind));
    }
    Some(DownDeclaration::Script(declaration))
}

/// A range of the script's bytes that is text, and does not begin before `after`.
fn statement_within(range: &str, after: u32, script: &str) -> Option<Range<u32>> {
    let (start, end) = range.split_once('-')?;
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    let is_text = script.get(start as usize..end as usize).is_some_and(|text| !text.is_empty());
    (after <= start && is_text).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use migrate_core::{
        Graph, Span,
        graph::{
            Change, Declaration, Doubt, DownDeclaration, ObjectKind, Probe, Recovery, ScriptDeclaration,
            Statement, StatementKind,
        },
    };

    use super::{read, write};

    fn written(down: DownDeclaration) -> String {
        let declaration = Declaration { down, ..Declaration::new("a", []) };
        let graph = Graph::new(vec![declaration]).expect("a sound graph");
        write(graph.find("a").expect("the revision").down())
    }

    fn script(text: &str, start: u32, transaction: bool) -> DownDeclaration {
        let text: Arc<str> = text.into();
        let probe = Probe::new(Change::Goes, ObjectKind::Table, "1\n2");
        let recovery = Recovery { probes: vec![probe.clone(), probe], piecewise: true, doubt: Doubt::Again };
        DownDeclaration::Script(ScriptDeclaration {
            recoveries: vec![(1, recovery)],
            file: "a.sql".into(),
            section: Span::new(start, text.len() as u32),
            statements: vec![
                Statement::new(start, start + 12, StatementKind::Data),
                Statement::new(start + 14, start + 26, StatementKind::Schema),
            ],
            text,
            transaction,
        })
    }

    const TEXT: &str = "script transaction:false\n0-12 data\nwhole ask\n14-26 schema\npieces again\n\
                        goes table - - 1\\n2\ngoes table - - 1\\n2\n\nDROP TABLE a;\nDROP TABLE b;\n\n";

    #[test]
    fn a_script_says_how_its_statements_are_run() {
        let text = "-- migrate:down\nDROP TABLE a;\nDROP TABLE b;\n\n";
        assert_eq!(written(script(text, 16, false)), TEXT);
    }

    #[test]
    fn what_is_written_is_read() {
        let ways = [
            DownDeclaration::Nothing,
            DownDeclaration::Irreversible("rows are gone".to_owned()),
            script("DROP TABLE a;\nDROP TABLE b;\n\n", 0, true),
            script("DROP TABLE a;\nDROP TABLE b;\n\n", 0, false),
        ];
        for down in ways {
            let text = written(down.clone());
            assert_eq!(read(&text, "a.sql").map(written), Some(text));
        }
    }

    #[test]
    fn a_text_that_somebody_changed_is_refused() {
        for end in 0..TEXT.len() - 1 {
            let cut = &TEXT[..end];
            if let Some(down) = read(cut, "a.sql") {
                // All of the statements are left, and only blanks behind them are gone.
                assert_eq!(written(down), cut);
                assert!(cut.ends_with("DROP TABLE b;") || cut.ends_with("DROP TABLE b"), "{cut}");
            }
        }
        let changes = [
            ("0-12", "12-0"),
            ("0-12", "0-99"),
            ("0-12", "0-15"),
            ("0-12", "0-4294967296"),
            ("0-12", "-"),
            ("0-12 data", "0-12 rows"),
            ("0-12 data", "0-12"),
            ("0-12 data", "data"),
            ("whole ask", ""),
            ("whole ask", "whole"),
            ("goes table", "goes cat"),
            ("transaction:false", "transaction:maybe"),
            ("script", "scripts"),
            ("DROP TABLE a;", "DROP TABLE ä;\u{1f600}"),
        ];
        for (from, to) in changes {
            let text = TEXT.replacen(from, to, 1);
            assert_ne!(text, TEXT);
            let down = read(&text, "a.sql");
            assert!(down.is_none() || text.contains('ä'), "{text}");
        }
    }
}
