use migrate_core::{Dialect, Span};
use proptest::{prelude::*, sample::select};

use crate::source::{ParsedFile, Part, Section, parse};

const PARTS: [Part; 3] = [Part::Whole, Part::Up, Part::Down];

/// What a reader of lines may stumble over, each after a `|`.
const SCRAPS: &str = "-- |--|migrate|:|up|down|-- migrate:up|-- migrate:down|-- migrate:upp| transaction:|false\
    | irreversible:|-- revision: a|-- revison: a|-- revises: a, b|-- created: |2025-11-10|-- allow: a, b|-- allow:|,|'\
    |$$|/*|*/|#|;|SELECT 1;|a|ü| |\t|\n|\n|\n|\r\n|\r|\u{feff}";

fn check(text: &str, part: Part, dialects: &[Dialect]) {
    let ParsedFile { header, up, down, file_allows, statement_allows, problems } =
        parse(text, part, dialects);
    let fits = |span: Span| {
        assert!(span.start <= span.end && text.get(span.range()).is_some(), "{span:?}");
    };
    if let Some(header) = header {
        fits(header.span);
        fits(header.message.span);
        header.lines.iter().for_each(|&(_, line)| fits(line));
        header
            .revises
            .iter()
            .chain(&header.depends_on)
            .chain(&header.labels)
            .for_each(|value| fits(value.span));
    }
    let sections: Vec<&Section> = up.iter().chain(&down).collect();
    for section in &sections {
        fits(section.marker);
        fits(section.body);
        assert!(section.marker.end <= section.body.start);
        assert!(!text[section.marker.range()].contains(['\n', '\r']));
    }
    if let [one, other] = sections[..] {
        assert!(one.body.end <= other.marker.start || other.body.end <= one.marker.start);
    }
    for allow in file_allows.iter().chain(&statement_allows) {
        fits(allow.span);
        fits(allow.rule.span);
    }
    assert!(problems.is_sorted_by_key(|problem| problem.span));
    problems.iter().for_each(|problem| fits(problem.span));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn any_text_is_read(text in any::<String>(), part in select(&PARTS[..])) {
        check(&text, part, &Dialect::ALL);
    }

    #[test]
    fn scraps_of_files_are_read(
        scraps in prop::collection::vec(select(SCRAPS.split('|').collect::<Vec<_>>()), 0..40),
        part in select(&PARTS[..]),
        dialect in select(&Dialect::ALL[..]),
    ) {
        check(&scraps.concat(), part, &[dialect]);
        check(&scraps.concat(), part, &[]);
    }
}

/// Quadratic time would make each of these take minutes.
#[test]
fn long_repetitions_take_linear_time() {
    const REPEATED: &str = "/*\n|/* */\n|/*\n-- migrate:up\n|'\n-- migrate:up\n|'a'\n-- migrate:up\n\
        |$a$\n-- migrate:down\n|-- migrate:up\n/*\n|-- migrate: x\n|-- migrate:up transaction:false |-- revisoin: a\n\
        |-- revision: a\n|-- revises: a,|--:|-- allow: a, b\n/*\n|SELECT 1;\n-- allow: a\n|\n";
    for head in ["", "SELECT 1;\n", "-- migrate:up\n"] {
        for repeated in REPEATED.split('|') {
            let text = format!("{head}{}", repeated.repeat(100_000 / repeated.len()));
            check(&text, Part::Whole, &Dialect::ALL);
        }
    }
}
