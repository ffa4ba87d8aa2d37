use fastrand::Rng;

/// Makes inputs out of texts: pieces of several, put together and damaged.
pub(super) struct Inputs<'c> {
    corpus: &'c [String],
    random: Rng,
}

impl<'c> Inputs<'c> {
    pub(super) fn new(corpus: &'c [String], seed: u64) -> Self {
        Self { corpus, random: Rng::with_seed(seed) }
    }

    /// The next input, and a number below `choices` to go with it.
    pub(super) fn next(&mut self, choices: usize) -> (String, usize) {
        let mut words = Vec::new();
        for _ in 0..self.random.usize(1..=3) {
            words.extend(self.piece());
        }
        for _ in 0..self.random.usize(0..=6) {
            self.damage(&mut words);
        }
        (words.concat(), self.random.usize(0..choices))
    }

    /// Some lines of some text, as words and what stands between them.
    fn piece(&mut self) -> Vec<&'c str> {
        let text = self.text();
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        if lines.is_empty() {
            return Vec::new();
        }
        let from = self.random.usize(0..lines.len());
        let to = (from + self.random.usize(1..=30)).min(lines.len());
        lines[from..to].iter().flat_map(|line| words(line)).collect()
    }

    fn text(&mut self) -> &'c str {
        let place = self.random.usize(0..self.corpus.len());
        &self.corpus[place]
    }

    fn damage(&mut self, words: &mut Vec<&'c str>) {
        const ODD: [&str; 24] = [
            "(",
            ")",
            "'",
            "\"",
            "$$",
            "$a$",
            "/*",
            "*/",
            "--",
            ";",
            ",",
            ".",
            "[",
            "]",
            "::",
            "\0",
            "é",
            "\u{feff}",
            "\n",
            "BEGIN",
            "END",
            "AS",
            "CASCADE",
            "99999999999999999999",
        ];
        if words.is_empty() {
            return;
        }
        let place = self.random.usize(0..words.len());
        let other = self.random.usize(0..words.len());
        match self.random.u8(0..8) {
            0 => {
                words.remove(place);
            }
            1 => words.swap(place, other),
            2 => words.insert(place, words[other]),
            3 => words.insert(place, ODD[self.random.usize(0..ODD.len())]),
            4 => words.truncate(place),
            5 => {
                let (from, to) = (place.min(other), place.max(other));
                words.drain(from..to);
            }
            6 => {
                let (from, to) = (place.min(other), place.max(other).min(place.min(other) + 40));
                let copy = words[from..to].to_vec();
                words.splice(from..from, copy);
            }
            _ => {
                // Nothing overflows as easily as what nests.
                let (open, close) = [("(", ")"), ("CASE WHEN ", " END"), ("(SELECT ", ")"), ("NOT ", "")]
                    [self.random.usize(0..4)];
                let depth = 1 << self.random.u32(0..=12);
                words.splice(place..place, std::iter::repeat_n(open, depth));
                let end = (place + depth + 1).min(words.len());
                words.splice(end..end, std::iter::repeat_n(close, depth));
            }
        }
    }
}

/// Cuts a text between letters and what is none.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (place, letter) in text.char_indices() {
        let is_word = letter.is_alphanumeric() || letter == '_';
        if before.is_some_and(|before| before != is_word || !is_word) {
            words.push(&text[start..place]);
            start = place;
        }
        before = Some(is_word);
    }
    words.push(&text[start..]);
    words
}
