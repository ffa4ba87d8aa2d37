//! One transaction takes away what is there, and makes what the backup has.

use std::{
    io::{self, Write as _},
    process::{ChildStdin, Command, Stdio},
};

use super::file::{PACKAGE, PSQL, RESTORE, reach};
use crate::{
    Error, ErrorKind, Result,
    backup::program::{Running, read},
    database::{
        Room as _,
        archive::{Job, known, program},
        postgres::Postgres,
    },
    session::Session,
};

/// Schemas that are neither the server's nor an extension's.
const SCHEMAS: &str = "SELECT n.nspname FROM pg_catalog.pg_namespace n \
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d \
    WHERE d.classid = 'pg_catalog.pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e') ORDER BY 1";

/// `pg_restore --clean` would drop what is in the backup and leave what was made since, so that the next upgrade makes it
/// twice. Here the schemas that the backup has are emptied first; those that it does not know are left alone.
pub(super) async fn restore(session: &mut dyn Session, job: Job<'_>) -> Result<()> {
    let access = known(job.access)?;
    let [pg_restore, psql] =
        [program(RESTORE, job.programs, PACKAGE)?, program(PSQL, job.programs, PACKAGE)?];
    let mut list = Command::new(&pg_restore);
    list.arg("--list").arg(job.file);
    let contents = read(list).await?;
    let rows = session.query(SCHEMAS).await.rows();
    let rows = rows.map_err(|failure| Error::of_failure("cannot read the schemas", failure))?;
    let schemas: Vec<String> = rows.into_iter().flatten().flatten().collect();
    let beginning = format!("BEGIN;\nSET LOCAL lock_timeout = '60s';\n{};\n", clearing(&contents, &schemas));

    let mut command = Command::new(&pg_restore);
    command.arg("--file=-").arg(job.file).stdin(Stdio::null()).stdout(Stdio::piped());
    let mut reader = Running::start(command)?;
    let mut command = Command::new(&psql);
    reach(&mut command, access);
    command.args(["--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--file=-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::null());
    let mut writer = Running::start(command)?;
    let (Some(mut text), Some(mut input)) = (reader.child.stdout.take(), writer.child.stdin.take()) else {
        return Err(Error::new(ErrorKind::Backup, "the programs have no pipes"));
    };
    let passed_on = tokio::task::spawn_blocking(move || -> io::Result<ChildStdin> {
        input.write_all(beginning.as_bytes())?;
        io::copy(&mut text, &mut input)?;
        Ok(input)
    });
    let Ok(Ok(mut input)) = passed_on.await else {
        // Nobody listens any more: that one says why.
        writer.finish().await?;
        return Err(Error::new(ErrorKind::Backup, "`psql` ended before the backup did"));
    };
    // A text that breaks off looks like one that ends. Without this line all is rolled back.
    reader.finish().await?;
    let _ = input.write_all(b"\nCOMMIT;\n");
    drop(input);
    writer.finish().await
}

/// What has to go before the backup can be made anew.
fn clearing(contents: &str, schemas: &[String]) -> String {
    let mut statements = Vec::new();
    for schema in schemas.iter().filter(|schema| has_schema(contents, schema)) {
        if schema == "public" {
            // It comes with a database, and a backup does not make it; extensions often live there.
            statements.push(emptied("public"));
        } else {
            statements.push(format!("DROP SCHEMA {} CASCADE", Postgres.identifier(schema)));
        }
    }
    let has =
        |kind: &str| contents.lines().any(|line| described(line).is_some_and(|text| text.starts_with(kind)));
    for (kind, query) in [
        ("PUBLICATION - ", "SELECT format('DROP PUBLICATION %I', pubname) FROM pg_catalog.pg_publication"),
        (
            "EVENT TRIGGER - ",
            "SELECT format('DROP EVENT TRIGGER IF EXISTS %I', evtname) FROM pg_catalog.pg_event_trigger",
        ),
        (
            "BLOB",
            "SELECT format('SELECT pg_catalog.lo_unlink(%s)', oid) FROM pg_catalog.pg_largeobject_metadata",
        ),
    ] {
        if has(kind) {
            statements.push(executed(&[query]));
        }
    }
    statements.join(";\n")
}

/// Whether a backup has a schema, by the list of `pg_restore`. In doubt it has not: what it has not is left as it is.
///
/// Every schema has a line of its own, with its name and its owner; `public` may go without, and is told by what lies in it.
/// Names stand there bare, so that one with blanks cannot be told from a name and the first word of an owner: an owner is
/// taken to be one word.
fn has_schema(contents: &str, schema: &str) -> bool {
    let described: Vec<&str> = contents.lines().filter_map(described).collect();
    let mut schemas = described.iter().filter_map(|text| text.strip_prefix("SCHEMA - "));
    if schemas.clone().any(|rest| rest.rsplit_once(' ').is_some_and(|(name, _)| name == schema)) {
        return true;
    }
    let in_public = |text: &&str| {
        let kind = text.split_once(" public ").map_or("", |(kind, _)| kind);
        !kind.is_empty() && kind.chars().all(|c| c.is_ascii_uppercase() || c == ' ')
    };
    schema == "public" && !schemas.any(|rest| rest.starts_with("public ")) && described.iter().any(in_public)
}

/// A line of the list behind its numbers: `215; 1259 16385 TABLE public tasks me`.
fn described(line: &str) -> Option<&str> {
    if line.starts_with(';') {
        return None;
    }
    line.split_once("; ")?.1.splitn(3, ' ').nth(2)
}

/// Drops all in a schema that belongs to no extension, and leaves the schema.
fn emptied(schema: &str) -> String {
    let place = format!("{}::regnamespace", Postgres.literal(schema));
    let free = |table: &str, oid: &str| {
        format!(
            "NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.{table}'::regclass \
             AND d.objid = {oid} AND d.deptype IN ('a', 'e', 'i'))"
        )
    };
    let relations = format!(
        "SELECT format('DROP %s IF EXISTS %s.%I CASCADE', CASE c.relkind WHEN 'v' THEN 'VIEW' \
         WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, \
         c.relnamespace::regnamespace, c.relname) FROM pg_catalog.pg_class c \
         WHERE c.relnamespace = {place} AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND {}",
        free("pg_class", "c.oid")
    );
    let routines = format!(
        "SELECT format('DROP ROUTINE IF EXISTS %s.%I(%s) CASCADE', p.pronamespace::regnamespace, p.proname, \
         pg_catalog.pg_get_function_identity_arguments(p.oid)) FROM pg_catalog.pg_proc p \
         WHERE p.pronamespace = {place} AND {}",
        free("pg_proc", "p.oid")
    );
    let types = format!(
        "SELECT format('DROP TYPE IF EXISTS %s.%I CASCADE', t.typnamespace::regnamespace, t.typname) \
         FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid \
         WHERE t.typnamespace = {place} AND (t.typtype IN ('d', 'e', 'r') OR c.relkind = 'c') AND {}",
        free("pg_type", "t.oid")
    );
    executed(&[&relations, &routines, &types])
}

/// A block that runs the statements that these queries give.
fn executed(queries: &[&str]) -> String {
    let loops: Vec<String> =
        queries.iter().map(|query| format!("FOR o IN {query} LOOP EXECUTE o; END LOOP;")).collect();
    Postgres::block(&format!("DECLARE o text; BEGIN {} END;", loops.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::has_schema;

    #[test]
    fn the_schemas_of_a_backup_are_read_from_its_list() {
        let contents = "; Archive created at 2025-11-10\n;     dbname: SCHEMA - other x\n\
             6; 2615 16386 SCHEMA - tenant a b\n7; 2615 16387 SCHEMA - DATA me\n\
             215; 1259 16385 TABLE tenant a t_c b\n3316; 0 16385 TABLE DATA DATA t_b me\n";
        let with_public = format!("{contents}3168; 2606 1 FK CONSTRAINT public t t_fk me\n");
        for schema in ["tenant a", "DATA"] {
            assert!(has_schema(contents, schema), "{schema}");
        }
        for schema in ["other", "t_b", "tenant", "me", "TABLE", "public"] {
            assert!(!has_schema(contents, schema), "{schema}");
        }
        assert!(has_schema(&with_public, "public"));
        assert!(!has_schema(&format!("{with_public}8; 2615 16388 SCHEMA - public x me\n"), "public"));
    }
}
