//! What goes to `tracing`: all that happens, and no password.

use std::{
    io,
    sync::{Arc, Mutex},
};

use migrate_runtime::Database;
use tracing_subscriber::fmt::MakeWriter;

use crate::{
    database::Pool,
    history::drawn,
    site::{Site, on},
};

on!([postgres, mysql]: no_password_goes_to_the_log);

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Log {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

async fn no_password_goes_to_the_log(site: Site) {
    let log = Log::default();
    let subscriber =
        tracing_subscriber::fmt().with_writer(log.clone()).with_max_level(tracing::Level::TRACE).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let graph = drawn(site.dialect(), "a");
    let (url, wrong) = (site.url().to_owned(), site.url_with_wrong_password());
    for url in [&*url, &*wrong] {
        let pool = Pool::to(site.dialect(), url, 1).on(&graph).upgrade("head").await;
        let database = Database::at(url).unwrap();
        let other = graph.on(&database).namespace("other").stamp("head").await;
        assert_eq!((pool.is_ok(), other.is_ok()), (url == site.url(), url == site.url()));
    }
    let written = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(written.contains("step started") && written.contains("migrate_version"), "{written}");
    let password = url.split(':').nth(2).unwrap().split('@').next().unwrap();
    assert!(!written.contains(password), "{written}");
}
