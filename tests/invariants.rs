//! Invariants of the house.
