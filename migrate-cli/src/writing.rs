//! Writing files whole or not at all: whoever reads at the same time, or after the process was killed, sees the old text
//! or the new one.

use std::{io, io::Write as _, path::Path};

use tempfile::NamedTempFile;

use crate::failure::Failure;

/// Makes a file, where there is none.
pub(crate) fn create(path: &Path, text: &str) -> Result<(), Failure> {
    let written = written(path, text);
    written
        .and_then(|file| file.persist_noclobber(path).map_err(|error| error.error))
        .map_err(|error| Failure::file("write", path, &error))?;
    Ok(())
}

/// A text in a hidden file beside the path. It goes away unless it is kept.
fn written(path: &Path, text: &str) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".migrate-");
    // Others may read it as they may read any new file; the default of temporary files is that they may not.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::create;

    #[test]
    fn a_file_is_made_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sql");
        create(&path, "first").unwrap();
        assert!(create(&path, "second").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "first");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing is left beside it");
    }
}
