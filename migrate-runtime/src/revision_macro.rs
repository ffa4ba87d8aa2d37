/// The id of a revision, checked while the program compiles: an id that the graph does not have is an error.
///
/// It gives the id as a `&'static str`, which is a target like any other:
///
/// ```ignore
/// static MIGRATIONS: Graph = migrate_runtime::embed_migrations!();
///
/// MIGRATIONS.upgrade(&pool, revision!(MIGRATIONS, "def456abc789")).await?;
/// ```
///
/// The graph has to be a `static` or a `const`, named by its path. An id that is known at run time only is looked up
/// by [`Graph::find`](crate::Graph::find).
#[macro_export]
macro_rules! revision {
    ($graph:expr, $id:literal $(,)?) => {
        const {
            let id: &'static str = $id;
            if !$graph.contains(id) {
                ::core::panic!(
                    "{}",
                    ::core::concat!("there is no revision `", $id, "` in `", ::core::stringify!($graph), "`")
                );
            }
            id
        }
    };
}
