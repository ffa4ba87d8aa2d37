//! A database that is named by a URL, and the tables of others in it.

use migrate_runtime::{Database, ErrorKind};

use crate::{
    history::drawn,
    site::{Site, on},
};

on!([sqlite, postgres, mysql]:
    a_graph_runs_on_a_database_that_a_url_names,
    tables_of_others_are_found_and_read,
);
on!([postgres]: tables_in_other_schemas_are_named);
on!([postgres, mysql]: a_wrong_password_is_told_without_it);

async fn a_graph_runs_on_a_database_that_a_url_names(site: Site) {
    let graph = drawn(site.dialect(), "a; b < a");
    let database = Database::at(site.url()).unwrap();
    assert_eq!(database.dialect(), site.dialect());
    assert_eq!(graph.on(&database).upgrade("head").await.unwrap().steps.len(), 2);
    assert_eq!(graph.on(&database).current().await.unwrap(), ["b"]);
    assert!(graph.upgrade(&database, "head").await.unwrap().is_empty());
}

async fn tables_of_others_are_found_and_read(site: Site) {
    let bytes = if site.dialect().name() == "postgres" { "bytea" } else { "blob" };
    let hello = if site.dialect().name() == "postgres" { "'\\x00ff'" } else { "x'00ff'" };
    site.rows(&format!("CREATE TABLE books (version bigint, done boolean, sum {bytes}, note varchar(20))"))
        .await;
    site.rows(&format!("INSERT INTO books VALUES (7, true, {hello}, NULL)")).await;
    let database = Database::at(site.url()).unwrap();
    let tables = database.foreign_tables(None, &["pages", "books"]).await.unwrap();
    assert_eq!(tables.found.len(), 1);
    let books = &tables.found[0];
    assert_eq!((books.name.as_str(), books.columns.join(" ")), ("books", "version done sum note".to_owned()));
    let rows = database.foreign_rows(books, &["note", "sum", "version", "done"]).await.unwrap();
    let text = |text: &str| Some(text.to_owned());
    let truth = if site.dialect().name() == "postgres" { "true" } else { "1" };
    assert_eq!(rows, [[None, text("00ff"), text("7"), text(truth)]]);
    let error = database.foreign_rows(books, &["nosuch"]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Database);
}

async fn tables_in_other_schemas_are_named(site: Site) {
    site.rows("CREATE SCHEMA attic; CREATE TABLE attic.books (n integer); CREATE TABLE pages (n integer)")
        .await;
    let database = Database::at(site.url()).unwrap();
    let tables = database.foreign_tables(None, &["pages", "books"]).await.unwrap();
    assert_eq!(tables.schema.as_deref(), Some("public"));
    assert_eq!(tables.found.iter().map(|table| table.name.as_str()).collect::<Vec<_>>(), ["pages"]);
    assert_eq!(tables.elsewhere, ["attic.books"]);
    let tables = database.foreign_tables(Some("attic"), &["pages", "books"]).await.unwrap();
    assert_eq!(tables.found.iter().map(|table| table.name.as_str()).collect::<Vec<_>>(), ["books"]);
    assert!(database.foreign_rows(&tables.found[0], &["n"]).await.unwrap().is_empty());
}

async fn a_wrong_password_is_told_without_it(site: Site) {
    let url = site.url_with_wrong_password();
    let database = Database::at(&url).unwrap();
    let error = database.foreign_tables(None, &["books"]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Authentication);
    let told = format!("{error:?} {database} {database:?}");
    assert!(!told.contains("-wrong"), "{told}");
}

#[test]
fn a_url_that_is_none_is_refused_without_quoting_it() {
    let told = |url: &str| Database::at(url).unwrap_err().to_string();
    assert_eq!(told("tasks.db"), "the URL of the database names no kind of database");
    assert_eq!(told("me:secret@host/tasks"), "there are no databases of the kind `me`");
    assert_eq!(told("oracle://me:secret@host/tasks"), "there are no databases of the kind `oracle`");
    for torn in
        ["me:secret@host:port/tasks", "me:12/secret@host/tasks", "me:12?secret@host", "me:1#secret@host"]
    {
        assert_eq!(told(&format!("postgres://{torn}")), "`postgres:..` is not the URL of a database");
    }
    Database::at("postgres://host/tasks?user=me@host").unwrap();
    Database::at("sqlite://me:1/tasks@home.db").unwrap();
}
