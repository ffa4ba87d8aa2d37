//! The macro of `migrate`. It is re-exported by `migrate-runtime`; depend on that crate.
//!
//! There is no rule, no parser and no SQL here: arguments go to `migrate-analysis`, and what it answers becomes
//! tokens.

#![warn(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unreachable,
    clippy::unwrap_used
)]

mod arguments;
mod embed;
mod emission;
mod features;
mod place;
mod refusal;
mod tables;
mod warnings;

use proc_macro::TokenStream;

/// Embeds a migration directory.
///
/// It reads the directory while the program compiles and checks it. A broken history does not compile: each error
/// shows the line of the migration file, and says what to do. A sound one becomes a `Graph`, which is constant data:
///
/// ```ignore
/// static MIGRATIONS: Graph = migrate_runtime::embed_migrations!();
/// ```
///
/// | form | meaning |
/// |---|---|
/// | `embed_migrations!()` | the directory `dir` of `migrate.toml`, beside `Cargo.toml`; by default `migrations` |
/// | `embed_migrations!("db/migrations")` | a directory of the package |
/// | `embed_migrations!("./migrations")` | a directory beside the file with the call |
/// | `embed_migrations!("migrations", postgres)` | for this database |
/// | `embed_migrations!("migrations", sqlite, postgres)` | for several |
/// | `embed_migrations!(postgres)` | the default directory for this database |
///
/// The databases are `sqlite`, `postgres`, `mysql`, each behind a Cargo feature of `migrate-runtime`. Where the call
/// names none, `databases` in `migrate.toml` does. They are never guessed.
///
/// The compiler looks at the files again when one of them changes, `migrate.lock` among them, in which `cargo migrate`
/// lists each file that it makes. It does not see that a file was added by hand: a build script with
/// `println!("cargo::rerun-if-changed=migrations");` tells it.
#[proc_macro]
pub fn embed_migrations(input: TokenStream) -> TokenStream {
    embed::expand(input.into()).into()
}
