//! `cargo migrate explain`

use crate::package::{PACKAGE, run};

#[test]
fn explain_shows_the_page_of_a_rule_and_how_it_is_set() {
    let shown = run(PACKAGE, "explain empty-up\nexplain invalid-label");
    let head = |text: &str| text.lines().take(8).collect::<Vec<_>>().join("\n");
    let (first, second) = shown.split_once("> explain invalid-label").unwrap();
    insta::assert_snapshot!(head(first), @r#"
    > explain empty-up
    # empty-up

    A rule of the family `file`, since rule set 1. Its level is `deny` by default; `empty-up = ".."` below `[rules]` in `migrate.toml` changes it.
    In the examples a line `== name ==` begins a file of the package.

    ## What
    "#);
    insta::assert_snapshot!(head(second), @"

    # invalid-label

    A rule of the family `graph`, since rule set 1. Its level is `deny`, which cannot be changed.
    In the examples a line `== name ==` begins a file of the package.

    ## What
    ");
    let page = migrate_analysis::rules::find("empty-up").unwrap().page;
    assert!(first.ends_with(page.split_once("\n\n").unwrap().1), "{first}");
}

#[test]
fn explain_lists_the_rules_and_knows_what_was_meant() {
    let shown = run(PACKAGE, "explain");
    let rules = shown.lines().filter(|line| line.starts_with("  ")).count();
    assert_eq!(rules, migrate_analysis::rules::RULES.len());
    let paragraphs: Vec<&str> = shown.split("\n\n").collect();
    insta::assert_snapshot!(paragraphs.iter().find(|family| family.starts_with("reversal")).unwrap(), @"
    reversal: the way back
      column-order-differs                allow   after a down script the columns of a table are in another order
      down-does-not-apply                 deny    the database would refuse a down script
      down-does-not-restore               deny    a down script does not give back the schema that there was before
      down-drops-older-object             deny    a down script drops a table or column that was there before the up script
      empty-down                          deny    a down script has no statement, and does not say why
      enum-value-stays                    warn    a down script leaves a value in an enum
      extension-stays                     allow   a down script leaves an extension in the database
      history-not-reversible              warn    revisions of a history that another tool has applied have no way back
      irreversible-without-reason         deny    a revision is declared irreversible, and nothing says why
      missing-down                        deny    a revision has no down script, and does not say why
      restored-under-another-name         warn    what a down script gives back has another name, which the database made
    ");
    insta::assert_snapshot!(paragraphs.last().unwrap(), @"
    `always` is an error, whatever `[rules]` in `migrate.toml` says; the other levels are those by default.
    `cargo migrate explain <rule>` shows the page of a rule.
    ");
    insta::assert_snapshot!(run(PACKAGE, "explain missing-donw\nexplain speed"), @"
    > explain missing-donw
    error: there is no rule `missing-donw`
      help: did you mean `missing-down`?
    exit code 2
    > explain speed
    error: there is no rule `speed`
      help: `cargo migrate explain` lists the rules
    exit code 2
    ");
}
