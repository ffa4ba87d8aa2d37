/// The candidate that `name` was most probably meant to be: the only one that begins with it, or else the one from
/// which it differs least; `None` where nothing is near.
///
/// A swap of two neighbours counts as one difference, as does a letter too many, too few, or wrong. About a third of
/// the letters may differ.
///
/// ```
/// use migrate_core::did_you_mean;
///
/// assert_eq!(did_you_mean("hedas", ["head", "heads", "base"]), Some("heads"));
/// assert_eq!(did_you_mean("def45", ["abc123def456", "def456ghi789"]), Some("def456ghi789"));
/// assert_eq!(did_you_mean("orders", ["head", "heads", "base"]), None);
/// ```
#[must_use]
pub fn did_you_mean<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let name: Vec<char> = name.chars().collect();
    let limit = (name.len() / 3).max(1);
    let (mut longer, mut several) = (None, false);
    let mut nearest = None;
    for candidate in candidates {
        let letters: Vec<char> = candidate.chars().collect();
        if !name.is_empty() && letters.starts_with(&name) {
            several |= longer.replace(candidate).is_some();
        }
        if letters.len().abs_diff(name.len()) > limit {
            continue;
        }
        let distance = distance(&name, &letters);
        // Where every letter differs nothing was mistyped.
        let is_near = distance <= limit && distance < name.len();
        if is_near && nearest.is_none_or(|(least, _)| distance < least) {
            nearest = Some((distance, candidate));
        }
    }
    longer.filter(|_| !several).or(nearest.map(|(_, candidate)| candidate))
}

/// How many letters have to be inserted, removed, replaced or swapped with their neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before = vec![0; b.len() + 1];
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = vec![i + 1; b.len() + 1];
        for j in 0..b.len() {
            let replaced = above[j] + usize::from(a[i] != b[j]);
            row[j + 1] = replaced.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                row[j + 1] = row[j + 1].min(before[j - 1] + 1);
            }
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}
