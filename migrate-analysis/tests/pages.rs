//! The page of a rule is its test: the bad example raises exactly that rule, the good one raises nothing.

#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod support;

use std::{collections::BTreeSet, fs, path::PathBuf};

use migrate_analysis::rules::{Family, RULES};

#[test]
fn the_bad_example_of_each_page_raises_its_rule_and_the_good_one_nothing() {
    let mut failures = Vec::new();
    for rule in RULES {
        let bad = support::check_package(example(rule.page, "## Example"));
        let good = support::check_package(example(rule.page, "## Instead"));
        let raised: BTreeSet<&str> = bad.diagnostics.iter().map(|finding| finding.rule).collect();
        if raised != BTreeSet::from([rule.name]) {
            failures.push(format!("{}: the bad example raises {raised:?}", rule.name));
        }
        if !good.diagnostics.is_empty() {
            failures.push(format!("{}: the good example raises {:#?}", rule.name, good.diagnostics));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_page_has_a_title_and_four_parts_and_says_what_to_do() {
    for rule in RULES {
        let heads: Vec<&str> = rule.page.lines().filter(|line| line.starts_with('#')).collect();
        assert_eq!(heads, [&*format!("# {}", rule.name), "## What", "## Why", "## Example", "## Instead"]);
        assert!(rule.page.ends_with("```\n"), "{}", rule.name);
        let advice = rule.page.split("## Instead").nth(1).and_then(|part| part.split("```").next());
        assert!(advice.is_some_and(|advice| !advice.trim().is_empty()), "{} says what to do", rule.name);
    }
}

#[test]
fn every_page_stands_beside_its_rule_and_belongs_to_one() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let mut pages = 0;
    for family in Family::ALL {
        for entry in fs::read_dir(folder.join(family.name())).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "md") {
                continue;
            }
            let name = path.file_stem().unwrap().to_str().unwrap();
            let rule = migrate_analysis::rules::find(name).unwrap_or_else(|| panic!("{name} is no rule"));
            assert_eq!(rule.family, family, "{name}");
            assert_eq!(rule.page, fs::read_to_string(&path).unwrap(), "{name}");
            pages += 1;
        }
    }
    assert_eq!(pages, RULES.len());
}

#[test]
fn every_reason_of_a_refusal_is_a_rule() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../migrate-core/src/operation/apply");
    let mut reasons = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let code = fs::read_to_string(entry.unwrap().path()).unwrap_or_default();
        let named = code.split("rule: \"").skip(1).filter_map(|rest| rest.split('"').next());
        reasons.extend(named.map(str::to_owned));
    }
    assert!(reasons.contains("not-replaceable"), "{reasons:?}");
    let unknown: Vec<&String> =
        reasons.iter().filter(|reason| migrate_analysis::rules::find(reason).is_none()).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// The fenced text below a heading.
fn example<'p>(page: &'p str, heading: &str) -> &'p str {
    let (_, part) = page.split_once(&format!("\n{heading}\n")).expect(heading);
    let (_, fence) = part.split_once("```text\n").expect("a fenced text");
    fence.split_once("```").expect("the end of the fence").0
}
