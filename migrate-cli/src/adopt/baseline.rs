use std::{fmt, fs, io, path::Path};

use migrate_core::Dialect;
use toml_edit::{Array, DocumentMut, Item, value};

use crate::{failure::Failure, writing};

/// What became of `baseline` in the configuration.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Baseline {
    /// These lines were added.
    Set(Vec<String>),
    /// It says something already, and is left alone.
    Kept(String),
}

/// What the configuration should say, where it does not yet.
pub(super) struct Wanted<'w> {
    /// The last revisions that are taken over.
    pub(super) heads: Vec<&'w str>,
    /// The layout of the tool's files, which a first file of ours beside them may make hard to recognise.
    pub(super) layout: Option<&'static str>,
    /// The database, for a file that has to be made.
    pub(super) database: Dialect,
}

impl Baseline {
    /// Sets the baseline in the file at `path`, which need not be there, unless it has one. All else in the file stays as
    /// it is. `dry` writes nothing.
    pub(super) fn set(path: &Path, wanted: &Wanted<'_>, dry: bool) -> Result<Self, Failure> {
        let baseline = shown("baseline", &item(&wanted.heads));
        let failed = |error: &dyn fmt::Display| not_written(path, &baseline, error);
        let text = match fs::read_to_string(path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(failed(&error)),
        };
        let is_new = text.is_none();
        let text = text.unwrap_or_else(|| format!("databases = [\"{}\"]\n", wanted.database));
        let mut document: DocumentMut = text.parse().map_err(|error| failed(&error))?;
        if let Some(there) = document.get("baseline") {
            return Ok(Self::Kept(shown("baseline", there)));
        }
        let layout = wanted.layout.filter(|_| !document.contains_key("layout"));
        let layout = layout.map(|layout| ("layout", value(layout)));
        let mut lines = Vec::new();
        for (key, item) in layout.into_iter().chain([("baseline", item(&wanted.heads))]) {
            lines.push(shown(key, &item));
            document[key] = item;
        }
        let text = document.to_string();
        match (dry, is_new) {
            (true, _) => Ok(()),
            (false, true) => writing::create(path, &text),
            (false, false) => writing::replace(path, &text),
        }
        .or_else(|error| {
            // Another run may have been quicker to make it.
            if is_new && path.is_file() {
                Self::set(path, wanted, dry).map(drop)
            } else {
                Err(failed(&error))
            }
        })?;
        Ok(Self::Set(lines))
    }
}

fn item(heads: &[&str]) -> Item {
    match heads {
        [head] => value(*head),
        heads => value(heads.iter().copied().collect::<Array>()),
    }
}

fn shown(key: &str, item: &Item) -> String {
    format!("{key} = {}", item.to_string().trim())
}

/// The database is done: what is left is one line, which anybody can write.
fn not_written(path: &Path, line: &str, error: &dyn fmt::Display) -> Failure {
    let error = error.to_string();
    let error = error.strip_prefix("error: ").unwrap_or(&error);
    Failure::refused(
        format!("the database is adopted, but the baseline is not set in `{}`: {error}", path.display()),
        format!("add the line `{line}`, above all tables of the file"),
    )
}

#[cfg(test)]
mod tests {
    use std::fs;

    use migrate_core::Dialect;

    use super::{Baseline, Wanted};

    fn wanted<'w>(heads: &[&'w str]) -> Wanted<'w> {
        Wanted { heads: heads.to_vec(), layout: Some("dbmate"), database: Dialect::Mysql }
    }

    fn set(text: Option<&str>, heads: &[&str]) -> (Baseline, String) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("migrate.toml");
        if let Some(text) = text {
            fs::write(&path, text).unwrap();
        }
        let baseline = Baseline::set(&path, &wanted(heads), false).unwrap();
        (baseline, fs::read_to_string(&path).unwrap())
    }

    #[test]
    fn the_baseline_is_set_above_the_tables_and_all_else_stays() {
        let text = "# ours\ndatabases = ['mysql'] # for now\r\n\n[rules] # strict\nmissing-down = 'deny'\n";
        let (baseline, text) = set(Some(text), &["17"]);
        let lines = ["layout = \"dbmate\"", "baseline = \"17\""];
        assert_eq!(baseline, Baseline::Set(lines.map(str::to_owned).into()));
        assert_eq!(
            text,
            "# ours\ndatabases = ['mysql'] # for now\nlayout = \"dbmate\"\nbaseline = \"17\"\n\n[rules] # strict\nmissing-down = 'deny'\n"
        );
    }

    #[test]
    fn several_heads_are_an_array_and_a_file_is_made() {
        let (_, text) = set(None, &["a", "b"]);
        assert_eq!(text, "databases = [\"mysql\"]\nlayout = \"dbmate\"\nbaseline = [\"a\", \"b\"]\n");
    }

    #[test]
    fn a_baseline_that_is_there_stays() {
        let (baseline, text) = set(Some("baseline = '16' # why\n"), &["17"]);
        assert_eq!(baseline, Baseline::Kept("baseline = '16' # why".into()));
        assert_eq!(text, "baseline = '16' # why\n");
    }

    #[test]
    fn a_file_that_cannot_be_read_is_left_alone_and_the_line_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("migrate.toml");
        fs::write(&path, "databases = [").unwrap();
        let error = Baseline::set(&path, &wanted(&["17"]), false).unwrap_err().to_string();
        assert!(error.contains("the database is adopted, but the baseline is not set"), "{error}");
        assert!(error.contains("add the line `baseline = \"17\"`"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "databases = [");
    }
}
