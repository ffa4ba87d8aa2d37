use std::{borrow::Borrow, fmt, ops::RangeFrom, sync::Arc};

/// How many entries share one allocation at most.
const CHUNK: usize = 64;

/// An ordered map of which a clone costs little, however large it is: the two share all that neither changes.
///
/// ```
/// use migrate_core::SharedMap;
///
/// let before: SharedMap<u32, &str> = (0..1000).map(|number| (number, "table")).collect();
/// let mut after = before.clone();
/// after.insert(7, "view");
/// assert_eq!(before.get(&7), Some(&"table"));
/// assert_eq!(after.values().filter(|kind| **kind == "view").count(), 1);
/// ```
#[derive(Clone)]
pub struct SharedMap<K, V> {
    /// The entries in the order of their keys; no chunk is empty.
    chunks: Vec<Arc<Vec<(K, V)>>>,
}

/// Where a key is, or where it belongs: the chunk, and the place in it.
type Place = (usize, usize);

impl<K: Ord, V> SharedMap<K, V> {
    /// A map without entries.
    #[must_use]
    pub const fn new() -> Self {
        Self { chunks: Vec::new() }
    }

    /// Whether there are no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.len()).sum()
    }

    /// The value of a key.
    #[must_use]
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let (chunk, place) = self.place(key).ok()?;
        self.chunks.get(chunk)?.get(place).map(|(_, value)| value)
    }

    /// Whether a key has a value.
    #[must_use]
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_ok()
    }

    /// The entries, in the order of their keys.
    #[must_use]
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter { chunks: self.chunks.iter(), entries: [].iter() }
    }

    /// The entries from a key on.
    pub fn range(&self, from: RangeFrom<K>) -> impl Iterator<Item = (&K, &V)> {
        let (chunk, place) = self.place(&from.start).unwrap_or_else(|place| place);
        let chunks = self.chunks.get(chunk..).unwrap_or_default();
        Iter { chunks: chunks.iter(), entries: [].iter() }.skip(place)
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// The values, in the order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// The keys whose values differ between two maps, or that only one of them has, in order. What the maps share is
    /// not looked at.
    pub fn changed_keys<'m>(&'m self, other: &'m Self) -> Vec<&'m K>
    where
        V: PartialEq,
    {
        let is_shared = |chunk: &Arc<Vec<(K, V)>>, others: &Self| {
            let (at, _) =
                chunk.first().map_or((0, 0), |(key, _)| others.place(key).unwrap_or_else(|place| place));
            others.chunks.get(at).is_some_and(|other| Arc::ptr_eq(chunk, other))
        };
        let own = |map: &'m Self, others: &'m Self| {
            let chunks = map.chunks.iter().filter(move |chunk| !is_shared(chunk, others));
            let entries = chunks.flat_map(|chunk| chunk.iter());
            entries.filter(|(key, value)| others.get(key) != Some(value)).map(|(key, _)| key)
        };
        let mut keys: Vec<&K> = own(self, other).chain(own(other, self)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<Place, Place>
    where
        K: Borrow<Q>,
    {
        let starts_before =
            |chunk: &Arc<Vec<(K, V)>>| chunk.first().is_some_and(|(first, _)| first.borrow() <= key);
        let at = self.chunks.partition_point(starts_before).saturating_sub(1);
        let Some(chunk) = self.chunks.get(at) else { return Err((at, 0)) };
        let place = chunk.binary_search_by(|(known, _)| known.borrow().cmp(key));
        place.map(|place| (at, place)).map_err(|place| (at, place))
    }
}

impl<K: Ord + Clone, V: Clone> SharedMap<K, V> {
    /// The value of a key, to be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let (chunk, place) = self.place(key).ok()?;
        Arc::make_mut(self.chunks.get_mut(chunk)?).get_mut(place).map(|(_, value)| value)
    }

    /// Gives a key a value, and takes the one that it had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let found = self.place(&key);
        let (at, place) = found.unwrap_or_else(|place| place);
        let Some(chunk) = self.chunks.get_mut(at) else {
            self.chunks.push(Arc::new(vec![(key, value)]));
            return None;
        };
        let chunk = Arc::make_mut(chunk);
        if let (Ok(_), Some((_, known))) = (found, chunk.get_mut(place)) {
            return Some(std::mem::replace(known, value));
        }
        chunk.insert(place, (key, value));
        if chunk.len() > CHUNK {
            let rest = chunk.split_off(CHUNK / 2);
            self.chunks.insert(at + 1, Arc::new(rest));
        }
        None
    }

    /// Takes a key and its value out.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let (at, place) = self.place(key).ok()?;
        let chunk = Arc::make_mut(self.chunks.get_mut(at)?);
        let (_, value) = chunk.remove(place);
        if chunk.is_empty() {
            self.chunks.remove(at);
        }
        Some(value)
    }

    /// The entries, with values that may be changed. Nothing is shared behind it.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&K, &mut V)> {
        let entries = self.chunks.iter_mut().flat_map(|chunk| Arc::make_mut(chunk).iter_mut());
        entries.map(|(key, value)| (&*key, value))
    }

    /// The values, to be changed. Nothing is shared behind it.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.iter_mut().map(|(_, value)| value)
    }
}

