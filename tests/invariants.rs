//! The invariants of the house: what ARCHITECTURE.md promises about the code as a whole, read off the sources and
//! off `cargo tree`. Each test lists all that breaks its invariant.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The crates that are published.
const CRATES: [&str; 5] =
    ["migrate-core", "migrate-analysis", "migrate-macros", "migrate-runtime", "migrate-cli"];

/// Where code may know one database from another.
const DIALECT_ROOMS: [&str; 4] = [
    "migrate-core/src/dialect",
    "migrate-core/src/emit/",
    "migrate-analysis/src/sql/",
    "migrate-runtime/src/database/",
];

#[test]
fn a_service_links_no_parser_and_no_analysis() {
    let is_analysis = |name: &str| {
        ["migrate-analysis", "annotate-snippets", "pg_query", "toml"].contains(&name)
            || name.ends_with("parser")
            || name.starts_with("squawk")
    };
    let linked = tree(&["--package", "migrate-runtime", "--all-features", "--edges", "normal,no-proc-macro"]);
    assert!(linked.contains("sqlx"), "the tree is that of the runtime: {linked:?}");
    assert_none(linked.into_iter().filter(|name| is_analysis(name)));
}

#[test]
fn the_core_stands_on_the_standard_library_alone() {
    let linked = tree(&["--package", "migrate-core", "--all-features", "--edges", "normal,build"]);
    assert_eq!(linked, BTreeSet::from(["migrate-core".to_owned()]));
}

#[test]
fn the_crates_use_each_other_along_the_arrows_only() {
    let arrows: [(&str, &[&str]); 5] = [
        ("migrate-core", &[]),
        ("migrate-analysis", &["migrate-core"]),
        ("migrate-macros", &["migrate-analysis", "migrate-core"]),
        ("migrate-runtime", &["migrate-core", "migrate-macros"]),
        ("migrate-cli", &["migrate-analysis", "migrate-core", "migrate-runtime"]),
    ];
    for (name, allowed) in arrows {
        let used = tree(&["--package", name, "--all-features", "--edges", "normal,build", "--depth", "1"]);
        let allowed = |other: &str| other == name || allowed.contains(&other);
        assert_none(
            used.iter()
                .filter(|other| CRATES.contains(&other.as_str()) && !allowed(other))
                .map(|other| format!("{name} uses {other}")),
        );
    }
}

#[test]
fn no_feature_chooses_a_database_by_default() {
    let manifest = read("migrate-runtime/Cargo.toml");
    assert!(manifest.contains("\ndefault = []\n"), "the runtime has a default feature");
}

#[test]
fn analysis_asks_neither_clock_nor_environment() {
    let words = [
        "std::time",
        "SystemTime",
        "Instant::now",
        "Timestamp::now",
        "Zoned::now",
        "std::env",
        "env::var",
        "env!(",
    ];
    assert_none(mentions(&sources("migrate-analysis/src"), &words));
}

#[test]
fn analysis_touches_the_disk_in_one_file() {
    let words = [
        "std::fs",
        "fs::read",
        "File::open",
        ".read_dir(",
        ".is_dir(",
        ".is_file(",
        ".exists(",
        ".canonicalize(",
    ];
    let mut sources = sources("migrate-analysis/src");
    sources.retain(|source| source.path != "migrate-analysis/src/source/disk.rs");
    assert_none(mentions(&sources, &words));
}

#[test]
fn analysis_runs_a_program_in_one_file() {
    let mut sources = sources("migrate-analysis/src");
    sources.retain(|source| source.path != "migrate-analysis/src/source/git.rs");
    assert_none(mentions(&sources, &["std::process", "process::", "Command::new"]));
}

#[test]
fn generated_code_names_one_hidden_module_only() {
    // In the macros a path that begins with `::` is one that they write into the user's crate. The core library
    // is there in every crate; all else has to come through the one crate that users add.
    let allowed = ["::core::", "::migrate_runtime::__private"];
    let mut wrong = Vec::new();
    for source in sources("migrate-macros/src") {
        for (number, line) in source.code() {
            for path in absolute_paths(line) {
                if !allowed.iter().any(|start| path.starts_with(start)) {
                    wrong.push(format!("{}:{number}: {path}", source.path));
                }
            }
        }
    }
    assert_none(wrong);
}

#[test]
fn databases_differ_in_their_rooms_only() {
    let variants = ["Dialect::Sqlite", "Dialect::Postgres", "Dialect::Mysql"];
    // What only one of them understands.
    let sql = [
        "PRAGMA ",
        "sqlite_master",
        "sqlite_schema",
        "pg_advisory",
        "pg_catalog",
        "search_path",
        "GET_LOCK",
        "sql_mode",
    ];
    for name in CRATES {
        let mut sources = sources(&format!("{name}/src"));
        // Tests say which database they speak of.
        sources.retain(|source| {
            !source.path.contains("/tests/")
                && !DIALECT_ROOMS.iter().any(|room| source.path.starts_with(room))
        });
        assert_none(mentions(&sources, &variants));
        assert_none(mentions(&sources, &sql));
    }
}

