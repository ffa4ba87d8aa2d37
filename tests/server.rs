//! The databases that tests get: fresh, behind a real password, and gone afterwards.

#[path = "support/server.rs"]
mod server;

use sqlx::mysql::MySqlConnection;
use sqlx::postgres::PgConnection;
use sqlx::{Connection, Row};

#[tokio::test]
async fn a_postgres_database_is_empty_and_gone_afterwards() {
    let Some(database) = server::postgres() else { return };
    let url = database.url().to_owned();
    let mut connection = PgConnection::connect(&url).await.unwrap();
    let row = sqlx::query("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(row.get::<i64, _>(0), 0);

    // The session is still open, as a failed test would leave it.
    drop(database);
    let error = PgConnection::connect(&url).await.unwrap_err();
    assert_eq!(error.as_database_error().unwrap().code().unwrap(), "3D000");
}

#[tokio::test]
async fn a_mysql_database_is_empty_and_gone_afterwards() {
    let Some(database) = server::mysql() else { return };
    let url = database.url().to_owned();
    let mut connection = MySqlConnection::connect(&url).await.unwrap();
    let row = sqlx::query("SELECT count(*) FROM information_schema.tables WHERE table_schema = database()")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(row.get::<i64, _>(0), 0);

    // The session holds a lock on the database, as a failed test would leave it.
    sqlx::raw_sql("CREATE TABLE held (n INT); BEGIN; SELECT * FROM held")
        .execute(&mut connection)
        .await
        .unwrap();
    drop(database);
    let error = MySqlConnection::connect(&url).await.unwrap_err();
    assert_eq!(error.as_database_error().unwrap().code().unwrap(), "42000");
}

#[tokio::test]
async fn two_databases_of_one_server_are_apart() {
    let (Some(one), Some(two)) = (server::postgres(), server::postgres()) else { return };
    assert_ne!(one.url(), two.url());
    let mut connection = PgConnection::connect(one.url()).await.unwrap();
    sqlx::raw_sql("CREATE TABLE only_here (n int)").execute(&mut connection).await.unwrap();
    let mut connection = PgConnection::connect(two.url()).await.unwrap();
    assert!(sqlx::raw_sql("SELECT * FROM only_here").execute(&mut connection).await.is_err());
}

#[tokio::test]
async fn a_wrong_postgres_password_is_refused() {
    let Some(database) = server::postgres() else { return };
    let error = PgConnection::connect(&database.url_with_wrong_password()).await.unwrap_err();
    assert_eq!(error.as_database_error().unwrap().code().unwrap(), "28P01");
}

#[tokio::test]
async fn a_wrong_mysql_password_is_refused() {
    let Some(database) = server::mysql() else { return };
    let error = MySqlConnection::connect(&database.url_with_wrong_password()).await.unwrap_err();
    assert_eq!(error.as_database_error().unwrap().code().unwrap(), "28000");
}
