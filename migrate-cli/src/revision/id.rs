use migrate_core::Graph;

use crate::failure::Failure;

/// An id that no revision has, and that is no beginning of one: twelve random hexadecimal digits.
///
/// They come from the operating system. People draw ids on machines that know nothing of each other, so that nothing
/// that two machines may share (the time, the number of a process) can stand behind them.
pub(super) fn free(graph: &Graph) -> Result<String, Failure> {
    loop {
        let mut bytes = [0; 8];
        getrandom::fill(bytes.split_at_mut(2).1).map_err(|error| {
            Failure::usage(format!("the system gives no random number: {error}"), "name an id: `--id`")
        })?;
        let id = format!("{:012x}", u64::from_be_bytes(bytes));
        let is_taken = graph.revisions().any(|revision| revision.id().starts_with(&id));
        if !is_taken && graph.labelled(&id).is_none() {
            return Ok(id);
        }
    }
}
