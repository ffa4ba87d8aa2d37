//! A backup before the first step.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

use migrate_runtime::{Backup, Dialect, Error, ErrorKind, Event, Graph, Report};
use tempfile::TempDir;

use crate::{
    bookkeeping::{applied, heads, tables},
    database::Pool,
    history::chain,
    site::{Site, on},
    walk::told,
};

on!([sqlite, postgres, mysql]:
    a_run_with_steps_is_backed_up_before_the_first,
    nothing_to_do_makes_no_backup,
    a_failed_step_names_the_way_back,
);

on!([postgres, mysql]:
    a_missing_program_is_told_before_anything_is_touched,
    a_program_that_fails_stops_the_run,
    a_run_that_is_dropped_ends_its_program_and_leaves_no_half_file,
    no_password_stands_in_an_argument,
    a_password_of_any_letters_gets_through,
    a_connection_does_not_tell_where_its_server_is,
);

const STEPS: [(&str, &str, &str); 2] = [
    ("a", "CREATE TABLE t_a (n integer); INSERT INTO t_a VALUES (1), (2);", "DROP TABLE t_a;"),
    ("b", "CREATE TABLE t_b (n integer);", "DROP TABLE t_b;"),
];

async fn a_run_with_steps_is_backed_up_before_the_first(site: Site) {
    let graph = chain(site.dialect(), &STEPS);
    site.on(&graph).upgrade("a").await.expect("the first step");
    let folder = tempfile::tempdir().expect("a folder");
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = told.clone();
    let on = site.on(&graph).backup(folder.path().join("new")).observer(move |event| {
        if let Event::BackedUp { file, bytes, .. } = event {
            heard.lock().expect("the list").push((file.clone(), *bytes));
        }
    });
    let report = on.upgrade("head").await.expect("the second step");
    let file = report.backup.expect("a backup");
    let bytes = fs::metadata(&file).expect("the file").len();
    assert_eq!(*told.lock().expect("the list"), [(file.clone(), bytes)]);
    assert_eq!(listed(&folder.path().join("new")), std::slice::from_ref(&file), "no half file is left");
    assert_eq!(mode(&file) & 0o077, 0, "others cannot read it");
    let name = file.file_name().expect("a name").to_string_lossy().into_owned();
    let (place, rest) = name.split_once("-20").expect("a date");
    assert!(place.starts_with("test"), "{name} begins with its database");
    assert!(rest.contains("Z-a."), "{name} ends with what is applied");
    if site.dialect() == Dialect::Sqlite {
        let copy = Pool::to(Dialect::Sqlite, &format!("sqlite:{}", file.display()), 1);
        assert_eq!(heads(&copy).await, "a");
        assert_eq!(copy.rows("SELECT count(*) FROM t_a").await, ["2"]);
    }
}

async fn nothing_to_do_makes_no_backup(site: Site) {
    let graph = chain(site.dialect(), &STEPS);
    site.on(&graph).upgrade("head").await.expect("all steps");
    let folder = tempfile::tempdir().expect("a folder");
    let report = site.on(&graph).backup(folder.path()).upgrade("head").await.expect("nothing to do");
    assert_eq!(report.backup, None);
    // This has to take the lock, and to plan, before it knows.
    let report = site.on(&graph).backup(folder.path()).downgrade("b").await.expect("nothing to do");
    assert_eq!(report.backup, None);
    assert_eq!(listed(folder.path()), [] as [PathBuf; 0]);
}

async fn a_failed_step_names_the_way_back(site: Site) {
    let broken = [
        STEPS[0],
        ("b", "CREATE TABLE t_b (n integer); INSERT INTO t_a VALUES (1, 2, 3);", "DROP TABLE t_b;"),
    ];
    let graph = chain(site.dialect(), &broken);
    let folder = tempfile::Builder::new().prefix("it's a ").tempdir().expect("a folder");
    let error = site.on(&graph).backup(folder.path()).upgrade("head").await.expect_err("a broken step");
    assert_eq!(error.kind(), ErrorKind::Statement);
    let [file] = &listed(folder.path())[..] else { panic!("one backup") };
    let quoted = file.display().to_string().replace('\'', r"'\''");
    let hint = error.hint().expect("a hint");
    let expected = format!("`cargo migrate restore '{quoted}'` brings back what was there before");
    assert!(hint.ends_with(&expected), "{hint}");
}

async fn a_missing_program_is_told_before_anything_is_touched(site: Site) {
    let folder = tempfile::tempdir().expect("a folder");
    let error = run(&site, &folder, "").await.expect_err("no program");
    assert_eq!(error.kind(), ErrorKind::Backup);
    let said = told(&error).replace(&*folder.path().to_string_lossy(), "<folder>");
    let expected = match site.dialect() {
        Dialect::Postgres => {
            "Backup: there is no `pg_dump` in `<folder>/bin`, which backups need\n\
             help: install the client programs of PostgreSQL (`postgresql-client`), or say where they are: \
             `Backup::to(..).programs(..)`"
        }
        _ => {
            "Backup: there is no `mariadb-dump` and no `mysqldump` in `<folder>/bin`, which backups need\n\
             help: install the client programs of the server (`mariadb-client`, `mysql-client`), or say where they \
             are: `Backup::to(..).programs(..)`"
        }
    };
    assert_eq!(said, expected);
    assert!(site.ask("SELECT * FROM migrate_state").await.is_err(), "no table was made");
}