#[test]
fn every_crate_inherits_the_lints_of_the_workspace() {
    let manifests = CRATES.map(|name| format!("{name}/Cargo.toml"));
    let others = ["xtask/Cargo.toml", "Cargo.toml"].map(str::to_owned);
    assert_none(
        manifests
            .into_iter()
            .chain(others)
            .filter(|path| !read(path).contains("\n[lints]\nworkspace = true\n")),
    );
}

#[test]
fn files_are_small_and_named_by_what_they_hold() {
    const LINES: usize = 600;
    let mut wrong = Vec::new();
    for source in sources(".") {
        let lines = source.text.lines().count();
        if lines > LINES {
            wrong.push(format!("{}: {lines} lines", source.path));
        }
        if ["utils", "helpers", "common", "manager", "misc"].iter().any(|word| source.is_named(word)) {
            wrong.push(format!("{}: the name does not say what is in it", source.path));
        }
    }
    assert_none(wrong);
}

#[test]
fn nothing_names_a_place_on_one_machine() {
    // Put together here, so that this file does not name them.
    let places = ["home", "root", "work", "Users"].map(|folder| format!("/{folder}/"));
    let mut wrong = Vec::new();
    for path in files(Path::new(".")) {
        // Binary files have no lines to read.
        let Ok(text) = fs::read_to_string(root().join(&path)) else { continue };
        for (index, line) in text.lines().enumerate() {
            if places.iter().any(|place| names_place(line, place)) {
                wrong.push(format!("{}:{}: {}", path.display(), index + 1, line.trim()));
            }
        }
    }
    assert_none(wrong);
}

/// A Rust source, with its path from the root of the workspace.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// Numbered lines without comments, and without the unit tests at the end of the file.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .take_while(|(_, line)| *line != "#[cfg(test)]")
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(index, line)| (index + 1, line))
    }

    fn is_named(&self, word: &str) -> bool {
        self.path.trim_end_matches(".rs").split('/').any(|part| part == word)
    }
}

/// Every place in the code of `sources` where one of `words` stands.
fn mentions(sources: &[Source], words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        for (number, line) in source.code() {
            if words.iter().any(|word| line.contains(word)) {
                found.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    found
}

/// The paths in `line` that begin with `::`, each to the end of the line.
fn absolute_paths(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices("::").map(|(start, _)| (&line[..start], &line[start..])).filter_map(
        |(before, path)| {
            let continues = before.ends_with(|c: char| c.is_alphanumeric() || "_>)]}".contains(c));
            let names = path[2..].starts_with(|c: char| c.is_alphabetic() || c == '_');
            (!continues && names).then_some(path)
        },
    )
}

/// Whether `place` begins a path in `line`, and is not a part of a longer one or of an address.
fn names_place(line: &str, place: &str) -> bool {
    line.match_indices(place)
        .any(|(start, _)| !line[..start].ends_with(|c: char| c.is_alphanumeric() || "._-/~*})>".contains(c)))
}

/// The Rust sources under `folder`.
fn sources(folder: &str) -> Vec<Source> {
    let sources: Vec<_> = files(Path::new(folder))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let path = path.to_string_lossy().trim_start_matches("./").to_owned();
            Source { text: read(&path), path }
        })
        .collect();
    assert!(!sources.is_empty(), "there are sources in `{folder}`");
    sources
}

/// All files under `folder` but build products, as paths from the root of the workspace.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(root().join(folder)).expect("the folder is there") {
        let entry = entry.expect("the folder can be read");
        let path = folder.join(entry.file_name());
        // In a second work tree `.git` is a file.
        if [".git", "target", "wip"].iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        if entry.file_type().expect("a file has a type").is_file() {
            files.push(path);
        } else {
            files.extend(self::files(&path));
        }
    }
    files.sort();
    files
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("`{path}` cannot be read: {error}"))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The names of the packages that `cargo tree` shows.
fn tree(arguments: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--prefix", "none", "--format", "{p}"])
        .args(arguments)
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "cargo tree fails: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

fn assert_none(wrong: impl IntoIterator<Item = impl AsRef<str>>) {
    let wrong: Vec<_> = wrong.into_iter().map(|line| line.as_ref().to_owned()).collect();
    assert!(wrong.is_empty(), "these break the invariant:\n{}", wrong.join("\n"));
}
