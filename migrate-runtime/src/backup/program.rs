//! Programs that come with a database, run so that they end when we do.

use std::{
    env,
    ffi::OsStr,
    io::{self, Read},
    path::{Path, PathBuf},
    process::{Child, ChildStderr, Command, ExitStatus, Stdio},
    thread::{self, JoinHandle},
    time::Duration,
};

use crate::{Error, ErrorKind, Result};

/// The first of these programs that is there: in `folder`, or else where `PATH` leads.
pub(crate) fn find(names: &[&str], folder: Option<&Path>) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = match folder {
        Some(folder) => vec![folder.to_owned()],
        None => env::split_paths(&path).collect(),
    };
    let named = |name: &&str| {
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        folders.iter().map(|folder| folder.join(&file)).find(|file| file.is_file())
    };
    names.iter().find_map(named)
}

/// A program at work. It is killed when this is dropped.
pub(crate) struct Running {
    pub(crate) child: Child,
    errors: Option<JoinHandle<String>>,
    name: String,
}

impl Running {
    pub(crate) fn start(mut command: Command) -> Result<Self> {
        let name = file_name(command.get_program());
        let mut child = command
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| failed(format!("`{name}` cannot be run: {error}")))?;
        // Whoever does not read what a program says makes it wait.
        let errors = child.stderr.take().map(|pipe| thread::spawn(move || said(pipe)));
        Ok(Self { child, errors, name })
    }

    /// Waits for its end, and refuses one that is not good.
    pub(crate) async fn finish(mut self) -> Result<()> {
        let status = self.wait().await.map_err(|error| failed(format!("`{}`: {error}", self.name)))?;
        if status.success() {
            return Ok(());
        }
        let said = self.errors.take().and_then(|errors| errors.join().ok()).unwrap_or_default();
        let said = said.trim();
        let said = if said.is_empty() { status.to_string() } else { said.replace('\n', "; ") };
        Err(failed(format!("`{}` failed: {said}", self.name)))
    }

    /// Asks now and then, so that nothing but us has to hold the child, and dropping us ends it.
    async fn wait(&mut self) -> io::Result<ExitStatus> {
        let mut pause = Duration::from_millis(1);
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_millis(100));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail where it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a program to its end.
pub(crate) async fn run(command: Command) -> Result<()> {
    Running::start(command)?.finish().await
}

/// Runs a program to its end. Answers with what it writes.
#[cfg(feature = "postgres")]
pub(crate) async fn read(mut command: Command) -> Result<String> {
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut running = Running::start(command)?;
    let pipe = running.child.stdout.take();
    let reading = thread::spawn(move || {
        let mut text = Vec::new();
        pipe.map(|mut pipe| pipe.read_to_end(&mut text));
        String::from_utf8_lossy(&text).into_owned()
    });
    running.finish().await?;
    Ok(reading.join().unwrap_or_default())
}

/// The beginning of what a program says; the rest is read and forgotten.
fn said(mut pipe: ChildStderr) -> String {
    const ENOUGH: u64 = 4096;
    let mut text = Vec::new();
    let _ = pipe.by_ref().take(ENOUGH).read_to_end(&mut text);
    let _ = io::copy(&mut pipe, &mut io::sink());
    String::from_utf8_lossy(&text).into_owned()
}

fn file_name(program: &OsStr) -> String {
    Path::new(program).file_name().unwrap_or(program).to_string_lossy().into_owned()
}

fn failed(message: String) -> Error {
    Error::new(ErrorKind::Backup, message)
}
