use std::{
    env, fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

#[derive(Deserialize)]
struct List {
    history: Vec<History>,
}

/// A public history, as `tests/histories.toml` has it.
#[derive(Deserialize)]
pub(crate) struct History {
    pub(crate) name: String,
    pub(crate) database: String,
}

/// The list of the checkout.
pub(crate) fn read() -> Vec<History> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/histories.toml");
    let text = fs::read_to_string(path).expect("the list can be read");
    toml::from_str::<List>(&text).expect("the list is right").history
}

impl History {
    /// Its files, where they are here.
    pub(crate) fn files(&self) -> Option<PathBuf> {
        let folder = env::var_os("MIGRATE_HISTORIES")
            .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/histories"), PathBuf::from);
        Some(folder.join(&self.name)).filter(|files| files.is_dir())
    }
}
