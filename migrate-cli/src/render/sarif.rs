use migrate_analysis::{
    diagnostic::{Diagnostic, Fix, Label, Severity},
    rules::{self, Level, Rule},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Repository, advice::advice, position::Region};

/// What the paths of files are relative to. Whoever reads the document knows where that lies.
const BASE: &str = "SRCROOT";

/// What does not stand for itself in the path of a URI. A `:` in its first part would make that a scheme.
const ENCODED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A log in the Static Analysis Results Interchange Format 2.1.0, which code hosts and editors read.
///
/// <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>
pub(crate) fn sarif(findings: &[Diagnostic], repository: &Repository) -> String {
    let mut names: Vec<&str> = findings.iter().map(|finding| finding.rule).collect();
    names.sort_unstable();
    names.dedup();
    let rules: Vec<Value> = names.iter().filter_map(|name| rules::find(name)).map(descriptor).collect();
    let results: Vec<Value> = findings.iter().map(|finding| result(finding, &names, repository)).collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "cargo-migrate",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            } },
            "columnKind": "utf16CodeUnits",
            "originalUriBaseIds": { BASE: { "description": { "text": "the root of the repository" } } },
            "results": results,
        }],
    });
    format!("{document:#}\n")
}

fn descriptor(rule: &Rule) -> Value {
    let what = rule.page.split_once("## What\n").map_or("", |(_, what)| what);
    json!({
        "id": rule.name,
        "shortDescription": text(rule.summary),
        "fullDescription": text(what.split("\n## ").next().unwrap_or_default().trim()),
        "help": { "text": rule.page, "markdown": rule.page },
        "defaultConfiguration": match rule.level {
            Level::Deny => json!({ "level": "error" }),
            Level::Warn => json!({ "level": "warning" }),
            Level::Allow => json!({ "enabled": false }),
        },
        "properties": { "tags": [rule.family.name()] },
    })
}

fn result(finding: &Diagnostic, rules: &[&str], repository: &Repository) -> Value {
    let place = match &finding.primary {
        Some(label) => location(label, repository),
        // Code hosts refuse a result without a place. What stands in no file is about the configuration.
        None => json!({ "physicalLocation": { "artifactLocation": artifact(&repository.configuration()) } }),
    };
    let message: Vec<String> = [finding.message.clone()].into_iter().chain(advice(finding)).collect();
    let mut result = json!({
        "ruleId": finding.rule,
        "ruleIndex": rules.binary_search(&finding.rule).ok(),
        "level": match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "message": text(&message.join("\n")),
        "locations": [place],
    });
    if !finding.secondary.is_empty() {
        result["relatedLocations"] =
            finding.secondary.iter().map(|label| location(label, repository)).collect();
    }
    if let Some(fix) = &finding.fix {
        result["fixes"] = json!([change(fix, repository)]);
    }
    result
}

fn location(label: &Label, repository: &Repository) -> Value {
    let artifact = artifact(&repository.path(&label.file));
    let mut location = json!({ "physicalLocation": { "artifactLocation": artifact } });
    if let Some(place) = Region::of(label) {
        location["physicalLocation"]["region"] = region(place);
    }
    if !label.text.is_empty() {
        location["message"] = text(&label.text);
    }
    location
}

fn artifact(path: &str) -> Value {
    json!({ "uri": utf8_percent_encode(path, &ENCODED).to_string(), "uriBaseId": BASE })
}

fn region(Region { start, end }: Region) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.utf16_column,
        "endLine": end.line,
        "endColumn": end.utf16_column,
        "byteOffset": start.byte,
        "byteLength": end.byte - start.byte,
    })
}

fn change(fix: &Fix, repository: &Repository) -> Value {
    json!({
        "description": text(&fix.title),
        "artifactChanges": [{
            "artifactLocation": artifact(&repository.path(&fix.file)),
            "replacements": [{
                "deletedRegion": region(Region::new(&fix.file, fix.span)),
                "insertedContent": text(&fix.replacement),
            }],
        }],
    })
}

fn text(text: &str) -> Value {
    json!({ "text": text })
}

#[cfg(test)]
mod tests {
    use migrate_analysis::rules;
    use serde_json::Value;

    use super::sarif;
    use crate::render::{Repository, findings::findings};

    fn log() -> String {
        sarif(&findings(), &Repository::of_package("services/todo app"))
    }

    /// The log without the pages, which have tests of their own.
    #[test]
    fn the_log_is_as_in_its_snapshot() {
        let mut log: Value = serde_json::from_str(&log()).unwrap();
        for rule in log["runs"][0]["tool"]["driver"]["rules"].as_array_mut().unwrap() {
            let page = rules::find(rule["id"].as_str().unwrap()).unwrap().page;
            for form in ["text", "markdown"] {
                assert_eq!(rule["help"][form], page);
                rule["help"][form] = "<page>".into();
            }
        }
        insta::assert_snapshot!(format!("{log:#}"));
    }

    /// What the schema, and code hosts beyond it, require.
    #[test]
    fn the_log_has_what_readers_require() {
        let log: Value = serde_json::from_str(&log()).unwrap();
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        for rule in rules {
            for description in ["shortDescription", "fullDescription", "help"] {
                assert!(!rule[description]["text"].as_str().unwrap().is_empty(), "{rule}");
            }
        }
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), findings().len());
        for result in results {
            assert!(!result["message"]["text"].as_str().unwrap().is_empty(), "{result}");
            let index = result["ruleIndex"].as_u64().unwrap() as usize;
            assert_eq!(rules[index]["id"], result["ruleId"]);
            let fixed =
                result["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"].as_object();
            let places = result["locations"].as_array().unwrap();
            let others = result["relatedLocations"].as_array().into_iter().flatten();
            for place in places.iter().chain(others).map(|place| &place["physicalLocation"]) {
                assert!(
                    run["originalUriBaseIds"]
                        .get(place["artifactLocation"]["uriBaseId"].as_str().unwrap())
                        .is_some()
                );
                let uri = place["artifactLocation"]["uri"].as_str().unwrap();
                assert!(
                    uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte)),
                    "{uri}"
                );
                assert!(!uri.starts_with('/'), "{uri}");
            }
            let regions = places.iter().filter_map(|place| place["physicalLocation"]["region"].as_object());
            for region in regions.chain(fixed) {
                let number = |name: &str| region[name].as_u64().unwrap();
                let (start, end) = (("startLine", "startColumn"), ("endLine", "endColumn"));
                let at = |(line, column)| (number(line), number(column));
                assert!((1, 1) <= at(start) && at(start) <= at(end), "{region:?}");
            }
            assert!(!places.is_empty());
        }
    }
}
