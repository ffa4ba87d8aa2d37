use migrate_core::graph::Fingerprint;

/// Fingerprint version 1.
#[must_use]
pub fn fingerprint(
    id: &str,
    parents: &[Fingerprint],
    dependencies: &[Fingerprint],
    transaction: bool,
    script: &str,
) -> Fingerprint {
    let _ = (id, parents, dependencies, transaction, script);
    Fingerprint::default()
}
