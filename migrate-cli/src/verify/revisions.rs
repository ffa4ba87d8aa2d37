use migrate_core::{
    Graph,
    graph::{Applied, Revision, RevisionIndex, Target},
};
use migrate_runtime::{Database, Status};

use crate::failure::Failure;

/// Which revisions the database is compared with: those at a target or, without one, those that are applied.
pub(super) fn revisions(
    graph: &Graph,
    at: Option<&Target>,
    status: &Status,
    database: &Database,
) -> Result<Vec<RevisionIndex>, Failure> {
    if let Some(target) = at {
        let plan = graph.plan_upgrade(&Applied::none(graph), target)?;
        return Ok(plan.steps.iter().map(|step| step.revision).collect());
    }
    if let Some(unknown) = status.unknown.first() {
        return Err(Failure::refused(
            format!("{database} is at `{unknown}`, which is not in the migration directory"),
            "compare it with the directory of the version that migrated it last",
        ));
    }
    if status.current.is_empty() {
        return Err(Failure::refused(
            format!("nothing is applied to {database}, as far as its tables tell"),
            "name what it should be like: `--at head`",
        ));
    }
    let heads = status.current.iter().filter_map(|id| Some(graph.find(id)?.index()));
    Ok(Applied::from_heads(graph, heads).iter().map(Revision::index).collect())
}
