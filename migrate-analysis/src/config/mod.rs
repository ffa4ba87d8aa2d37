//! `migrate.toml`, beside `Cargo.toml`: read by the macro and the command line alike.
//!
//! Every key is optional; an unknown key and a wrong value are findings of `invalid-configuration`.
//!
//! | key | default | meaning |
//! |---|---|---|
//! | `allow` | | `[[allow]]` entries: a `rule`, a `reason`, and the `file` or the `revision` that it speaks of |
//! | `baseline` | | the revision up to which the history has been applied everywhere, or an array of such: nothing is said about ways back there |
//! | `branches` | `[]` | labels of branches that stay apart: their heads and bases may stand beside others |
//! | `databases` | `[]` | `sqlite`, `postgres`, `mysql`: the databases to check and embed scripts for |
//! | `dialect` | | the one database that files without a database in their name are written for; else they are for all |
//! | `dir` | `"migrations"` | the migration directory, within the package |
//! | `environments` | | `[environments.<name>]`: what is different there, for `cargo migrate -n <name>` |
//! | `externals` | `[]` | objects that others make, such as `auth.*` or `spatial_ref_sys`: they are unknown, not missing |
//! | `file-template` | `"{year}{month}{day}_{hour}{minute}_{slug}"` | the name of a new file, of `{year}`, `{month}`, `{day}`, `{hour}`, `{minute}`, `{second}`, `{epoch}`, `{slug}`, `{id}` |
//! | `hooks` | | `[hooks]`: commands to run on a new file, by their names; `{file}` is its path, which else comes last |
//! | `layout` | | whose rules files without a header follow: `native`, `sqlx`, `diesel`, `refinery`, `dbmate`, `goose`, `golang-migrate`; else they tell it themselves |
//! | `macro-warnings` | `"all"` | `all`, `summary`, `off`: how the macro shows warnings |
//! | `models` | `[]` | where the program's models are (1) |
//! | `mysql`, `mariadb`, `postgres`, `sqlite` | | the oldest server version to serve, such as `"14"` (1) |
//! | `namespace` | `""` | whose graph it is, where several share one database |
//! | `online` | | `instant`, `nocopy`, `inplace`: how much a schema change may cost on MySQL and MariaDB; the server refuses what costs more, unless the statement states an `ALGORITHM` or `LOCK` itself |
//! | `rules` | `1` | the rule set; as `[rules]`, the `set` and levels: `missing-down = "warn"` |
//! | `schema` | | the schema (PostgreSQL) or database (MySQL) to work in |
//! | `timezone` | `"UTC"` | the time zone of new file names |
//! | `transaction` | `"step"` | `step`, `upgrade`: what one transaction holds |
//! | `url` | | the database of the command line: a URL, or `env:NAME` |
//! | `version-table` | `"migrate"` | the prefix of the bookkeeping tables |
//!
//! An environment sets what is different where its scripts run: `databases` and their versions, `dialect`, `dir`,
//! `namespace`, `online`, `schema`, `transaction`, `url`, `version-table`. One with a `dir` of its own has another history, and so
//! its own `allow`, `baseline`, `branches` and `layout`, which any environment may set.
//!
//! (1) It is read and checked, and has no effect in this release.

mod allow;
mod choice;
mod configuration;
mod databases;
mod environments;
mod keys;
mod levels;
mod reader;
mod text;

pub use allow::AllowEntry;
pub use choice::{MacroWarnings, Transaction};
pub use configuration::Config;
pub use databases::ServerVersion;
