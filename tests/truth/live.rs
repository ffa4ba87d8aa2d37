use migrate_core::Schema;

/// A real database.
pub(crate) trait Live {
    /// Runs statements one after the other in a session of their own; in one transaction if `transaction`. Answers with
    /// the place of the one that failed, and the message. Then the transaction was rolled back.
    async fn run(&mut self, statements: &[String], transaction: bool) -> Result<(), (usize, String)>;

    /// What the catalog says, as the replay would say it.
    async fn catalog(&mut self) -> Schema;

    /// What the catalog would say after these statements. They leave nothing behind.
    async fn catalog_after(&mut self, statements: &[String], transaction: bool) -> Result<Schema, String>;
}
