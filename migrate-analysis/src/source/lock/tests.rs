//! What is written is read again, and any text is read.

use std::collections::{BTreeMap, BTreeSet};

use migrate_core::{Dialect, graph::Fingerprint};
use proptest::{prelude::*, sample::select};

use super::{
    Lock,
    text::{LockLine, LockText},
};
use crate::source::SourceFile;

/// What a reader of lines may stumble over, each after a `~`.
const SCRAPS: &str = "format 1\n~format ~head ~databases ~sqlite~a~é~ < ~, ~,~depends-on ~draft~\n~\r\n~\n~v1:~=~#\
    ~sqlite=v1:0000000000000000000000000000000000000000000000000000000000000000\
    ~v1:0000000000000000000000000000000000000000000000000000000000000000~<<<<<<< HEAD\n\
    ~||||||| base\n~=======\n~>>>>>>> b\n~\u{feff}~ ~\t";

fn parse(text: &str) -> Lock {
    Lock::parse(&SourceFile::new("migrations", "migrate.lock", text))
}

/// Ids that look like other words of a line, and some that do not.
fn id() -> impl Strategy<Value = String> {
    prop_oneof![
        select(&["draft", "depends-on", "format", "databases", "#a", "v1", "<", "é"][..])
            .prop_map(String::from),
        "[a-z0-9_.-]{1,12}".prop_filter("it is legal", |id| migrate_core::graph::illegal_name(id).is_none()),
    ]
}

fn databases() -> impl Strategy<Value = BTreeSet<Dialect>> {
    prop::collection::btree_set(select(&Dialect::ALL[..]), 1..4)
}

fn sealed() -> impl Strategy<Value = BTreeMap<Dialect, Fingerprint>> {
    let value = (0..3u8).prop_map(|byte| Fingerprint::from_bytes([byte; 32]));
    prop::collection::btree_map(select(&Dialect::ALL[..]), value, 0..4)
}

prop_compose! {
    fn line()(
        id in id(),
        parents in prop::collection::vec(id(), 0..4),
        depends_on in prop::collection::vec(id(), 0..3),
        sealed in sealed(),
    ) -> LockLine {
        LockLine { id, parents, depends_on, sealed }
    }
}

prop_compose! {
    fn text()(databases in databases(), mut lines in prop::collection::vec(line(), 0..8)) -> LockText {
        let mut seen = BTreeSet::new();
        lines.retain(|line| seen.insert(line.id.clone()));
        LockText { databases, lines }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn what_is_written_is_read_again(text in text()) {
        for written in [text.to_string(), text.to_string().replace('\n', "\r\n")] {
            let lock = parse(&written);
            prop_assert_eq!(&lock.problems, &[], "{}", written);
            let lines = lock.entries.iter().map(|entry| LockLine::new(entry, &text.databases)).collect();
            let databases: BTreeSet<Dialect> = lock.databases.iter().flatten().copied().collect();
            prop_assert_eq!(&LockText { databases, lines }, &text, "{}", written);
            for line in &text.lines {
                let sealed = |dialect| lock.sealed(&line.id, dialect);
                prop_assert!(Dialect::ALL.into_iter().all(|one| sealed(one) == line.sealed.get(&one).copied()));
            }
        }
    }

    #[test]
    fn any_text_is_read(
        text in any::<String>(),
        scraps in prop::collection::vec(select(SCRAPS.split('~').collect::<Vec<_>>()), 0..40),
    ) {
        for text in [text, scraps.concat()] {
            let lock = parse(&text);
            let problems = lock.problems.iter().map(|problem| problem.span);
            let spans = problems.chain(lock.entries.iter().map(|entry| entry.span)).chain(lock.head_line);
            for span in spans {
                prop_assert!(text.get(span.range()).is_some(), "{span:?} of {text:?}");
            }
        }
    }
}
