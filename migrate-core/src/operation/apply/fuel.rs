use std::cell::Cell;

/// How many steps through queries within queries one question may take: queries that name each other multiply.
const STEPS: u32 = 2_000;

/// How deep they are followed: a query may name itself.
const DEEPEST: u32 = 24;

/// What a question about the sources of queries may still cost.
pub(super) struct Fuel {
    steps: Cell<u32>,
    depth: Cell<u32>,
}

impl Fuel {
    pub(super) fn new() -> Self {
        Self { steps: Cell::new(STEPS), depth: Cell::new(DEEPEST) }
    }

    /// Begins another question.
    pub(super) fn refill(&self) {
        self.steps.set(STEPS);
        self.depth.set(DEEPEST);
    }

    /// Takes a step deeper. `None` where none may be taken any more.
    pub(super) fn deeper<T>(&self, step: impl FnOnce() -> T) -> Option<T> {
        self.steps.set(self.steps.get().checked_sub(1)?);
        self.depth.set(self.depth.get().checked_sub(1)?);
        let result = step();
        self.depth.set(self.depth.get() + 1);
        Some(result)
    }
}
