use std::{borrow::Cow, sync::Arc, time::Duration};

use migrate_core::Online;

use crate::{Backup, Error, ErrorKind, Event, Result, cancel::Cancel, database::Access};

/// What `migrate.toml` says about the run, compiled into the graph.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whose graph it is, where several share one database; empty by default.
    pub namespace: Cow<'static, str>,
    /// The prefix of the three bookkeeping tables: `migrate` makes `migrate_state`, `migrate_version`,
    /// `migrate_history`.
    pub prefix: Cow<'static, str>,
    /// The schema (PostgreSQL) or database (MySQL) to work in; that of the connection by default.
    pub schema: Option<Cow<'static, str>>,
    /// What one transaction holds.
    pub transaction: Transaction,
    /// How much a schema change may cost on MySQL and MariaDB; as much as it takes by default.
    pub online: Option<Online>,
}

/// What one transaction holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transaction {
    /// One step with its bookkeeping: what is done stays done.
    #[default]
    Step,
    /// All pending steps up to the next `transaction:false`: all or nothing. Not on MySQL and MariaDB, whose schema
    /// changes commit by themselves.
    Upgrade,
}

impl Settings {
    /// Refuses names that a database would cut, or take for another.
    pub(crate) fn check(&self) -> Result<()> {
        let Self { namespace, prefix, .. } = self;
        let wrong = if namespace.len() > 255 {
            format!("the namespace is {} bytes long; 255 are kept", namespace.len())
        } else if namespace.ends_with(char::is_whitespace) || namespace.contains('\0') {
            format!("the namespace {namespace:?} ends in white space, or holds a NUL")
        } else if prefix.len() > 55 || prefix.is_empty() || prefix.contains('\0') {
            // PostgreSQL cuts names after 63 bytes; `_history` is appended.
            format!(
                "the prefix {prefix:?} of the bookkeeping tables is empty, longer than 55 bytes, or holds a NUL"
            )
        } else {
            return Ok(());
        };
        Err(Error::new(ErrorKind::Unsupported, wrong).with_hint("choose another name"))
    }

    /// The defaults.
    pub const DEFAULT: Self = Self {
        namespace: Cow::Borrowed(""),
        prefix: Cow::Borrowed("migrate"),
        schema: None,
        transaction: Transaction::Step,
        online: None,
    };
}

impl Default for Settings {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// A function that hears of every [`Event`].
pub(crate) type Observer = Arc<dyn Fn(&Event) + Send + Sync>;

/// The settings of one run.
#[derive(Clone)]
pub(crate) struct Options {
    pub(crate) settings: Settings,
    pub(crate) lock_wait: Duration,
    pub(crate) lock_timeout: Duration,
    /// How often a step that did not get a lock on a table is tried again.
    pub(crate) lock_retries: usize,
    pub(crate) statement_timeout: Option<Duration>,
    /// Whether runners wait for each other by a lock.
    pub(crate) lock: bool,
    /// Whether transactions of one connection may run in different sessions of the server.
    pub(crate) pooled: bool,
    /// Whether a downgrade may run the scripts that the database keeps.
    pub(crate) stored_scripts: bool,
    pub(crate) reconnect_wait: Duration,
    pub(crate) observer: Option<Observer>,
    pub(crate) cancel: Cancel,
    pub(crate) backup: Option<Backup>,
    pub(crate) long_transaction: Duration,
    /// How the programs that make the backup reach the server.
    pub(crate) access: Option<Access>,
}

impl Options {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            settings,
            lock_wait: Duration::from_secs(300),
            lock_timeout: Duration::from_secs(5),
            lock_retries: 4,
            statement_timeout: None,
            lock: true,
            pooled: false,
            stored_scripts: false,
            reconnect_wait: Duration::from_secs(30),
            observer: None,
            cancel: Cancel::default(),
            backup: None,
            long_transaction: Duration::from_secs(60),
            access: None,
        }
    }

    /// Tells the observer, and whoever listens to `tracing`.
    pub(crate) fn tell(&self, event: &Event) {
        event.trace();
        if let Some(observer) = &self.observer {
            observer(event);
        }
    }
}
