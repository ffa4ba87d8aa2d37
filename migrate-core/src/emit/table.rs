use super::spelling::{Spelling, list};
use crate::schema::{Partition, Partitioning};

impl Spelling {
    /// `PARTITION BY`, from the strategy on.
    pub(crate) fn partitioning(self, partitioning: &Partitioning) -> String {
        let keys = partitioning.keys.iter().map(|key| match key {
            Partition::Column(name) => self.name(name),
            Partition::Expression(expression) => format!("({expression})"),
        });
        format!("{} ({})", partitioning.strategy, list(keys))
    }
}
