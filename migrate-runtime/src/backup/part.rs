use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

/// A file that bears another name until it is whole, and goes away if it never is.
pub(crate) struct Part {
    path: PathBuf,
    whole: PathBuf,
}

impl Part {
    /// Makes an empty file in a folder for what is to be called `name`, dot, `extension`. Nobody but its owner may read
    /// it. Where there is such a file already, the name gets a number.
    pub(crate) fn begin(folder: &Path, name: &str, extension: &str) -> io::Result<Self> {
        let mut builder = DirBuilder::new();
        let mut options = OpenOptions::new();
        #[cfg(unix)]
        {
            use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
            builder.mode(0o700);
            options.mode(0o600);
        }
        builder.recursive(true).create(folder)?;
        options.create_new(true).write(true);
        let mut number = 1;
        loop {
            let suffix = if number == 1 { String::new() } else { format!("-{number}") };
            let whole = folder.join(format!("{name}{suffix}.{extension}"));
            let path = folder.join(format!(".{name}{suffix}.{extension}.part"));
            if !whole.try_exists()? {
                match options.open(&path) {
                    Ok(_) => return Ok(Self { path, whole }),
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                    Err(error) => return Err(error),
                }
            }
            number += 1;
        }
    }

    /// Where it is while it is not whole.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it its name, once all of it is on the disk. Answers with its path and its size in bytes.
    pub(crate) fn finish(self) -> io::Result<(PathBuf, u64)> {
        let file = OpenOptions::new().write(true).open(&self.path)?;
        file.sync_all()?;
        let bytes = file.metadata()?.len();
        fs::rename(&self.path, &self.whole)?;
        sync_folder_of(&self.whole);
        Ok((self.whole.clone(), bytes))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // After `finish` there is no file of this name any more.
        let _ = fs::remove_file(&self.path);
    }
}

/// Lets a new name outlive a loss of power. Some systems cannot open a folder, and need no help.
pub(crate) fn sync_folder_of(path: &Path) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}
