/// The candidate that `name` was most probably meant to be: the only one that begins with it, or else the one from
/// which it differs least; `None` where nothing is near.
///
/// Case does not count, and a name is no misspelling of itself. A beginning has four letters or more. A swap of two neighbours counts as one difference, as does a letter too many, too few, or wrong. About a third of
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
    let letters = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<Vec<char>>();
    let typed = letters(name);
    let limit = (typed.len() / 3).clamp(1, 4);
    let (mut longer, mut several) = (None, false);
    let mut nearest = None;
    for candidate in candidates.into_iter().filter(|candidate| *candidate != name) {
        // A letter has at most four bytes: this spares most pairs the table below.
        let begins = typed.len() >= SHORTEST_BEGINNING && candidate.len() >= name.len();
        if !begins && candidate.len() > 4 * (typed.len() + limit) {
            continue;
        }
        let meant = letters(candidate);
        if begins && meant.starts_with(&typed) {
            several |= longer.replace(candidate).is_some();
        }
        if meant.len().abs_diff(typed.len()) > limit {
            continue;
        }
        // Names that differ in case alone are as near as two names can be.
        let distance = distance(&typed, &meant).max(1);
        // Where every letter differs nothing was mistyped.
        let is_near = distance <= limit && (distance < typed.len() || typed == meant);
        if is_near && nearest.is_none_or(|(least, _)| distance < least) {
            nearest = Some((distance, candidate));
        }
    }
    longer.filter(|_| !several).or(nearest.map(|(_, candidate)| candidate))
}

/// How many letters make a beginning that is more than chance.
const SHORTEST_BEGINNING: usize = 4;

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

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn a_slip_of_the_finger_finds_its_word() {
        let words = ["databases", "dialect", "dir", "namespace"];
        assert_eq!(did_you_mean("databsaes", words), Some("databases"));
        assert_eq!(did_you_mean("Dir", words), Some("dir"), "case does not count");
        assert_eq!(did_you_mean("name", words), Some("namespace"), "a beginning");
        assert_eq!(did_you_mean("nam", words), None, "three letters are chance");
        assert_eq!(did_you_mean("directory", words), None);
        assert_eq!(did_you_mean("dir", ["dir"]), None, "a word is no misspelling of itself");
    }

    #[test]
    fn the_nearest_of_several_wins() {
        let ids = ["abc123def400", "abc123def456"];
        assert_eq!(did_you_mean("abc123def457", ids), Some("abc123def456"));
        assert_eq!(did_you_mean("abc1", ids), None, "several begin so");
    }
}
