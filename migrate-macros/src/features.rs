use migrate_core::Dialect;

/// The databases whose Cargo features are enabled.
pub(crate) fn enabled() -> Vec<Dialect> {
    let is_enabled = |dialect: &Dialect| match dialect.name() {
        "sqlite" => cfg!(feature = "sqlite"),
        "postgres" => cfg!(feature = "postgres"),
        "mysql" => cfg!(feature = "mysql"),
        _ => false,
    };
    Dialect::ALL.into_iter().filter(is_enabled).collect()
}
