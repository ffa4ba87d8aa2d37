use migrate_core::{Span, did_you_mean};

use super::{
    FileProblem, FileProblemKind, Part, Spanned,
    line::{Line, trim},
};

/// A line that begins a section, or is meant to.
pub(super) struct Marker {
    /// Which half begins: [`Part::Up`] or [`Part::Down`]. `None` where the line is wrong and tells neither.
    pub(super) half: Option<Part>,
    pub(super) line: Line,
    pub(super) transaction: bool,
    pub(super) irreversible: Option<Spanned<String>>,
    pub(super) problems: Vec<FileProblem>,
}

const UP: &str = "-- migrate:up";
const DOWN: &str = "-- migrate:down";
const TRANSACTION_ON: &str = "transaction:true";
const TRANSACTION_OFF: &str = "transaction:false";
const IRREVERSIBLE: &str = "irreversible:";

/// Reads the line, where it is a marker or is meant to be one.
///
/// A marker begins its line, has a blank behind the dashes and none at the colon, and is written in small letters. A
/// line with a slip in that is meant as one: nobody writes `migrate: down` for people to read, and as a comment it
/// would make the down script a part of the up script. What has more words behind it than options is prose.
pub(super) fn marker(text: &str, line: Line) -> Option<Marker> {
    let form = Form::read(text, line.span)?;
    let half = match form.name {
        "up" => Some(Part::Up),
        "down" => Some(Part::Down),
        _ => None,
    };
    let mut marker = Marker { half, line, transaction: true, irreversible: None, problems: Vec::new() };
    if !form.is_exact || half.is_none() {
        let lower = form.name.to_ascii_lowercase();
        let is_half = matches!(&*lower, "up" | "down");
        let says_more = !form.options.is_empty() && !begins_option(form.options.of(text));
        if form.name.is_empty() || says_more || !(form.is_exact || is_half) {
            return None;
        }
        let meant = if is_half { Some(&*lower) } else { nearest(form.name) };
        let meant = meant.map(|name| if name == "up" { (Part::Up, UP) } else { (Part::Down, DOWN) });
        marker.half = meant.map(|(half, _)| half);
        let meant = meant.map(|(_, marker)| marker);
        marker.problems.push(FileProblem::new(form.head, FileProblemKind::MisspeltMarker { meant }));
    }
    marker.read_options(text, form.options);
    Some(marker)
}

/// A line of the form `-- migrate:name options`, with whatever blanks and letters.
struct Form<'t> {
    /// Up to the name.
    head: Span,
    name: &'t str,
    /// Behind the name, without the blanks at its ends.
    options: Span,
    /// Whether all but the name is as it should be.
    is_exact: bool,
}

impl<'t> Form<'t> {
    fn read(text: &'t str, line: Span) -> Option<Self> {
        const KEYWORD: &str = "migrate";
        let whole = line.of(text);
        let inner = whole.trim_ascii_start().strip_prefix("--")?;
        let words = inner.trim_ascii_start();
        let (keyword, behind) = words.split_at_checked(KEYWORD.len())?;
        let value = behind.trim_ascii_start().strip_prefix(':')?;
        let name = first_word(value.trim_ascii_start());
        let options = value.trim_ascii_start().len() - name.len();
        let options = Span::new(line.end - options as u32, line.end);
        keyword.eq_ignore_ascii_case(KEYWORD).then(|| Self {
            head: Span::new(line.start, options.start),
            name,
            options: trim(text, options),
            is_exact: whole.starts_with("--")
                && words.len() < inner.len()
                && keyword == KEYWORD
                && behind.starts_with(':')
                && value.starts_with(name),
        })
    }
}

/// Whether dbmate takes these words for a mark: whatever blanks stand before them.
pub(super) fn is_mark_of_dbmate(words: &str) -> bool {
    let words = words.strip_prefix("--").map(str::trim);
    matches!(words, Some("migrate:up" | "migrate:down"))
}

fn first_word(text: &str) -> &str {
    text.split([' ', '\t']).next().unwrap_or_default()
}

fn nearest(name: &str) -> Option<&'static str> {
    ["up", "down"]
        .into_iter()
        .find(|half| name.starts_with(half))
        .or_else(|| did_you_mean(name, ["up", "down"]))
}

fn begins_option(options: &str) -> bool {
    options.starts_with("transaction") || options.starts_with("irreversible")
}

impl Marker {
    fn read_options(&mut self, text: &str, options: Span) {
        let mut left = options;
        let mut has_transaction = false;
        while !left.is_empty() {
            let word = first_word(left.of(text));
            let span = Span::new(left.start, left.start + word.len() as u32);
            match word {
                TRANSACTION_ON | TRANSACTION_OFF if has_transaction => {
                    self.problems.push(FileProblem::new(span, FileProblemKind::DuplicateOption));
                }
                TRANSACTION_ON | TRANSACTION_OFF => {
                    has_transaction = true;
                    self.transaction = word == TRANSACTION_ON;
                }
                _ if word.starts_with(IRREVERSIBLE) && self.half == Some(Part::Down) => {
                    let option = Span::new(span.start, span.start + IRREVERSIBLE.len() as u32);
                    let reason = trim(text, Span::new(option.end, left.end));
                    if reason.is_empty() {
                        self.problems
                            .push(FileProblem::new(option, FileProblemKind::IrreversibleWithoutReason));
                    }
                    self.irreversible = Some(Spanned::new(reason.of(text).to_owned(), reason));
                    return;
                }
                _ => return self.read_unknown_option(text, span, left),
            }
            left = trim(text, Span::new(span.end, left.end));
        }
    }

    /// What follows an option that is none may belong to it: nothing more is said about the line.
    fn read_unknown_option(&mut self, text: &str, word: Span, left: Span) {
        let behind = trim(text, Span::new(word.end, left.end));
        let value = first_word(behind.of(text));
        let mut span = word;
        let meant = if word.of(text).ends_with(':') && transaction_value(value).is_some() {
            // `transaction: false` is one option with a blank too many.
            span.end = behind.start + value.len() as u32;
            nearest_transaction(&format!("{}{value}", word.of(text)))
        } else if self.half == Some(Part::Down) && is_nearly(IRREVERSIBLE, word.of(text)) {
            self.irreversible = Some(Spanned::new(behind.of(text).to_owned(), behind));
            Some(IRREVERSIBLE)
        } else {
            nearest_transaction(word.of(text))
        };
        self.problems.push(FileProblem::new(span, FileProblemKind::UnknownOption { meant }));
    }
}

fn is_nearly(option: &'static str, word: &str) -> bool {
    word == option || did_you_mean(word, [option]).is_some()
}

/// The option that a word such as `transaction=false` or `no-transaction` stands for.
fn nearest_transaction(word: &str) -> Option<&'static str> {
    if let Some(("no", name)) = word.split_once(['-', '_']) {
        return is_nearly("transaction", name).then_some(TRANSACTION_OFF);
    }
    let (name, value) = word.split_once([':', '='])?;
    transaction_value(value).filter(|_| is_nearly("transaction", name))
}

fn transaction_value(value: &str) -> Option<&'static str> {
    match &*value.to_ascii_lowercase() {
        "true" | "on" | "yes" => Some(TRANSACTION_ON),
        "false" | "off" | "no" => Some(TRANSACTION_OFF),
        _ => None,
    }
}
