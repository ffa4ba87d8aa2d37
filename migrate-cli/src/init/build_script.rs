use std::fs;

use super::site::Site;

/// The build script of a package, which makes Cargo build anew when a file comes into the migration directory.
pub(super) struct BuildScript {
    /// Its path within the package.
    pub(super) name: String,
    /// What it has to say, where there is none.
    pub(super) text: Option<String>,
    /// The line that it lacks, where there is one that does not watch the directory.
    pub(super) missing: Option<String>,
}

impl BuildScript {
    /// `None` where there is no package, or one that has no build script on purpose.
    pub(super) fn of(site: &Site, dir: &str) -> Option<Self> {
        let name = match site.build() {
            Some(build) if build.as_bool() == Some(false) => return None,
            Some(build) => build.as_str().unwrap_or("build.rs").to_owned(),
            None if site.has_package() => "build.rs".to_owned(),
            None => return None,
        };
        let instruction = format!("cargo::rerun-if-changed={dir}");
        let line = format!("println!({instruction:?});");
        let Ok(text) = fs::read_to_string(site.root.join(&name)) else {
            return Some(Self { name, text: Some(format!("fn main() {{\n    {line}\n}}\n")), missing: None });
        };
        let watches = text.contains(&format!("rerun-if-changed={dir}"));
        Some(Self { name, text: None, missing: (!watches).then_some(line) })
    }
}
