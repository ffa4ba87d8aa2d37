use migrate_core::{Dialect, did_you_mean};

use super::Part;

/// The file in a folder that says how its scripts are run.
pub(crate) const METADATA_FILE: &str = "metadata.toml";

/// What the name of a migration file says: `<stem>[.<database>][.up|.down].sql`, or `up[.<database>].sql` and
/// `down[.<database>].sql` in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileName<'n> {
    /// What the files of one revision have in common; that of a folder ends in `/`.
    pub(crate) stem: &'n str,
    /// The database that the file is for; `None` where it is for all.
    pub(crate) dialect: Option<Dialect>,
    /// Which half of the revision it holds.
    pub(crate) part: Part,
}

/// A name that is none of a migration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Misnamed {
    /// The name that it should have, where that is plain.
    pub(crate) meant: Option<String>,
}

impl<'n> FileName<'n> {
    pub(crate) fn parse(name: &'n str) -> Result<Self, Misnamed> {
        if let Some((_, script)) = name.split_once('/') {
            return Self::in_folder(name, script);
        }
        let Some(rest) = name.strip_suffix(".sql") else { return Err(misnamed(name)) };
        let (rest, part) = match rest.rsplit_once('.') {
            Some((rest, "up")) => (rest, Part::Up),
            Some((rest, "down")) => (rest, Part::Down),
            _ => (rest, Part::Whole),
        };
        let Some((stem, word)) = rest.rsplit_once('.') else {
            return Ok(Self { stem: rest, dialect: None, part });
        };
        let direction = stem.rsplit_once('.').filter(|(_, word)| matches!(*word, "up" | "down"));
        match (word.parse::<Dialect>(), direction) {
            (Ok(dialect), None) if dialect.name() == word => Ok(Self { stem, dialect: Some(dialect), part }),
            // `mariadb` and `postgresql` are no second name of a file, or two files could hold one script.
            (Ok(dialect), None) => Err(Misnamed { meant: Some(file_name(stem, Some(dialect), part)) }),
            (Ok(dialect), Some((stem, direction))) => {
                let part = if direction == "up" { Part::Up } else { Part::Down };
                Err(Misnamed { meant: Some(file_name(stem, Some(dialect), part)) })
            }
            (Err(_), _) => Ok(Self { stem: rest, dialect: None, part }),
        }
    }

    /// `<folder>/up[.<database>].sql`, `<folder>/down[.<database>].sql`
    fn in_folder(name: &'n str, script: &'n str) -> Result<Self, Misnamed> {
        let stem = name.strip_suffix(script).unwrap_or_default();
        let words = script.strip_suffix(".sql").unwrap_or_default();
        let (half, database) = words.split_once('.').map_or((words, None), |(half, word)| (half, Some(word)));
        let dialect = database.map(|word| word.parse::<Dialect>().ok().filter(|one| one.name() == word));
        let part = match half {
            "up" => Part::Up,
            "down" => Part::Down,
            _ => return Err(Misnamed { meant: None }),
        };
        match dialect {
            Some(None) => Err(Misnamed { meant: None }),
            _ => Ok(Self { stem, dialect: dialect.flatten(), part }),
        }
    }
}

/// The name of the file of this part of a revision.
pub(crate) fn file_name(stem: &str, dialect: Option<Dialect>, part: Part) -> String {
    let separator = if stem.ends_with('/') { "" } else { "." };
    let database = dialect.map(|dialect| format!(".{dialect}")).unwrap_or_default();
    match part {
        Part::Whole => format!("{stem}{database}.sql"),
        // In a folder the half comes first, as Diesel has it.
        Part::Up if separator.is_empty() => format!("{stem}up{database}.sql"),
        Part::Down if separator.is_empty() => format!("{stem}down{database}.sql"),
        Part::Up => format!("{stem}{database}.up.sql"),
        Part::Down => format!("{stem}{database}.down.sql"),
    }
}

