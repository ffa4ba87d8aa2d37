use std::{env, fmt::Write as _, path::Path, process::Command};

use tempfile::TempDir;

use crate::text;

/// A terminal in a folder of its own, with `cargo migrate` and git.
pub(crate) struct Terminal {
    folder: TempDir,
}

impl Terminal {
    /// In a folder with these files.
    pub(crate) fn new(files: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (head, content) in text::split(files) {
            text::write(folder.path(), head, &content);
        }
        Self { folder }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs commands of a shell, one a line, and gives what people see. Dates and the ends of fingerprints are left out.
    pub(crate) fn run(&self, commands: &str) -> String {
        let mut shown = String::new();
        for command in commands.lines().map(str::trim).filter(|command| !command.is_empty()) {
            self.run_one(command, &mut shown);
        }
        without_dates(&shown.replace(&*self.folder().to_string_lossy(), "<folder>"))
    }

    fn run_one(&self, command: &str, shown: &mut String) {
        let programs = Path::new(env!("CARGO_BIN_EXE_cargo-migrate")).parent().unwrap();
        let others = env::var_os("PATH").unwrap_or_default();
        let path =
            env::join_paths([programs.to_owned()].into_iter().chain(env::split_paths(&others))).unwrap();
        let mut shell = Command::new("sh");
        shell.args(["-c", command]).current_dir(self.folder()).env("PATH", path).env_remove("NO_COLOR");
        for (name, value) in [
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_AUTHOR_NAME", "Ada"),
            ("GIT_AUTHOR_EMAIL", "ada@example.org"),
            ("GIT_COMMITTER_NAME", "Ada"),
            ("GIT_COMMITTER_EMAIL", "ada@example.org"),
            ("LC_ALL", "C"),
        ] {
            shell.env(name, value);
        }
        let output = shell.output().unwrap();
        let _ = writeln!(shown, "$ {command}");
        shown.push_str(&String::from_utf8_lossy(&output.stdout));
        shown.push_str(&String::from_utf8_lossy(&output.stderr));
        if !output.status.success() {
            let _ = writeln!(shown, "exit code {}", output.status.code().unwrap());
        }
    }
}

/// The text with `<date>` for every `20251110_1230` and `2025-11-10 12:30:00`, and fingerprints cut short.
fn without_dates(text: &str) -> String {
    const SHAPES: [(&str, &str); 3] =
        [("dddddddd_dddd", "<date>"), ("dddd-dd-dd dd:dd:dd", "<date>"), ("dddddddddddddd", "<date>")];
    let mut rest = text;
    let mut short = String::new();
    while let Some(first) = rest.chars().next() {
        let is_new_word = !short.ends_with(|before: char| before.is_ascii_alphanumeric());
        let shape = SHAPES.iter().find(|(shape, _)| is_new_word && has_shape(rest, shape));
        if let Some((shape, name)) = shape {
            short.push_str(name);
            rest = &rest[shape.len()..];
        } else if rest.starts_with("v1:") && rest.len() > 67 {
            short.push_str(&rest[..7]);
            short.push_str("..");
            rest = &rest[67..];
        } else {
            short.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    short
}

fn has_shape(text: &str, shape: &str) -> bool {
    let fits =
        |(letter, wanted): (u8, u8)| if wanted == b'd' { letter.is_ascii_digit() } else { letter == wanted };
    text.len() >= shape.len() && text.bytes().zip(shape.bytes()).all(fits)
}