/// The entries of a [`SharedMap`], in the order of their keys.
#[derive(Clone, Debug)]
pub struct Iter<'m, K, V> {
    chunks: std::slice::Iter<'m, Arc<Vec<(K, V)>>>,
    entries: std::slice::Iter<'m, (K, V)>,
}

impl<'m, K, V> Iterator for Iter<'m, K, V> {
    type Item = (&'m K, &'m V);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((key, value)) = self.entries.next() {
                return Some((key, value));
            }
            self.entries = self.chunks.next()?.iter();
        }
    }
}

impl<'m, K: Ord, V> IntoIterator for &'m SharedMap<K, V> {
    type Item = (&'m K, &'m V);
    type IntoIter = Iter<'m, K, V>;

    fn into_iter(self) -> Iter<'m, K, V> {
        self.iter()
    }
}

impl<K: Ord, V> Default for SharedMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Ord + Clone, V: Clone> Extend<(K, V)> for SharedMap<K, V> {
    fn extend<T: IntoIterator<Item = (K, V)>>(&mut self, entries: T) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Ord + Clone, V: Clone> FromIterator<(K, V)> for SharedMap<K, V> {
    fn from_iter<T: IntoIterator<Item = (K, V)>>(entries: T) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<K: Ord, V: PartialEq> PartialEq for SharedMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.changed_keys(other).is_empty()
    }
}

impl<K: Ord, V: Eq> Eq for SharedMap<K, V> {}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for SharedMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = Iter { chunks: self.chunks.iter(), entries: [].iter() };
        f.debug_map().entries(entries).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::SharedMap;

    /// Numbers without an order, the same each time.
    fn numbers(seed: u64) -> impl Iterator<Item = u64> {
        std::iter::successors(Some(seed), |last| {
            Some(last.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1))
        })
        .map(|number| number >> 33)
    }

    #[test]
    fn it_holds_what_an_ordered_map_holds() {
        let (mut map, mut expected) = (SharedMap::new(), BTreeMap::new());
        let mut before = Vec::new();
        for (step, number) in numbers(7).take(6000).enumerate() {
            let key = number % 700;
            if step % 1000 == 0 {
                before.push((map.clone(), expected.clone()));
            }
            if number % 3 == 0 || step > 4500 {
                assert_eq!(map.remove(&key), expected.remove(&key));
            } else {
                assert_eq!(map.insert(key, step), expected.insert(key, step));
            }
            assert_eq!(map.get(&key), expected.get(&key));
            assert_eq!(map.len(), expected.len());
        }
        for (map, expected) in before.iter().chain([&(map, expected)]) {
            assert!(map.iter().eq(expected.iter()));
            assert!(map.range(350..).eq(expected.range(350..)));
            assert_eq!(map.is_empty(), expected.is_empty());
        }
    }

    #[test]
    fn clones_are_apart_and_know_what_differs() {
        let before: SharedMap<u64, u64> = (0..1000).map(|number| (number, 0)).collect();
        let mut after = before.clone();
        assert_eq!(before, after);
        after.insert(5, 1);
        after.remove(&500);
        after.insert(2000, 0);
        if let Some(value) = after.get_mut(&7) {
            *value = 2;
        }
        assert_eq!(before.changed_keys(&after), [&5, &7, &500, &2000]);
        assert_ne!(before, after);
        assert!(before.values().all(|value| *value == 0));
        after.values_mut().for_each(|value| *value = 3);
        assert!(after.iter_mut().all(|(_, value)| *value == 3) && before.keys().count() == 1000);
    }
}
