use std::{collections::BTreeMap, sync::Arc};

use migrate_core::{Dialect, Span, did_you_mean, graph::Fingerprint};

use super::{
    Lock, LockEntry, LockProblem, LockProblemKind, LockState,
    conflict::Side,
    words::{list, words},
};
use crate::source::{SourceFile, Spanned, line::Lines};

/// The format that this release reads and writes.
const FORMAT: &str = "1";

pub(super) fn lock(file: &Arc<SourceFile>) -> Lock {
    let mut reader = Reader { lock: empty(file), keys: BTreeMap::new() };
    let text = file.text();
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() as u32 } else { 0 };
    let mut side = Side::Both;
    for line in Lines::new(text, start) {
        if let Some(behind) = Side::behind(line.span.of(text)) {
            reader.lock.conflict_markers.push(line.span);
            side = behind;
        } else if side != Side::Base {
            let read = reader.line(line.span, &words(text, line.span));
            reader.lock.problems.extend(read.err());
        }
    }
    reader.finish()
}

/// A lock that records nothing.
fn empty(file: &Arc<SourceFile>) -> Lock {
    Lock {
        file: Arc::clone(file),
        databases: None,
        heads: Vec::new(),
        head_line: None,
        entries: Vec::new(),
        conflict_markers: Vec::new(),
        problems: Vec::new(),
        places: BTreeMap::new(),
    }
}

type Reading = Result<(), LockProblem>;

struct Reader<'t> {
    lock: Lock,
    /// The lines of the keys that were read.
    keys: BTreeMap<&'t str, Span>,
}

const fn problem(span: Span, kind: LockProblemKind) -> LockProblem {
    LockProblem { span, kind }
}

impl<'t> Reader<'t> {
    fn line(&mut self, line: Span, words: &[Spanned<&'t str>]) -> Reading {
        match words {
            [] => Ok(()),
            // `head` is no id, but every other key might be one.
            [key, rest @ ..] if key.value == "head" => self.heads(line, key.value, rest),
            [id, arrow, rest @ ..] if arrow.value == "<" => self.entry(line, id, rest),
            [comment, ..] if comment.value.starts_with('#') => Ok(()),
            [key, rest @ ..] if key.value == "format" => self.format(line, key.value, rest),
            [key, rest @ ..] if key.value == "databases" => self.databases(line, key.value, rest),
            _ => Err(problem(line, LockProblemKind::Unreadable)),
        }
    }

    /// Whether this line may say what another one has said already: it may within a conflict.
    fn key(&mut self, line: Span, key: &'t str) -> Reading {
        match self.keys.insert(key, line) {
            Some(first) if self.lock.conflict_markers.is_empty() => {
                Err(problem(line, LockProblemKind::Repeated { first }))
            }
            _ => Ok(()),
        }
    }

    fn format(&mut self, line: Span, key: &'t str, rest: &[Spanned<&str>]) -> Reading {
        self.key(line, key)?;
        match rest {
            [version] if version.value == FORMAT => Ok(()),
            [version] => Err(problem(version.span, LockProblemKind::UnknownFormat)),
            _ => Err(problem(line, LockProblemKind::Unreadable)),
        }
    }

    fn databases(&mut self, line: Span, key: &'t str, rest: &[Spanned<&str>]) -> Reading {
        self.key(line, key)?;
        let names = list(rest).ok_or(problem(line, LockProblemKind::Unreadable))?;
        let databases = self.lock.databases.get_or_insert_default();
        for name in names {
            let dialect = database(&name.value, name.span)?;
            if !databases.contains(&dialect) {
                databases.push(dialect);
            }
        }
        Ok(())
    }

    fn heads(&mut self, line: Span, key: &'t str, rest: &[Spanned<&str>]) -> Reading {
        self.key(line, key)?;
        self.lock.head_line = Some(line);
        for head in list(rest).ok_or(problem(line, LockProblemKind::Unreadable))? {
            if !self.lock.heads.iter().any(|known| known.value == head.value) {
                self.lock.heads.push(head);
            }
        }
        Ok(())
    }

    fn entry(&mut self, line: Span, id: &Spanned<&str>, rest: &[Spanned<&str>]) -> Reading {
        let (state, names) = state(line, rest)?;
        let (parents, depends_on) = edges(names).ok_or(problem(line, LockProblemKind::Unreadable))?;
        let id = Spanned::new(id.value.to_owned(), id.span);
        let entry = LockEntry { id, parents, depends_on, state, span: line };
        let place = self.lock.places.get(&entry.id.value).copied();
        match place.and_then(|place| self.lock.entries.get_mut(place)) {
            None => {
                self.lock.places.insert(entry.id.value.clone(), self.lock.entries.len());
                self.lock.entries.push(entry);
            }
            Some(known) if self.lock.conflict_markers.is_empty() => {
                return Err(problem(line, LockProblemKind::Repeated { first: known.span }));
            }
            Some(known) if entry.is_sealed() && !known.is_sealed() => *known = entry,
            Some(_) => {}
        }
        Ok(())
    }

    fn finish(mut self) -> Lock {
        let is_unknown = |found: &LockProblem| found.kind == LockProblemKind::UnknownFormat;
        if self.lock.problems.iter().any(is_unknown) {
            // Whatever else it holds may mean something else than it seems to.
            self.lock.problems.retain(is_unknown);
            return Lock { problems: self.lock.problems, ..empty(&self.lock.file) };
        }
        if !self.keys.contains_key("format") {
            self.lock.problems.insert(0, problem(Span::EMPTY, LockProblemKind::MissingFormat));
        }
        self.lock
    }
}

/// The state at the end of a line, and the words before it.
fn state<'w, 't>(
    line: Span,
    words: &'w [Spanned<&'t str>],
) -> Result<(LockState, &'w [Spanned<&'t str>]), LockProblem> {
    if let [before @ .., last] = words
        && last.value == "draft"
    {
        return Ok((LockState::Draft, before));
    }
    // No id has a colon.
    let values = words.iter().rev().take_while(|word| word.value.contains(':')).count();
    let (before, values) = words.split_at(words.len() - values);
    if values.is_empty() {
        let last = words.last().map_or(line, |word| word.span);
        return Err(problem(last, LockProblemKind::MissingState));
    }
    let values = values.iter().map(value).collect::<Result<Vec<_>, _>>()?;
    let is_plain = values.len() == 1;
    let repeats = |at: usize, dialect: &Option<Dialect>| {
        dialect.is_none() || values.iter().skip(at + 1).any(|(other, _)| other == dialect)
    };
    if !is_plain && values.iter().enumerate().any(|(at, (dialect, _))| repeats(at, dialect)) {
        return Err(problem(line, LockProblemKind::Unreadable));
    }
    Ok((LockState::Sealed(values), before))
}

