use std::{
    env,
    path::{Path, PathBuf},
};

use migrate_analysis::source::Sources;
use proc_macro2::Span;

/// Where the migration directory lies, and how generated code may name a file in it.
pub(crate) struct Place {
    /// The directory that may not be left: the package, or that of the calling file.
    root: PathBuf,
    /// The migration directory within it.
    dir: String,
    /// Whether the root is the directory of the calling file.
    beside_caller: bool,
}

impl Place {
    /// A directory of the package.
    pub(crate) fn in_package(package: &Path, dir: &str) -> Self {
        Self { root: package.to_owned(), dir: dir.to_owned(), beside_caller: false }
    }

    /// The directory that a call names: `./x` lies beside the calling file, everything else in the package.
    pub(crate) fn named(package: &Path, dir: &str) -> Result<Self, String> {
        let Some(beside) = dir.strip_prefix("./") else { return Ok(Self::in_package(package, dir)) };
        let file = Span::call_site().local_file();
        let Some(root) = file.as_deref().and_then(Path::parent) else {
            return Err(format!(
                "`{dir}` is meant to lie beside the calling file, but that file is not known\n\
                 help: name the directory within the package"
            ));
        };
        // A relative path is relative to where the compiler runs, which an empty one stands for as well.
        let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
        Ok(Self { root: root.to_owned(), dir: beside.to_owned(), beside_caller: true })
    }

    /// Reads the directory.
    pub(crate) fn read(&self) -> Sources {
        Sources::read_within(&self.root, &self.dir)
    }

    /// An expression for the text of a file in the directory. There is no absolute path in it: generated code has to be
    /// the same wherever the package lies.
    pub(crate) fn include(&self, name: &str) -> String {
        let dir = self.dir.trim_end_matches('/');
        let path = if dir.is_empty() || dir == "." { name.to_owned() } else { format!("{dir}/{name}") };
        if self.beside_caller { format!("::core::include_str!({path:?})") } else { include_in_package(&path) }
    }
}

/// An expression for the text of a file in the package.
pub(crate) fn include_in_package(path: &str) -> String {
    format!(
        "::core::include_str!(::core::concat!(::core::env!(\"CARGO_MANIFEST_DIR\"), {:?}))",
        format!("/{path}")
    )
}

/// The directory of the package that is being compiled.
pub(crate) fn package() -> Option<PathBuf> {
    env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from)
}
