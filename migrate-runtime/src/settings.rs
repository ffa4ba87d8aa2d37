use std::{borrow::Cow, sync::Arc, time::Duration};

use crate::Event;

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
    /// The defaults.
    pub const DEFAULT: Self = Self {
        namespace: Cow::Borrowed(""),
        prefix: Cow::Borrowed("migrate"),
        schema: None,
        transaction: Transaction::Step,
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
    pub(crate) statement_timeout: Option<Duration>,
    pub(crate) observer: Option<Observer>,
}

impl Options {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            settings,
            lock_wait: Duration::from_secs(300),
            lock_timeout: Duration::from_secs(5),
            statement_timeout: None,
            observer: None,
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
