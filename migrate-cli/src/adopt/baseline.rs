use std::{fs, io, path::Path};

use migrate_core::Dialect;
use toml_edit::{Array, DocumentMut, Item, value};

use crate::{failure::Failure, writing};

/// What became of `baseline` in the configuration.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Baseline {
    /// It was set to this.
    Set(String),
    /// It says something already, and is left alone.
    Kept(String),
}

impl Baseline {
    /// Sets the baseline in the file at `path`, which need not be there, to these heads, where it has none. All else in
    /// the file stays as it is. `dry` writes nothing.
    pub(super) fn set(path: &Path, heads: &[&str], dialect: Dialect, dry: bool) -> Result<Self, Failure> {
        let wanted = item(heads);
        let shown = shown(&wanted);
        let failed = |error: &dyn std::fmt::Display| not_written(path, &shown, error);
        let text = match fs::read_to_string(path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(failed(&error)),
        };
        let Some(text) = text else {
            let text = format!("databases = [\"{dialect}\"]\n{shown}\n");
            return match if dry { Ok(()) } else { writing::create(path, &text) } {
                Ok(()) => Ok(Self::Set(shown)),
                // Another run was quicker.
                Err(_) if path.is_file() => Self::set(path, heads, dialect, dry),
                Err(error) => Err(failed(&error)),
            };
        };
        let mut document: DocumentMut = text.parse().map_err(|error| failed(&error))?;
        if let Some(there) = document.get("baseline") {
            return Ok(Self::Kept(format!("baseline = {}", there.to_string().trim())));
        }
        document["baseline"] = wanted;
        if !dry {
            writing::replace(path, &document.to_string()).map_err(|error| failed(&error))?;
        }
        Ok(Self::Set(shown))
    }
}

fn item(heads: &[&str]) -> Item {
    match heads {
        [head] => value(*head),
        heads => value(heads.iter().copied().collect::<Array>()),
    }
}

fn shown(item: &Item) -> String {
    format!("baseline = {}", item.to_string().trim())
}

/// The database is done: what is left is one line, which anybody can write.
fn not_written(path: &Path, line: &str, error: &dyn std::fmt::Display) -> Failure {
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

    use super::Baseline;

    fn set(text: Option<&str>, heads: &[&str]) -> (Baseline, String) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("migrate.toml");
        if let Some(text) = text {
            fs::write(&path, text).unwrap();
        }
        let baseline = Baseline::set(&path, heads, Dialect::Mysql, false).unwrap();
        (baseline, fs::read_to_string(&path).unwrap())
    }

    #[test]
    fn the_baseline_is_set_above_the_tables_and_all_else_stays() {
        let text = "# ours\ndatabases = ['mysql'] # for now\r\n\n[rules] # strict\nmissing-down = 'deny'\n";
        let (baseline, text) = set(Some(text), &["17"]);
        assert_eq!(baseline, Baseline::Set("baseline = \"17\"".into()));
        assert_eq!(
            text,
            "# ours\ndatabases = ['mysql'] # for now\nbaseline = \"17\"\n\n[rules] # strict\nmissing-down = 'deny'\n"
        );
    }

    #[test]
    fn several_heads_are_an_array_and_a_file_is_made() {
        let (_, text) = set(None, &["a", "b"]);
        assert_eq!(text, "databases = [\"mysql\"]\nbaseline = [\"a\", \"b\"]\n");
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
        let error = Baseline::set(&path, &["17"], Dialect::Mysql, false).unwrap_err().to_string();
        assert!(error.contains("the database is adopted, but the baseline is not set"), "{error}");
        assert!(error.contains("add the line `baseline = \"17\"`"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "databases = [");
    }
}
