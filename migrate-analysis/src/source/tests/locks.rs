use std::fmt::Write as _;

use migrate_core::{Span, graph::Fingerprint};

use crate::source::{Lock, LockState, SourceFile, Spanned};

/// What a lock file records, line by line.
fn listing(text: &str) -> String {
    let lock = Lock::parse(&SourceFile::new("migrations", "migrate.lock", text));
    let mut listing = String::new();
    let mut line = |kind: &str, values: String| {
        writeln!(listing, "{kind}: {values}").unwrap();
    };
    let of = |span: Span| span.of(text).to_owned();
    let names = |names: &[Spanned<String>]| {
        names.iter().for_each(|name| assert_eq!(name.value, name.span.of(text)));
        names.iter().map(|name| &*name.value).collect::<Vec<_>>().join(" ")
    };
    if let Some(databases) = &lock.databases {
        line("databases", format!("{databases:?}"));
    }
    line("heads", names(&lock.heads));
    for entry in &lock.entries {
        let state = match &entry.state {
            LockState::Draft => "draft".into(),
            LockState::Sealed(values) => {
                let value = |(dialect, value): &(Option<_>, Fingerprint)| {
                    format!("{dialect:?} {:.5}..", value.to_string())
                };
                format!("sealed {}", values.iter().map(value).collect::<Vec<_>>().join(", "))
            }
        };
        let [parents, depends_on] = [&entry.parents, &entry.depends_on].map(|list| names(list));
        line(&entry.id.value, format!("follows [{parents}], depends on [{depends_on}], {state}"));
        assert_eq!(lock.entry(&entry.id.value), Some(entry));
    }
    for marker in &lock.conflict_markers {
        line("marker", of(*marker));
    }
    for problem in &lock.problems {
        line("problem", format!("{:?}: {}", problem.kind, of(problem.span)));
    }
    listing
}

#[test]
fn a_lock_file_records_revisions_and_what_they_follow() {
    let fingerprint = |digit: &str| format!("v1:{}", digit.repeat(64));
    let text = format!(
        "\u{feff}# written by a tool\r\nformat 1\r\ndatabases sqlite, postgres\r\nhead d, draft\r\n\r\n\
         d<x < a\n\
         d < b,c  depends-on x , y  draft\r\n\
         draft < draft  draft\n\
         c <  sqlite={0} postgres={1}\n\
         b < depends-on  {0}\n\
         depends-on < depends-on depends-on  {1}\n\
         format < depends-on databases draft\n",
        fingerprint("a"),
        fingerprint("5"),
    );
    insta::assert_snapshot!(listing(&text), @"
    databases: [Sqlite, Postgres]
    heads: d draft
    d: follows [b c], depends on [x y], draft
    draft: follows [draft], depends on [], draft
    c: follows [], depends on [], sealed Some(Sqlite) v1:aa.., Some(Postgres) v1:55..
    b: follows [depends-on], depends on [], sealed None v1:aa..
    depends-on: follows [], depends on [depends-on], sealed None v1:55..
    format: follows [], depends on [databases], draft
    problem: MissingState: a
    ");
}

#[test]
fn what_cannot_be_read_is_a_problem_and_the_rest_is_read() {
    let text = "databases sqlit\nhead a b\nhead c\nhello\na < , b draft\nb < a, draft\nc < \nd < a\n\
                e < v1:12\nf < v2:34\ng < oracle=v1:1\nh < depends-on draft draft\ni < draft\ni < a draft\n";
    insta::assert_snapshot!(listing(text), @r#"
    databases: []
    heads: 
    h: follows [], depends on [draft], draft
    i: follows [], depends on [], draft
    problem: MissingFormat: 
    problem: UnknownDatabase { meant: Some("sqlite") }: sqlit
    problem: Unreadable: head a b
    problem: Repeated { first: Span { start: 16, end: 24 } }: head c
    problem: Unreadable: hello
    problem: Unreadable: a < , b draft
    problem: Unreadable: b < a, draft
    problem: MissingState: c < 
    problem: MissingState: a
    problem: InvalidFingerprint: v1:12
    problem: InvalidFingerprint: v2:34
    problem: UnknownDatabase { meant: None }: oracle
    problem: Repeated { first: Span { start: 139, end: 148 } }: i < a draft
    "#);
}

#[test]
fn a_lock_file_of_another_format_is_not_read() {
    insta::assert_snapshot!(listing("format 2\nhead a\nb <= a, stable\na < draft\n"), @"
heads: 
problem: UnknownFormat: 2
");
}

#[test]
fn both_sides_of_a_conflict_are_read() {
    let sealed = format!("v1:{}", "7".repeat(64));
    let text = format!(
        "format 1\n<<<<<<< HEAD\nhead b\nb < a draft\na < {sealed}\n||||||| 1234567\nhead a\na < x draft\n=======\n\
         head c\nc < a draft\na < draft\n>>>>>>> feature\nb < x {sealed}\n"
    );
    insta::assert_snapshot!(listing(&text), @"
    heads: b c
    b: follows [x], depends on [], sealed None v1:77..
    a: follows [], depends on [], sealed None v1:77..
    c: follows [a], depends on [], draft
    marker: <<<<<<< HEAD
    marker: ||||||| 1234567
    marker: =======
    marker: >>>>>>> feature
    ");
}