fn misnamed(name: &str) -> Misnamed {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let near = ending.eq_ignore_ascii_case("sql") || did_you_mean(ending, ["sql"]).is_some();
    Misnamed { meant: near.then(|| format!("{stem}.sql")) }
}

/// Whether a folder with these files is a revision's.
pub(crate) fn is_folder_of_scripts(mut files: impl Iterator<Item = String>) -> bool {
    files.any(|name| name == METADATA_FILE || FileName::in_folder(&name, &name).is_ok())
}

/// Whether a file of this name may lie in a migration directory without being part of it.
pub(crate) fn is_ignored(name: &str) -> bool {
    const NAMES: [&str; 3] = ["mod.rs", "migrate.lock", "schema.sql"];
    const ENDINGS: [&str; 5] = ["~", ".md", ".txt", ".toml", ".sum"];
    name.starts_with('.') || NAMES.contains(&name) || ENDINGS.iter().any(|ending| name.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::{FileName, Misnamed, is_folder_of_scripts, is_ignored};

    fn parse(name: &str) -> String {
        match FileName::parse(name) {
            Ok(FileName { stem, dialect, part }) => {
                format!("{stem} {} {part:?}", dialect.map_or("all", migrate_core::Dialect::name))
            }
            Err(Misnamed { meant: Some(meant) }) => format!("meant {meant}"),
            Err(Misnamed { meant: None }) => "no".into(),
        }
    }

    #[test]
    fn a_name_tells_the_stem_the_database_and_the_half() {
        assert_eq!(parse("20251110_add.sql"), "20251110_add all Whole");
        assert_eq!(parse("20251110_add.up.sql"), "20251110_add all Up");
        assert_eq!(parse("20251110_add.sqlite.sql"), "20251110_add sqlite Whole");
        assert_eq!(parse("20251110_add.mysql.down.sql"), "20251110_add mysql Down");
        assert_eq!(parse("v1.2_add.sql"), "v1.2_add all Whole");
        assert_eq!(parse("up.sql"), "up all Whole");
        assert_eq!(parse("2024-01-01_add/up.sql"), "2024-01-01_add/ all Up");
        assert_eq!(parse("2024-01-01_add/down.sqlite.sql"), "2024-01-01_add/ sqlite Down");
    }

    #[test]
    fn a_name_that_is_nearly_right_tells_what_is_meant() {
        assert_eq!(parse("add.up.sqlite.sql"), "meant add.sqlite.up.sql");
        assert_eq!(parse("add.mariadb.sql"), "meant add.mysql.sql");
        assert_eq!(parse("add.postgresql.down.sql"), "meant add.postgres.down.sql");
        assert_eq!(parse("add.SQL"), "meant add.sql");
        assert_eq!(parse("add.slq"), "meant add.sql");
        assert_eq!(parse("add.py"), "no");
        assert_eq!(parse("add/seed.sql"), "no");
        assert_eq!(parse("add/up.oracle.sql"), "no");
        assert_eq!(parse("Makefile"), "no");
    }

    #[test]
    fn a_folder_is_a_revisions_where_it_has_a_script() {
        let is_one = |names: &[&str]| is_folder_of_scripts(names.iter().map(|name| (*name).to_owned()));
        assert!(is_one(&["README.md", "up.sql"]));
        assert!(is_one(&["down.sqlite.sql"]));
        assert!(is_one(&["metadata.toml"]));
        assert!(!is_one(&["20240101_old.sql", "up.txt"]));
        assert!(!is_one(&[]));
    }

    #[test]
    fn notes_and_generated_files_are_not_looked_at() {
        for name in [".gitkeep", "README.md", "add.sql~", "migrate.lock", "schema.sql", "atlas.sum"] {
            assert!(is_ignored(name), "{name}");
        }
        for name in ["add.sql", "my_schema.sql", "build.rs"] {
            assert!(!is_ignored(name), "{name}");
        }
    }
}
