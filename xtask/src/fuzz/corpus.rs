use std::{env, fs, path::Path};

use anyhow::{Context as _, Result, bail};

/// The texts that inputs are made of: the specifications of the tests, the sample histories and, where they are at
/// hand, public ones.
pub(super) fn read(root: &Path) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    let public = env::var_os("MIGRATE_HISTORIES").map_or_else(|| root.join("target/histories"), Into::into);
    for folder in [root.join("migrate-analysis/tests"), root.join("migrations"), root.join("tests"), public] {
        collect(&folder, &mut texts)?;
    }
    if texts.is_empty() {
        bail!("there is no text to begin with");
    }
    Ok(texts)
}

fn collect(folder: &Path, texts: &mut Vec<String>) -> Result<()> {
    /// Longer texts make slow inputs, and are made of the same things.
    const LONGEST: usize = 64 * 1024;

    if !folder.is_dir() {
        return Ok(());
    }
    let unreadable = || format!("cannot read {}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).with_context(unreadable)? {
        paths.push(entry.with_context(unreadable)?.path());
    }
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, texts)?;
        } else if path.extension().is_some_and(|end| end == "sql" || end == "txt")
            && let Ok(text) = fs::read_to_string(&path)
            && text.len() <= LONGEST
        {
            texts.push(text);
        }
    }
    Ok(())
}
