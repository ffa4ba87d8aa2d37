//! Where this machine keeps the programs of the database servers.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Kind;

/// Where distributions put programs that an ordinary user's `PATH` leaves out.
const SYSTEM_FOLDERS: [&str; 3] = ["/usr/local/sbin", "/usr/sbin", "/sbin"];
/// One folder a major version in here, on Debian and its relatives.
const POSTGRES_VERSIONS: &str = "/usr/lib/postgresql";

/// The programs of a PostgreSQL server.
pub(crate) struct PostgresPrograms {
    pub(crate) initdb: PathBuf,
    pub(crate) postgres: PathBuf,
    pub(crate) psql: PathBuf,
}

/// The programs of a MariaDB server.
pub(crate) struct MariaDbPrograms {
    pub(crate) install: PathBuf,
    pub(crate) server: PathBuf,
    pub(crate) client: PathBuf,
}

/// The programs of a pooler before a PostgreSQL server.
pub(crate) struct PgbouncerPrograms {
    pub(crate) server: PathBuf,
    pub(crate) client: PathBuf,
}

/// The programs of one server.
pub(crate) enum Programs {
    Postgres(PostgresPrograms),
    MariaDb(MariaDbPrograms),
    Pgbouncer(PgbouncerPrograms),
}

/// What a server needs and this machine does not have.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Missing {
    pub(crate) kind: Kind,
    pub(crate) programs: Vec<&'static str>,
}

impl std::fmt::Display for Missing {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} is missing here: no `{}`", self.kind.title(), self.programs.join("`, no `"))
    }
}

/// The programs of each of `kinds` that is installed, and what is missing for the others.
pub(crate) fn find(kinds: &[Kind]) -> (Vec<Programs>, Vec<Missing>) {
    let (mut programs, mut missing) = (Vec::new(), Vec::new());
    for kind in kinds {
        let found = match kind {
            Kind::Sqlite => continue,
            Kind::Postgres => PostgresPrograms::find().map(Programs::Postgres),
            Kind::Mysql => MariaDbPrograms::find().map(Programs::MariaDb),
            Kind::Pgbouncer => PgbouncerPrograms::find().map(Programs::Pgbouncer),
        };
        match found {
            Ok(found) => programs.push(found),
            Err(lack) => missing.push(lack),
        }
    }
    (programs, missing)
}

impl PostgresPrograms {
    /// The programs of the newest version that is installed.
    fn find() -> Result<Self, Missing> {
        let folders = search_path();
        let candidates = postgres_folders(&folders);
        let newest = newest(&candidates, |folder| version(&folder.join("postgres")));
        Self::find_in(newest, &folders)
    }

    fn find_in(server: Option<&Path>, folders: &[PathBuf]) -> Result<Self, Missing> {
        let beside = |name| server.map(|folder| folder.join(name)).filter(|path| path.is_file());
        match (beside("initdb"), beside("postgres"), beside("psql").or_else(|| locate("psql", folders))) {
            (Some(initdb), Some(postgres), Some(psql)) => Ok(Self { initdb, postgres, psql }),
            (initdb, postgres, psql) => Err(Missing {
                kind: Kind::Postgres,
                programs: absent([("initdb", initdb), ("postgres", postgres), ("psql", psql)]),
            }),
        }
    }
}

impl MariaDbPrograms {
    /// The programs that are installed.
    fn find() -> Result<Self, Missing> {
        Self::find_in(&search_path())
    }

    fn find_in(folders: &[PathBuf]) -> Result<Self, Missing> {
        let [install, server, client] =
            ["mariadb-install-db", "mariadbd", "mariadb"].map(|name| locate(name, folders));
        match (install, server, client) {
            (Some(install), Some(server), Some(client)) => Ok(Self { install, server, client }),
            (install, server, client) => Err(Missing {
                kind: Kind::Mysql,
                programs: absent([
                    ("mariadb-install-db", install),
                    ("mariadbd", server),
                    ("mariadb", client),
                ]),
            }),
        }
    }
}

impl PgbouncerPrograms {
    /// The programs that are installed.
    fn find() -> Result<Self, Missing> {
        match ["pgbouncer", "psql"].map(on_this_machine) {
            [Some(server), Some(client)] => Ok(Self { server, client }),
            [server, client] => Err(Missing {
                kind: Kind::Pgbouncer,
                programs: absent([("pgbouncer", server), ("psql", client)]),
            }),
        }
    }
}

