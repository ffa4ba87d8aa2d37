use super::{Direction, Plan, history::revisions};
use crate::graph::{Applied, Command, Graph, Range, Target, TargetError, target::Resolver};

impl Graph {
    /// Plans an upgrade or a downgrade without a database, from the first side of the range to the second; and says
    /// what is taken to be applied before.
    ///
    /// An upgrade begins at the base where the first side is empty and ends at the heads where the second is; a downgrade
    /// the other way round. Steps in the second side count from the first.
    ///
    /// # Errors
    /// As for [`plan_upgrade`](Self::plan_upgrade) and [`plan_downgrade`](Self::plan_downgrade); and where the sides of
    /// an upgrade have to be swapped.
    pub fn plan_range(
        &self,
        range: &Range,
        direction: Direction,
    ) -> Result<(Applied<'_>, Plan), TargetError> {
        let (base, heads) = (Target::base(), Target::heads());
        let (first, last) = match direction {
            Direction::Up => (&base, &heads),
            Direction::Down => (&heads, &base),
        };
        let (from, to) = (range.from.as_ref().unwrap_or(first), range.to.as_ref().unwrap_or(last));
        let from = Resolver { graph: self, command: Command::History, current: None }.places(from)?;
        let before = Applied::from_heads(self, revisions(&from));
        if direction == Direction::Down {
            let plan = self.plan_downgrade(&before, to)?;
            return Ok((before, plan));
        }
        let plan = self.plan_upgrade(&before, to)?;
        let to = Resolver { graph: self, command: Command::Upgrade, current: Some(&before) }.places(to)?;
        let is_start = revisions(&from).any(|start| revisions(&to).any(|end| start == end));
        if plan.is_empty() && !before.is_empty() && !is_start {
            return Err(self.unrelated(range, &from, &to));
        }
        Ok((before, plan))
    }
}
