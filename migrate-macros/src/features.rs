use migrate_core::Dialect;

const FEATURES: [(&str, bool); 3] = [
    ("sqlite", cfg!(feature = "sqlite")),
    ("postgres", cfg!(feature = "postgres")),
    ("mysql", cfg!(feature = "mysql")),
];

/// The databases whose Cargo features are enabled.
pub(crate) fn enabled() -> Vec<Dialect> {
    Dialect::ALL.into_iter().filter(|dialect| FEATURES.contains(&(dialect.name(), true))).collect()
}
