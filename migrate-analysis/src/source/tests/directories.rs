//! Whatever the files of a directory are called and hold, it is sorted into revisions without a panic.

use proptest::prelude::*;

use crate::{
    check,
    config::Config,
    source::{Layout, Sources, Spanned},
};
use migrate_core::{Dialect, Span};

/// What names are made of.
const NAME: &str = r"(|1|01|20241812144402|2024-01-01|202401|V|U|1\.2|_|__|-|/|up|down|metadata|\.|\.sql|\.up|\.toml|\.go|é|a){1,7}";
/// What texts are made of.
const TEXT: &str = r"(-- revision: a\n|-- revises: 1\n|-- migrate:up\n|-- migrate:down\n|-- \+goose Up\n|-- \+goose Down\r\n|-- \+goose StatementBegin\n|-- no-transaction\n|BEGIN;|COMMIT;|SELECT 1;\n|'|\u{feff}|run_in_transaction = |false|1 < 2 draft\n){0,6}";

proptest! {
    #[test]
    fn no_directory_makes_it_panic(
        files in prop::collection::vec((NAME, TEXT), 0..6),
        layout in prop::option::of(0..Layout::CHOICES.len()),
        lock in prop::option::of("(format 1\\n)?([12a] < [12]? draft\\n){0,3}"),
    ) {
        let layout = layout.map(|place| Spanned::new(Layout::CHOICES[place].1, Span::EMPTY));
        let databases = vec![Dialect::Sqlite, Dialect::Postgres];
        let config = Config { layout, databases, ..Config::default() };
        let lock = lock.iter().map(|text| ("migrate.lock", &**text));
        let files = files.iter().map(|(name, text)| (&**name, &**text)).chain(lock);
        let report = check(&Sources::new("migrations", files), &config);
        for edition in &report.editions {
            prop_assert!(edition.graph.len() <= report.files.len());
        }
    }
}