async fn a_program_that_fails_stops_the_run(site: Site) {
    let folder = tempfile::tempdir().expect("a folder");
    let error =
        run(&site, &folder, "echo 'no space' >&2; echo 'at all' >&2; exit 3").await.expect_err("it fails");
    assert_eq!(error.kind(), ErrorKind::Backup);
    let program = program_of(&site);
    assert_eq!(error.to_string(), format!("`{program}` failed: no space; at all"));
    assert_eq!((tables(&site).await, applied(&site).await), (String::new(), String::new()));
    assert_eq!(listed(&folder.path().join("backups")), [] as [PathBuf; 0], "no half file is left");
    // A dump of which nothing, or only the beginning, was written.
    let error = run(&site, &folder, "echo '-- MariaDB dump'").await.expect_err("it breaks off");
    assert_eq!(error.kind(), ErrorKind::Backup);
    assert_eq!(applied(&site).await, "");
    assert_eq!(listed(&folder.path().join("backups")), [] as [PathBuf; 0], "no half file is left");
}

async fn a_run_that_is_dropped_ends_its_program_and_leaves_no_half_file(site: Site) {
    let folder = tempfile::tempdir().expect("a folder");
    let pid = folder.path().join("pid");
    let running = run(&site, &folder, "echo $$ > \"$(dirname \"$0\")/../pid\"; exec sleep 100");
    let begun = async {
        while !fs::read_to_string(&pid).is_ok_and(|text| text.ends_with('\n')) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::select! {
        _ = running => panic!("it sleeps"),
        () = begun => {}
    }
    assert_eq!(listed(&folder.path().join("backups")), [] as [PathBuf; 0], "no half file is left");
    let pid = fs::read_to_string(&pid).expect("a process").trim().parse().expect("a number");
    let gone = nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), None);
    assert_eq!(gone, Err(nix::errno::Errno::ESRCH), "the program has ended");
}

async fn no_password_stands_in_an_argument(site: Site) {
    let folder = tempfile::tempdir().expect("a folder");
    let told = run(&site, &folder, "echo \"$@\" >&2; exit 1").await.expect_err("it fails").to_string();
    let (_, rest) = site.url().split_once("://").expect("a URL");
    let password = rest.split_once('@').and_then(|(user, _)| user.split_once(':')).expect("a password").1;
    assert!(told.contains("--"), "{told}: these are the arguments");
    assert!(!told.contains(password), "{told}");
    if site.dialect() == Dialect::Mysql {
        let options =
            told.split(['=', ' ']).find(|word| word.contains("/migrate-") || word.contains("/.migrate-"));
        let options = Path::new(options.expect("a file of options"));
        assert!(!options.exists(), "it is gone with the program");
    }
}

async fn a_password_of_any_letters_gets_through(site: Site) {
    let (user, password) = (format!("odd \"{}\"", fastrand::u32(..)), "a\"b'c\\d#e f;=%&@/:ä");
    let quoted = user.replace('"', "\"\"");
    let (made, gone) = match site.dialect() {
        Dialect::Postgres => (
            format!("CREATE ROLE \"{quoted}\" LOGIN SUPERUSER PASSWORD 'a\"b''c\\d#e f;=%&@/:ä'"),
            format!("DROP OWNED BY \"{quoted}\"; DROP ROLE \"{quoted}\""),
        ),
        _ => (
            format!(
                "CREATE USER `{user}` IDENTIFIED BY 'a\"b''c\\\\d#e f;=%&@/:ä'; GRANT ALL ON *.* TO `{user}`"
            ),
            format!("DROP USER `{user}`"),
        ),
    };
    site.rows(&made).await;
    let (scheme, rest) = site.url().split_once("://").expect("a URL");
    let server = rest.split_once('@').expect("a server").1;
    let url = format!("{scheme}://{}:{}@{server}", encoded(&user), encoded(password));
    let graph = chain(site.dialect(), &STEPS);
    let folder = tempfile::tempdir().expect("a folder");
    let pool = Pool::to(site.dialect(), &url, 1);
    let report = pool.on(&graph).backup(folder.path()).upgrade("head").await;
    pool.close().await;
    site.rows(&gone).await;
    assert!(report.expect("an upgrade").backup.is_some());
}

async fn a_connection_does_not_tell_where_its_server_is(site: Site) {
    let graph = chain(site.dialect(), &STEPS);
    let folder = tempfile::tempdir().expect("a folder");
    let mut connection = site.connect().await;
    let error =
        connection.on(&graph).backup(folder.path()).upgrade("head").await.expect_err("no server is known");
    assert_eq!(
        told(&error),
        "Unsupported: a connection does not tell how other programs reach its server\n\
         help: a backup needs a pool, or a `Database`, in place of a connection"
    );
}

/// An upgrade with a backup by a program that is this text of a shell; where it is empty there is no program.
async fn run(site: &Site, folder: &TempDir, script: &str) -> Result<Report, Error> {
    let programs = folder.path().join("bin");
    fs::create_dir_all(&programs).expect("a folder");
    if !script.is_empty() {
        for (program, script) in [(program_of(site), script), ("pg_restore", "exec pg_restore \"$@\"")] {
            let file = programs.join(program);
            fs::write(&file, format!("#!/bin/sh\n{script}\n")).expect("a program");
            fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755))
                .expect("a program");
        }
    }
    let graph: Graph = chain(site.dialect(), &STEPS);
    let backup = Backup::to(folder.path().join("backups")).programs(programs);
    site.on(&graph).backup(backup).upgrade("head").await
}

fn program_of(site: &Site) -> &'static str {
    if site.dialect() == Dialect::Postgres { "pg_dump" } else { "mariadb-dump" }
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

fn mode(file: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(file).expect("the file").permissions().mode()
}

/// The text as a part of a URL.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
