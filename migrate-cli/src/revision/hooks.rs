use std::{
    collections::BTreeMap,
    io,
    path::{self, Path},
    process::{Command, Stdio},
};

use crate::failure::Failure;

/// What stands for the file in a command. Where it is missing the file is the last argument.
const FILE: &str = "{file}";

/// Runs the commands of `[hooks]` on a new file, in the order of their names, up to the first that fails. They are not run
/// by a shell.
pub(super) fn run(hooks: &BTreeMap<String, String>, folder: &Path, file: &Path) -> Result<(), Failure> {
    let file = path::absolute(file)?;
    hooks.iter().try_for_each(|(name, command)| {
        run_one(command, folder, &file).map_err(|reason| {
            let help = format!("the new file is there all the same: `{}`", file.display());
            Failure::refused(format!("the hook `{name}` failed: {reason}"), help)
        })
    })
}

fn run_one(command: &str, folder: &Path, file: &Path) -> Result<(), String> {
    let mut words = shlex::split(command).ok_or("a quote is not closed")?;
    let file = file.to_string_lossy();
    if words.iter().any(|word| word.contains(FILE)) {
        words.iter_mut().for_each(|word| *word = word.replace(FILE, &file));
    } else {
        words.push(file.into_owned());
    }
    let (program, arguments) = words.split_first().ok_or("it names no program")?;
    let mut command = Command::new(program);
    // The output of this program is the path of the file, and nothing else.
    command.args(arguments).stdin(Stdio::null()).stdout(io::stderr());
    if !folder.as_os_str().is_empty() {
        command.current_dir(folder);
    }
    let status = command.status().map_err(|error| format!("`{program}` cannot be run: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{program}` ended with {status}")) }
}
