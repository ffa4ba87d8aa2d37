/// Which side of a merge conflict a line is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Side {
    /// Both: there is no conflict.
    #[default]
    Both,
    Ours,
    /// What both came from, where git shows it.
    Base,
    Theirs,
}

impl Side {
    /// The side that begins behind this line, where it is a marker of git.
    pub(super) fn behind(line: &str) -> Option<Self> {
        const SIDES: [(&str, Side); 4] = [
            ("<<<<<<<", Side::Ours),
            ("|||||||", Side::Base),
            ("=======", Side::Theirs),
            (">>>>>>>", Side::Both),
        ];
        let word = line.split([' ', '\t']).next()?;
        SIDES.into_iter().find(|(marker, _)| *marker == word).map(|(_, side)| side)
    }
}
