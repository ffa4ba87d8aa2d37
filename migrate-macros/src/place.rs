use std::{
    env,
    path::{Component, Path, PathBuf},
};

use migrate_analysis::source::Sources;
use proc_macro::Span;

/// Where the migration directory lies, and how generated code may name a file in it.
pub(crate) struct Place {
    /// The directory that may not be left: the package or, where that does not hold the calling file, its directory.
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
        let Some(folder) = file.as_deref().and_then(Path::parent) else {
            return Err(format!(
                "`{dir}` is meant to lie beside the calling file, but that file is not known\n\
                 help: name the directory within the package"
            ));
        };
        // A relative path is relative to where the compiler runs, which an empty one stands for as well.
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        Ok(match within(package, folder) {
            Some(within) => Self::in_package(package, &join(&within, beside)),
            None => Self { root: folder.to_owned(), dir: beside.to_owned(), beside_caller: true },
        })
    }

    /// Reads the directory.
    pub(crate) fn read(&self) -> Sources {
        Sources::read_within(&self.root, &self.dir)
    }

    /// An expression for the text of a file in the directory. There is no absolute path in it: generated code has to be
    /// the same wherever the package lies.
    pub(crate) fn include(&self, name: &str) -> String {
        let path = join(&self.dir, name);
        if self.beside_caller { format!("::core::include_str!({path:?})") } else { include_in_package(&path) }
    }
}

/// An expression for the text of a file in the package.
pub(crate) fn include_in_package(path: &str) -> String {
    let path = format!("/{path}");
    format!("::core::include_str!(::core::concat!(::core::env!(\"CARGO_MANIFEST_DIR\"), {path:?}))")
}

/// The directory of the package that is being compiled.
pub(crate) fn package() -> Option<PathBuf> {
    env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from)
}

/// The path of a folder within the package, with `/`; `None` where it lies outside.
fn within(package: &Path, folder: &Path) -> Option<String> {
    let (package, folder) = (package.canonicalize().ok()?, folder.canonicalize().ok()?);
    let parts = folder.strip_prefix(&package).ok()?.components().map(|part| match part {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
}

fn join(dir: &str, name: &str) -> String {
    match dir.trim_end_matches('/') {
        "" | "." => name.to_owned(),
        dir => format!("{dir}/{name}"),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Place;

    #[test]
    fn a_file_is_named_without_an_absolute_path() {
        let place = |dir| Place::in_package(Path::new("/srv/app"), dir).include("1_add.sql");
        let expected = |path: &str| {
            format!("::core::include_str!(::core::concat!(::core::env!(\"CARGO_MANIFEST_DIR\"), \"{path}\"))")
        };
        assert_eq!(place("db/migrations/"), expected("/db/migrations/1_add.sql"));
        assert_eq!(place("."), expected("/1_add.sql"));
        let beside = Place { root: "/srv/app/src".into(), dir: "migrations".into(), beside_caller: true };
        assert_eq!(beside.include("1_\"add\".sql"), r#"::core::include_str!("migrations/1_\"add\".sql")"#);
    }
}
