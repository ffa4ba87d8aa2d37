//! What the README shows is what happens: its messages, and the tutorial from file to file.

#[path = "support/history.rs"]
#[expect(dead_code, reason = "the README has neither drawings nor graphs that were refused")]
mod history;

use migrate_analysis::{check, config::Config, diagnostic::compile_error, source::Sources};
use migrate_runtime::{Dialect, Report, sqlx::SqlitePool};

use crate::history::history;

const README: &str = include_str!("../README.md");

/// A fenced block of the README.
#[derive(Debug)]
struct Block {
    language: &'static str,
    /// The migration file that is named between the block before and this one.
    file: Option<&'static str>,
    text: &'static str,
}

#[test]
fn the_first_message_is_what_the_compiler_says_of_the_sample() {
    let mut sources = Vec::new();
    for entry in std::fs::read_dir("migrations").unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.contains("create_project_budgets") {
            sources.push((name, text.replace("revises: 17f1da104162", "revises: 17f1da104126")));
        } else if name.ends_with(".sql") {
            sources.push((name, text));
        }
    }
    let shown = blocks("# migrate").into_iter().find(|block| block.language == "text").unwrap().text;
    let (finding, call) = shown.split_once("  --> examples/quickstart.rs:16:46\n").unwrap();
    assert_eq!(compiler_says(sources.iter().map(|(name, text)| (&**name, &**text))), finding);
    let line = include_str!("../examples/quickstart.rs").lines().nth(15).unwrap();
    assert!(call.contains(&format!("16 | {line}\n")), "{call}");
}

#[tokio::test]
async fn the_tutorial_goes_as_it_says() {
    let pool = SqlitePool::connect("sqlite::memory:").await.unwrap();
    let mut files: Vec<(&str, String)> = Vec::new();
    let mut shown = Vec::new();
    for block in blocks("## Five minutes") {
        match (block.language, block.file) {
            ("sql", Some(name)) => files.push((name, block.text.to_owned())),
            ("sql", None) => files.last_mut().expect("it goes on with a file").1 += block.text,
            ("text", _) if block.text.starts_with("error") => {
                let said = compiler_says(files.iter().map(|(name, text)| (*name, &**text)));
                assert_eq!(said, block.text);
            }
            ("text", _) => shown.push(block.text),
            _ => {}
        }
    }
    let first = graph(&files[..1]);
    let said = told(&first.upgrade(&pool, "head").await.unwrap());
    assert_eq!(said + "at [\"5d1c0f7a92e4\"], 0 pending\n", shown[0]);

    let all = graph(&files);
    all.upgrade(&pool, "head").await.unwrap();
    assert_eq!(
        told(&all.downgrade(&pool, "-1").await.unwrap()),
        "down 2b8d7f30ac95: merge comments and priority\n"
    );
    let said = told(&all.downgrade(&pool, "8e2b").await.unwrap());
    let status = all.status(&pool).await.unwrap();
    let at = format!("at {:?}, {} pending\n", status.current, status.pending.len());
    assert_eq!(said + &at, shown[1]);

    let failing = "-- add two tasks\n--\n-- revision: 77aa0c1e93d2\n-- revises: 2b8d7f30ac95\n\n-- migrate:up\n\
                   CREATE INDEX idx_tasks_due ON tasks (due_on);\n\
                   INSERT INTO tasks (id, title) VALUES (1, 'write'), (1, 'test');\n\n\
                   -- migrate:down\nDELETE FROM tasks;\nDROP INDEX idx_tasks_due;\n";
    let mut with_failing = files.clone();
    with_failing.push(("20260109_0800_add_two_tasks.sql", failing.to_owned()));
    let error = graph(&with_failing).upgrade(&pool, "head").await.unwrap_err();
    assert_eq!(format!("Error: {error:?}\n"), shown[2]);

    files[0].1 = files[0].1.replace("title TEXT NOT NULL", "title TEXT");
    let error = graph(&files).upgrade(&pool, "head").await.unwrap_err();
    assert_eq!(format!("Error: {error:?}\n"), shown[3]);
}

#[test]
fn what_the_compiler_knows_of_the_schema_is_what_it_says() {
    let [file, slip, back] = blocks("## What the compiler knows of the schema").try_into().unwrap();
    let name = file.file.unwrap();
    assert_eq!(compiler_says([(name, file.text)].into_iter()), slip.text);
    let mended = file.text.replace("nmae", "name");
    assert_eq!(compiler_says([(name, &*mended)].into_iter()), back.text);
}

/// The fenced blocks below a heading, up to the next one.
fn blocks(heading: &str) -> Vec<Block> {
    let (_, section) = README.split_once(&format!("{heading}\n")).expect("the README has this heading");
    let section = section.split("\n## ").next().unwrap_or_default();
    let mut blocks = Vec::new();
    let mut rest = section;
    while let Some((before, after)) = rest.split_once("```") {
        let (language, after) = after.split_once('\n').expect("a fence ends its line");
        let (text, after) = after.split_once("```\n").expect("a fence is closed");
        let named = before.rsplit_once("`migrations/").and_then(|(_, named)| named.split_once('`'));
        let file = named.map(|(name, _)| name).filter(|name| name.ends_with(".sql"));
        blocks.push(Block { language, file, text });
        rest = after;
    }
    blocks
}

/// The errors as the compiler shows them: it writes `error: ` before the first line, and as many blanks before the
/// others.
fn compiler_says<'f>(files: impl Iterator<Item = (&'f str, &'f str)>) -> String {
    let config = Config { databases: vec![Dialect::Sqlite], ..Config::default() };
    let report = check(&Sources::new("migrations", files), &config);
    let errors = compile_error::errors(&report.diagnostics);
    let lines = errors.iter().flat_map(|error| error.lines().enumerate());
    lines
        .map(|(number, line)| format!("{}{line}\n", if number == 0 { "error: " } else { "       " }))
        .collect()
}

fn graph(files: &[(&str, String)]) -> migrate_runtime::Graph {
    let text: String = files.iter().map(|(name, text)| format!("== {name} ==\n{text}")).collect();
    history(Dialect::Sqlite, &text)
}

/// A report as the program of the tutorial prints it.
fn told(report: &Report) -> String {
    let line = |step: &migrate_runtime::StepReport| {
        format!("{} {}: {}\n", step.direction, step.revision, step.message)
    };
    report.steps.iter().map(line).collect()
}
