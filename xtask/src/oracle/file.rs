//! The oracle files: graphs, commands, and what Alembic does.

use std::{fs, path::Path, rc::Rc};

use anyhow::{Context, Result};
use serde::Deserialize;

/// One command on one graph, and Alembic's answer.
pub(super) struct Question {
    pub(super) name: String,
    pub(super) revisions: Rc<[Revision]>,
    /// The rows of the database, which need not be heads.
    pub(super) current: Vec<String>,
    pub(super) command: String,
    pub(super) target: Text,
    pub(super) expect: Expect,
}

#[derive(Deserialize)]
pub(super) struct Revision {
    pub(super) id: String,
    pub(super) down: Vec<String>,
    pub(super) depends_on: Vec<String>,
    pub(super) labels: Vec<String>,
}

/// A target, several of them, or the two sides of a range.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Text {
    One(String),
    Several(Vec<Text>),
}

impl Text {
    /// The targets with this between them.
    pub(super) fn joined(&self, separator: &str) -> String {
        match self {
            Self::One(text) => text.clone(),
            Self::Several(texts) => {
                texts.iter().map(|text| text.joined(",")).collect::<Vec<_>>().join(separator)
            }
        }
    }
}

/// What Alembic answers; which fields there are depends on the command.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Expect {
    /// Why it refuses, in a word; `crash:` and the exception where it does not mean to.
    pub(super) error: Option<String>,
    pub(super) plan: Option<Vec<String>>,
    /// Whether the graph allows no other order.
    pub(super) order_forced: bool,
    pub(super) rows_after: Option<Vec<Vec<String>>>,
    pub(super) final_rows: Option<Vec<String>>,
    pub(super) heads: Option<Vec<String>>,
    pub(super) effective_heads: Option<Vec<String>>,
    pub(super) bases: Option<Vec<String>>,
    pub(super) revisions: Option<Vec<String>>,
    pub(super) all_current: Option<Vec<String>>,
    pub(super) labels: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Contents {
    #[serde(default)]
    cases: Vec<LoneCase>,
    #[serde(default)]
    graphs: Vec<Group>,
}

/// A case with a graph of its own.
#[derive(Deserialize)]
struct LoneCase {
    name: String,
    revisions: Vec<Revision>,
    #[serde(flatten)]
    case: Case,
}

/// A graph with its cases.
#[derive(Deserialize)]
struct Group {
    name: String,
    revisions: Vec<Revision>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    current: Vec<String>,
    command: String,
    target: Text,
    expect: Expect,
}

/// Reads a file of either form.
pub(super) fn read(file: &Path) -> Result<Vec<Question>> {
    let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let contents: Contents =
        serde_json::from_slice(&text).with_context(|| format!("{} is no oracle file", file.display()))?;
    let mut questions = Vec::new();
    for LoneCase { name, revisions, case } in contents.cases {
        questions.push(case.asked_of(name, &revisions.into()));
    }
    for Group { name, revisions, cases } in contents.graphs {
        let revisions = revisions.into();
        for case in cases {
            let name = format!(
                "{name}/{} {} from {}",
                case.command,
                case.target.joined(":"),
                case.current.join(" ")
            );
            questions.push(case.asked_of(name, &revisions));
        }
    }
    Ok(questions)
}

impl Case {
    fn asked_of(self, name: String, revisions: &Rc<[Revision]>) -> Question {
        let Self { current, command, target, expect } = self;
        Question { name, revisions: Rc::clone(revisions), current, command, target, expect }
    }
}
