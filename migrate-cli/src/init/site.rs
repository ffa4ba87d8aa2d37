use std::{
    fs,
    path::{Component, Path, PathBuf},
};

use migrate_analysis::source::CONFIGURATION_FILE;
use toml_edit::{DocumentMut, Item};

use crate::{failure::Failure, package};

/// Where migrations are to be.
pub(super) struct Site {
    /// The folder that migrate.toml belongs into.
    pub(super) root: PathBuf,
    /// The directory that the command names, seen from there, with `/`.
    pub(super) dir: Option<String>,
    /// Cargo.toml, where it is that of a package.
    manifest: Option<DocumentMut>,
}

impl Site {
    pub(super) fn find(folder: &Path, dir: Option<&Path>) -> Result<Self, Failure> {
        let root = package::root_of(folder);
        let text = fs::read_to_string(root.join("Cargo.toml"));
        let manifest = text.ok().and_then(|text| text.parse::<DocumentMut>().ok());
        let is_workspace = manifest.as_ref().is_some_and(|manifest| manifest.get("package").is_none());
        let manifest = manifest.filter(|_| !is_workspace);
        if manifest.is_none() && dir.is_none() && !root.join(CONFIGURATION_FILE).is_file() {
            return Err(Failure::usage(
                if is_workspace {
                    "the `Cargo.toml` here is that of a workspace, and of no package"
                } else {
                    "there is no package here: neither this folder nor one above it has a `Cargo.toml`"
                },
                "go to the package that uses the database, or name a directory: `--dir migrations`",
            ));
        }
        let dir = dir.map(|dir| within(&root, &folder.join(dir), dir)).transpose()?;
        Ok(Self { root, dir, manifest })
    }

    pub(super) fn has_package(&self) -> bool {
        self.manifest.is_some()
    }

    /// `package.build` of Cargo.toml.
    pub(super) fn build(&self) -> Option<&Item> {
        self.manifest.as_ref()?.get("package")?.get("build")
    }

    pub(super) fn depends_on_runtime(&self) -> bool {
        let dependencies = self.manifest.as_ref().and_then(|manifest| manifest.get("dependencies"));
        dependencies.is_some_and(|dependencies| dependencies.get("migrate-runtime").is_some())
    }
}

/// The path, seen from the root; `asked` is how the command says it.
fn within(root: &Path, path: &Path, asked: &Path) -> Result<String, Failure> {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    let inside = plain.strip_prefix(root).ok().filter(|inside| !inside.as_os_str().is_empty());
    inside.map(|inside| inside.to_string_lossy().replace('\\', "/")).ok_or_else(|| {
        Failure::usage(
            format!("`{}` is no directory within `{}`", asked.display(), root.display()),
            "name one that goes with the package wherever it is built, such as `migrations`",
        )
    })
}
