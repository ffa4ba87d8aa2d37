//! The one place of this crate that runs a program: git, for texts as they were.
//!
//! Only plumbing is used, which no configuration of the user changes, and nothing of the repository is written. Where
//! there is no git or no repository, there is nothing to be had, and nobody is told.

#![expect(clippy::disallowed_types, reason = "the one file that runs a program")]

use std::{
    error, fmt,
    io::{self, Write as _},
    path::Path,
    process::{Command, Stdio},
    thread,
};

/// How many commits are looked at, the newest ones. An edit is found soon or not at all.
const MOST_COMMITS: &str = "--max-count=200";

/// How many texts are looked at.
const MOST_TEXTS: usize = 1_000;

/// Why git did not answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitError(String);

impl GitError {
    pub(super) fn no_folder() -> Self {
        Self("the migrations lie on no disk".into())
    }
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl error::Error for GitError {}

impl From<io::Error> for GitError {
    fn from(error: io::Error) -> Self {
        Self(format!("git cannot be run: {error}"))
    }
}

/// The texts that a path within a folder had in the commits behind this one, the newest first; of all files, where the
/// path is that of a folder.
pub(super) fn earlier_texts(folder: &Path, path: &str) -> Result<Vec<String>, GitError> {
    let arguments = ["rev-list", "--objects", "--no-object-names", MOST_COMMITS, "HEAD", "--", path];
    let objects = String::from_utf8_lossy(&run(folder, &arguments, None)?).into_owned();
    let wanted: String = objects.lines().take(MOST_TEXTS).map(|object| format!("{object}\n")).collect();
    let found = run(folder, &["cat-file", "--batch", "--buffer"], Some(wanted))?;
    Ok(blobs(&found))
}

/// The text that a file of a folder has in a commit; `None` where the commit does not have it.
pub(super) fn text_at(folder: &Path, reference: &str, name: &str) -> Result<Option<String>, GitError> {
    let commit = format!("{reference}^{{commit}}");
    let commit = run(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit], None)
        .map_err(|_| GitError(format!("git knows no commit `{reference}`")))?;
    let object = format!("{}:./{name}\n", String::from_utf8_lossy(&commit).trim());
    Ok(blobs(&run(folder, &["cat-file", "--batch"], Some(object))?).pop())
}

/// Runs git in a folder, and gives what it says.
fn run(folder: &Path, arguments: &[&str], input: Option<String>) -> Result<Vec<u8>, GitError> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["--no-pager", "--literal-pathspecs", "-c", "core.quotepath=off"]);
    // A hook of git's names its own repository here; what is wanted is the one of the folder.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(variable);
    }
    // Nothing is fetched for a message, and nobody is asked for a password.
    command.envs([("LC_ALL", "C"), ("GIT_NO_LAZY_FETCH", "1"), ("GIT_TERMINAL_PROMPT", "0")]);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut git = command.spawn()?;
    // It answers while it still reads: whoever only writes would wait for ever.
    let writer = git
        .stdin
        .take()
        .map(|mut stdin| thread::spawn(move || stdin.write_all(input.unwrap_or_default().as_bytes())));
    let output = git.wait_with_output()?;
    if let Some(writer) = writer {
        // Where git stopped reading, its status says why.
        let _ = writer.join();
    }
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ");
    Err(GitError(format!("git says: {said}")))
}

/// The texts in what `cat-file --batch` says: for each object a line `<object> <type> <size>`, the object, a line end.
fn blobs(batch: &[u8]) -> Vec<String> {
    let mut rest = batch;
    let mut texts = Vec::new();
    while let Some(end) = rest.iter().position(|&byte| byte == b'\n') {
        let (line, behind) = rest.split_at(end);
        rest = behind.get(1..).unwrap_or_default();
        // A line about what is missing has no size, and nothing behind it.
        let mut words = str::from_utf8(line).unwrap_or_default().rsplit(' ');
        let size = words.next().and_then(|size| size.parse().ok());
        let Some((content, behind)) = size.and_then(|size| rest.split_at_checked(size)) else { continue };
        if words.next() == Some("blob")
            && let Ok(text) = str::from_utf8(content)
        {
            texts.push(text.to_owned());
        }
        rest = behind.get(1..).unwrap_or_default();
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::blobs;

    #[test]
    fn texts_are_told_from_trees_and_from_what_is_missing() {
        let batch = b"1f tree 3\na\nb\n2e blob 4\na\nb\n\n3d missing\n4c blob 0\n\n5b blob 1\n\xff\n6a:./x y missing\n";
        assert_eq!(blobs(batch), ["a\nb\n", ""]);
        assert_eq!(blobs(b"7 blob 99\ncut"), [""; 0]);
        assert_eq!(blobs(b"no line"), [""; 0]);
    }
}
