//! What somebody may have meant.

/// The candidate that `word` is most likely a misspelling of, where one is near enough to be worth naming.
///
/// A candidate that begins with the word counts as near too, because a shortened id is a common slip. Among equally
/// near candidates the first wins.
pub(crate) fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let length = word.chars().count();
    let limit = (length / 3).clamp(1, 4);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let Some(distance) = distance_within(word, length, candidate, limit) else { continue };
        if best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How far apart the two are, where it is no more than the limit.
fn distance_within(word: &str, length: usize, candidate: &str, limit: usize) -> Option<usize> {
    if word == candidate {
        return None;
    }
    if length >= 4 && candidate.len() > word.len() && candidate.starts_with(word) {
        return Some(limit);
    }
    // Bytes are at least as many as characters: this spares most pairs the table below.
    if candidate.len() > 4 * (length + limit) || candidate.len() + limit < length {
        return None;
    }
    let other: Vec<char> = candidate.chars().flat_map(char::to_lowercase).collect();
    if other.len().abs_diff(length) > limit {
        return None;
    }
    let word: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    // Names that differ in case alone are as near as two names can be.
    let distance = distance(&word, &other).max(1);
    (distance <= limit).then_some(distance)
}

/// The least number of characters to insert, remove, replace, or swap with their neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (row, &left) in a.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, &right) in b.iter().enumerate() {
            let at = |line: &[usize], place: usize| line.get(place).copied().unwrap_or(usize::MAX / 2);
            let mut least = at(&last, column) + usize::from(left != right);
            least = least.min(at(&last, column + 1) + 1).min(at(&line, column) + 1);
            let swapped =
                row > 0 && column > 0 && a.get(row - 1) == Some(&right) && b.get(column - 1) == Some(&left);
            if swapped {
                least = least.min(at(&before_last, column - 1) + 1);
            }
            line.push(least);
        }
        before_last = std::mem::replace(&mut last, line);
    }
    last.last().copied().unwrap_or(a.len())
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_finger_finds_its_word() {
        let words = ["databases", "dialect", "dir", "namespace"];
        assert_eq!(nearest("databsaes", words), Some("databases"));
        assert_eq!(nearest("Dir", words), Some("dir"));
        assert_eq!(nearest("name", words), Some("namespace"));
        assert_eq!(nearest("directory", words), None);
        assert_eq!(nearest("dir", ["dir"]), None, "a word is no misspelling of itself");
    }

    #[test]
    fn the_nearest_of_several_wins() {
        assert_eq!(nearest("abc123def457", ["abc123def400", "abc123def456"]), Some("abc123def456"));
    }
}
