use super::RevisionIndex;

/// A set of revisions of one graph: one bit a revision.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct RevisionSet {
    words: Vec<u64>,
}

const BITS: u32 = u64::BITS;

impl RevisionSet {
    /// The empty set, for a graph of `size` revisions.
    pub(super) fn empty(size: usize) -> Self {
        Self { words: vec![0; size.div_ceil(BITS as usize)] }
    }

    pub(super) fn contains(&self, index: RevisionIndex) -> bool {
        self.words.get((index.0 / BITS) as usize).is_some_and(|word| word & bit(index) != 0)
    }

    /// Adds a revision; whether it is new.
    pub(super) fn insert(&mut self, index: RevisionIndex) -> bool {
        let word = &mut self.words[(index.0 / BITS) as usize];
        let is_new = *word & bit(index) == 0;
        *word |= bit(index);
        is_new
    }

    /// Takes a revision out; whether it was there.
    pub(super) fn remove(&mut self, index: RevisionIndex) -> bool {
        let was_there = self.contains(index);
        if was_there {
            self.words[(index.0 / BITS) as usize] &= !bit(index);
        }
        was_there
    }

    pub(super) fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }

    /// Its members in canonical order.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = RevisionIndex> {
        self.words.iter().enumerate().flat_map(|(place, &word)| {
            let base = place as u32 * BITS;
            members(word).map(move |bit| RevisionIndex(base + bit))
        })
    }

    /// Adds every member of `other`.
    pub(super) fn extend(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    /// Takes out whatever is not in `other`.
    pub(super) fn intersect(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Takes out every member of `other`.
    pub(super) fn subtract(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }
}

fn bit(index: RevisionIndex) -> u64 {
    1 << (index.0 % BITS)
}

/// The places of the bits that are set; an empty word costs nothing.
fn members(word: u64) -> impl DoubleEndedIterator<Item = u32> {
    let range = if word == 0 { 0..0 } else { word.trailing_zeros()..BITS - word.leading_zeros() };
    range.filter(move |&bit| word >> bit & 1 != 0)
}