/// `v1:<digits>`, or `<database>=v1:<digits>`.
fn value(word: &Spanned<&str>) -> Result<(Option<Dialect>, Fingerprint), LockProblem> {
    let (name, digits) = match word.value.split_once('=') {
        Some((name, digits)) => (Some(name), digits),
        None => (None, word.value),
    };
    let end = word.span.start + name.map_or(0, str::len) as u32;
    let dialect = name.map(|name| database(name, Span::new(word.span.start, end))).transpose()?;
    let fingerprint = digits.parse().map_err(|_| problem(word.span, LockProblemKind::InvalidFingerprint))?;
    Ok((dialect, fingerprint))
}

fn database(name: &str, span: Span) -> Result<Dialect, LockProblem> {
    let names = Dialect::ALL.map(Dialect::name);
    Dialect::ALL
        .into_iter()
        .find(|dialect| dialect.name() == name)
        .ok_or_else(|| problem(span, LockProblemKind::UnknownDatabase { meant: did_you_mean(name, names) }))
}

type Names = Vec<Spanned<String>>;

/// The parents and, behind `depends-on`, the dependencies.
fn edges(words: &[Spanned<&str>]) -> Option<(Names, Names)> {
    // `depends-on` may be an id as well; at most one place for the key makes lists of what stands before and behind it.
    let keys = words.iter().enumerate().filter(|(_, word)| word.value == "depends-on").map(|(at, _)| at);
    let split = |at: usize| {
        let (parents, rest) = words.split_at_checked(at)?;
        let dependencies = rest.get(1..).filter(|names| !names.is_empty())?;
        Some((list(parents)?, list(dependencies)?))
    };
    list(words).map(|parents| (parents, Names::new())).or_else(|| keys.into_iter().find_map(split))
}
