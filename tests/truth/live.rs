use migrate_core::Schema;

/// A real database that can be copied.
#[expect(async_fn_in_trait, reason = "only the walk uses it, on one thread")]
pub(crate) trait Live: Sized {
    /// Runs statements one after the other in a session of their own; in one transaction if `transaction`. Answers with
    /// the place of the one that failed, and the message. Then the transaction was rolled back.
    async fn run(&mut self, statements: &[String], transaction: bool) -> Result<(), (usize, String)>;

    /// What the catalog says, as the replay would say it.
    async fn catalog(&mut self) -> Schema;

    /// A copy.
    async fn copy(&mut self) -> Self;
}
