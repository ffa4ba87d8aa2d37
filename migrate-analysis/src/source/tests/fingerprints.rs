use std::collections::BTreeMap;

use migrate_core::graph::Fingerprint;

use crate::source::fingerprint;

const GOLDEN: &str = include_str!("fingerprints.txt");

/// One entry of the file.
#[derive(Default)]
struct Vector<'t> {
    title: &'t str,
    id: String,
    parents: Vec<&'t str>,
    dependencies: Vec<&'t str>,
    transaction: bool,
    script: String,
    expected: &'t str,
}

impl<'t> Vector<'t> {
    fn parse(entry: &'t str) -> Self {
        let (title, lines) = entry.split_once("]\n").expect("a title");
        let mut vector = Self { title, ..Self::default() };
        for line in lines.lines().filter(|line| !line.is_empty()) {
            let (key, value) = line.split_once('=').expect("a key and a value");
            let value = value.strip_prefix(' ').unwrap_or(value);
            match key.trim() {
                "id" => vector.id = unescaped(value),
                "parent" => vector.parents.push(value),
                "dependency" => vector.dependencies.push(value),
                "mode" => vector.transaction = value == "transaction",
                "script" => vector.script = unescaped(value),
                "fingerprint" => vector.expected = value,
                key => panic!("no such key: {key}"),
            }
        }
        vector
    }
}

fn unescaped(text: &str) -> String {
    let mut characters = text.chars();
    let mut plain = String::new();
    while let Some(character) = characters.next() {
        plain.push(match character {
            '\\' => match characters.next().expect("an escaped character") {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => {
                    let digits: String =
                        characters.by_ref().skip(1).take_while(|digit| *digit != '}').collect();
                    u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32).expect("a code point")
                }
                other => other,
            },
            other => other,
        });
    }
    plain
}

#[test]
fn fingerprints_are_those_that_have_shipped() {
    let mut found: BTreeMap<&str, Fingerprint> = BTreeMap::new();
    let entries = GOLDEN.split("\n[").skip(1).map(Vector::parse);
    for vector in entries {
        let chain = |titles: &[&str]| titles.iter().map(|title| found[title]).collect::<Vec<_>>();
        let (parents, dependencies) = (chain(&vector.parents), chain(&vector.dependencies));
        let value = fingerprint(&vector.id, &parents, &dependencies, vector.transaction, &vector.script);
        assert_eq!(value.to_string(), vector.expected, "{}", vector.title);
        found.insert(vector.title, value);
    }
    assert_eq!(found.len(), 29);
}

#[test]
fn the_form_of_a_script_makes_no_difference_but_its_text_does() {
    let plain = fingerprint("a", &[], &[], true, "SELECT 1,\n  2;\n");
    for same in ["SELECT 1,\r\n  2;", "\u{feff}-- b\nSELECT 1,\t\n\n  2;  \n--", "SELECT 1,\r  2;\r"] {
        assert_eq!(fingerprint("a", &[], &[], true, same), plain, "{same:?}");
    }
    for other in
        ["SELECT 1,\n 2;", "SELECT 1, 2;", "SELECT 1,\n  2", "SELECT 1,\n  2;\n--5", "select 1,\n  2;"]
    {
        assert_ne!(fingerprint("a", &[], &[], true, other), plain, "{other:?}");
    }
}
