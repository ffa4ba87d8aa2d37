//! What holds for every text, whether it is SQL or not.

use migrate_core::{Dialect, Span};
use proptest::{prelude::*, sample::select};

use crate::sql::{Split, split};

/// Marks that a scanner may stumble over.
const MARKS: &[&str] = &[
    "'", "\"", "`", "[", "]", "$$", "$a$", "$", "$1", "\\", "--", "-- ", "#", "/*", "*/", "/*!", ";", ";;",
    "//", "(", ")", ".", ",", "@", ":", "=", " ", "\t", "\n", "\r", "\r\n", "\u{feff}", "\0", "ü", "日",
];

/// Words, each after a `|`.
const WORDS: &str = "a|b1|E'|U&'|/*!40101 |AS|ATOMIC|BEGIN|CASE|COPY|CREATE|DECLARE|DEFINER|DELIMITER|DELIMITER //\n\
    |DELIMITER ;\n|DO|EACH ROW|ELSE|END|EVENT|EXPLAIN|FOR|FROM STDIN|FUNCTION|HANDLER|IF|LOOP|NOT|OR REPLACE\
    |PROCEDURE|REPEAT|RETURN|ROLLBACK|RULE|SELECT|SET|TEMP|THEN|TRIGGER|UNTIL|WHILE|.read|\\.";

fn soup() -> impl Strategy<Value = String> {
    let words: Vec<&str> = WORDS.split('|').collect();
    let scrap = prop_oneof![select(MARKS), select(words), Just(" ")];
    prop::collection::vec(scrap, 0..60).prop_map(|scraps| scraps.concat())
}

fn dialect() -> impl Strategy<Value = Dialect> {
    select(&Dialect::ALL[..])
}

fn whole(text: &str) -> Span {
    Span::new(0, text.len() as u32)
}

fn check_spans(text: &str, section: Span, split: &Split) {
    let mut end = section.start;
    for span in split.statements.iter().map(|statement| statement.span) {
        assert!(
            end <= span.start && span.start < span.end && span.end <= section.end,
            "{span:?} in {section:?}"
        );
        // What is never closed takes the blanks at the end of the text as well.
        let statement = &text[span.range()];
        let closed = statement.trim_matches([' ', '\t', '\n', '\r', ';']) == statement;
        assert!(closed || !split.problems.is_empty(), "{statement:?}");
        end = span.end;
    }
    for span in split.problems.iter().map(|problem| problem.span) {
        assert!(section.start <= span.start && span.start < span.end && span.end <= section.end, "{span:?}");
        assert!(text.is_char_boundary(span.start as usize) && text.is_char_boundary(span.end as usize));
    }
}

/// Without problems and without a delimiter, statements stand alone, and nothing is between them.
fn check_parts(text: &str, dialect: Dialect, parts: &Split) {
    let has_delimiter = text.to_ascii_uppercase().contains("DELIMITER");
    // A mark that is none, because it stands elsewhere, would become one.
    let has_byte_order_mark = text.contains('\u{feff}');
    if !parts.problems.is_empty() || has_delimiter || has_byte_order_mark {
        return;
    }
    let mut end = 0;
    for statement in &parts.statements {
        let between = &text[end..statement.span.start as usize];
        assert_eq!(split(between, whole(between), dialect), Split::default(), "between statements");
        let alone = statement.span.of(text);
        if alone.ends_with('-') {
            // Two dashes are a comment on MySQL only before a blank, or at the end of the text.
            return;
        }
        let again = split(alone, whole(alone), dialect);
        assert_eq!(
            again.statements.iter().map(|part| part.span).collect::<Vec<_>>(),
            [whole(alone)],
            "{alone}"
        );
        end = statement.span.end as usize;
    }
    assert_eq!(
        split(&text[end..], whole(&text[end..]), dialect),
        Split::default(),
        "behind the last statement"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn any_text_is_cut_into_ordered_statements(text in any::<String>(), dialect in dialect()) {
        let parts = split(&text, whole(&text), dialect);
        check_spans(&text, whole(&text), &parts);
        check_parts(&text, dialect, &parts);
    }

    #[test]
    fn scraps_of_sql_are_cut_into_ordered_statements(text in soup(), dialect in dialect()) {
        let parts = split(&text, whole(&text), dialect);
        check_spans(&text, whole(&text), &parts);
        check_parts(&text, dialect, &parts);
    }

    #[test]
    fn a_section_is_cut_as_if_it_stood_alone(before in soup(), text in soup(), after in soup(), dialect in dialect()) {
        let start = before.len() as u32 + 1;
        let section = Span::new(start, start + text.len() as u32);
        let file = format!("{before}\n{text}{after}");
        let parts = split(&file, section, dialect);
        check_spans(&file, section, &parts);
        let alone = split(&text, whole(&text), dialect);
        let kinds = |split: &Split| split.statements.iter().map(|statement| statement.kind).collect::<Vec<_>>();
        // A byte order mark is one at the start of a file alone.
        prop_assume!(!text.starts_with('\u{feff}'));
        prop_assert_eq!(kinds(&parts), kinds(&alone));
        prop_assert_eq!(parts.problems.len(), alone.problems.len());
    }

    #[test]
    fn a_span_that_does_not_fit_is_an_empty_section(text in soup(), start in 0_u32..200, end in 0_u32..200, dialect in dialect()) {
        let section = Span::new(start, end);
        let parts = split(&text, section, dialect);
        if text.get(section.range()).is_none() {
            prop_assert_eq!(parts, Split::default());
        }
    }
}

/// Quadratic time would make each of these take minutes.
#[test]
fn long_repetitions_take_linear_time() {
    const HEADS: &str = "|CREATE PROCEDURE a() BEGIN |CREATE TRIGGER a BEGIN |CREATE FUNCTION a() BEGIN ATOMIC \
        |DO $a$|DELIMITER aaaaaaaaaaaaaab\n|/*|DROP TABLE a ";
    const REPEATED: &str = "'|''|E'' |\\'|$|$a|$a$b|(|)|[|/*|*/|/*!|*/*|-|-- \n|#\n|a|aaaaaaaaaaaaaa| |\n|;|CASE |BEGIN \
        |IF a THEN |END |END; |DELIMITER\n|DELIMITER a\n|COPY a FROM STDIN;\n|\\.\n|.a\n|SELECT 1;|DROP TABLE a |l: |日";
    for head in HEADS.split('|') {
        for repeated in REPEATED.split('|') {
            let text = format!("{head}{}", repeated.repeat(30_000 / repeated.len()));
            for dialect in Dialect::ALL {
                let parts = split(&text, whole(&text), dialect);
                assert!(parts.statements.len() <= text.len());
            }
        }
    }
}