/// The path of `name`, where `PATH` or the system's own folders have it.
pub(crate) fn on_this_machine(name: &str) -> Option<PathBuf> {
    locate(name, &search_path())
}

fn search_path() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).chain(SYSTEM_FOLDERS.map(PathBuf::from)).collect()
}

fn locate(name: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file())
}

fn absent<const N: usize>(programs: [(&'static str, Option<PathBuf>); N]) -> Vec<&'static str> {
    programs.into_iter().filter(|(_, path)| path.is_none()).map(|(name, _)| name).collect()
}

/// Every folder that may hold a PostgreSQL server. Links are followed, because `initdb` and `psql` of the
/// same version stand beside the server, not beside a link to it.
fn postgres_folders(folders: &[PathBuf]) -> Vec<PathBuf> {
    let on_path = folders.iter().map(|folder| folder.join("postgres"));
    let told =
        output(Command::new("pg_config").arg("--bindir")).map(|text| Path::new(text.trim()).join("postgres"));
    let debian = fs::read_dir(POSTGRES_VERSIONS)
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin/postgres"));
    on_path
        .chain(told)
        .chain(debian)
        .filter_map(|program| program.canonicalize().ok())
        .filter_map(|program| program.parent().map(Path::to_owned))
        .collect()
}

/// The folder with the highest version; folders that tell none do not count.
fn newest(folders: &[PathBuf], version: impl Fn(&Path) -> Option<(u32, u32)>) -> Option<&Path> {
    folders
        .iter()
        .filter_map(|folder| Some((version(folder)?, folder.as_path())))
        .max_by_key(|(version, _)| *version)
        .map(|(_, folder)| folder)
}

fn version(program: &Path) -> Option<(u32, u32)> {
    parse_version(&output(Command::new(program).arg("--version"))?)
}

/// The version in a line such as `postgres (PostgreSQL) 15.8 (Debian 15.8-0+deb12u1)` or `.. 19beta2`.
fn parse_version(text: &str) -> Option<(u32, u32)> {
    let word = text.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
    let mut numbers = word.split(|c: char| !c.is_ascii_digit()).map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next().and_then(Result::ok).unwrap_or(0)))
}

fn output(command: &mut Command) -> Option<String> {
    let output = command.output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_the_server_prints() {
        assert_eq!(parse_version("postgres (PostgreSQL) 15.8 (Debian 15.8-0+deb12u1)\n"), Some((15, 8)));
        assert_eq!(parse_version("postgres (PostgreSQL) 9.6.24"), Some((9, 6)));
        assert_eq!(parse_version("postgres (PostgreSQL) 19beta2"), Some((19, 0)));
        assert_eq!(parse_version("postgres (PostgreSQL) 18devel"), Some((18, 0)));
        assert_eq!(parse_version("no such thing"), None);
    }

    #[test]
    fn the_newest_server_is_chosen_by_number_not_by_name() {
        let folders = ["/a/9", "/a/15", "/a/broken", "/a/14"].map(PathBuf::from);
        let version = |folder: &Path| folder.file_name()?.to_str()?.parse().ok().map(|major| (major, 0));
        assert_eq!(newest(&folders, version), Some(Path::new("/a/15")));
        assert_eq!(newest(&folders[2..3], version), None);
    }

    #[test]
    fn what_is_missing_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let folders = [folder.path().to_owned()];
        fs::write(folder.path().join("mariadbd"), "").unwrap();
        fs::write(folder.path().join("psql"), "").unwrap();

        let missing = MariaDbPrograms::find_in(&folders).err().unwrap();
        assert_eq!(missing.to_string(), "MariaDB is missing here: no `mariadb-install-db`, no `mariadb`");

        let missing = PostgresPrograms::find_in(None, &folders).err().unwrap();
        assert_eq!(missing.to_string(), "PostgreSQL is missing here: no `initdb`, no `postgres`");
    }

    #[test]
    fn the_client_of_postgres_may_stand_elsewhere_than_its_server() {
        let (server, path) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for name in ["initdb", "postgres"] {
            fs::write(server.path().join(name), "").unwrap();
        }
        fs::write(path.path().join("psql"), "").unwrap();
        let found = PostgresPrograms::find_in(Some(server.path()), &[path.path().to_owned()]).ok().unwrap();
        assert_eq!(found.psql, path.path().join("psql"));
    }
}
