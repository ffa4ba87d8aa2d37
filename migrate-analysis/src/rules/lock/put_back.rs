use migrate_core::{Dialect, Span};

use super::{Locked, chain::UpScript};
use crate::source::{Half, Layout, LockEntry, Part, Section, layout, parse, significant_lines};

/// The change of a file that puts the sealed script back: the bytes from the first line that differs to the last, and
/// what stood there. `None` where git does not know the sealed script.
pub(super) fn change(
    locked: &Locked<'_>,
    entry: &LockEntry,
    dialect: Dialect,
    half: Half<'_>,
    (layout, part): (Layout, Part),
) -> Option<(Span, String)> {
    locked.sources.earlier_texts(half.file.name()).find_map(|text| {
        let is_sealed =
            |section: &Section| locked.is_sealed_script(entry, dialect, UpScript::new(&text, section));
        let sealed = scripts(&text, layout, part, dialect).find(is_sealed)?;
        difference(half, &text, &sealed)
    })
}

/// What may have been the up script of an earlier text. That of another tool may have said elsewhere that it runs in no
/// transaction.
fn scripts(text: &str, layout: Layout, part: Part, dialect: Dialect) -> impl Iterator<Item = Section> {
    let files = match layout {
        Layout::Native => vec![parse(text, part, &[dialect])],
        _ => [true, false].map(|mode| layout::parse_foreign(layout, part, text, mode, &[dialect])).into(),
    };
    files.into_iter().filter_map(|file| file.up)
}

/// A line of a script: where it is, and what it says.
type ScriptLine<'t> = (Span, &'t str);

/// The marker of a section, which says the transaction mode, and the lines of its script that count.
fn lines<'t>(text: &'t str, section: &Section) -> Vec<ScriptLine<'t>> {
    let mode = if section.transaction { "transaction" } else { "no-transaction" };
    let body = section.body.of(text);
    let place = |line: Span| Span::new(section.body.start + line.start, section.body.start + line.end);
    let script = significant_lines(body).map(|line| (place(line), line.of(body)));
    std::iter::once((section.marker, mode)).chain(script).collect()
}

fn difference(half: Half<'_>, earlier: &str, sealed: &Section) -> Option<(Span, String)> {
    let (text, section) = (&**half.file.text(), half.section);
    if section.transaction != sealed.transaction && (section.marker.is_empty() || sealed.marker.is_empty()) {
        // The mode is said elsewhere.
        return None;
    }
    let (now, then) = (lines(text, section), lines(earlier, sealed));
    let same = |a: &ScriptLine<'_>, b: &ScriptLine<'_>| a.1 == b.1;
    let before = now.iter().zip(&then).take_while(|(a, b)| same(a, b)).count();
    let (now, then) = (now.split_at(before), then.split_at(before));
    let behind = now.1.iter().rev().zip(then.1.iter().rev()).take_while(|(a, b)| same(a, b)).count();
    let (changed, following) = now.1.split_at(now.1.len() - behind);
    let (put_back, _) = then.1.split_at(then.1.len() - behind);

    let old = whole(put_back).of(earlier).replace("\r\n", "\n").replace('\r', "\n");
    let (span, old) = match (changed, following.first()) {
        ([], Some((next, _))) => (Span::new(next.start, next.start), format!("{old}\n")),
        ([], None) => match now.0.last() {
            Some((last, _)) if !last.is_empty() => (Span::new(last.end, last.end), format!("\n{old}")),
            _ => (Span::new(section.body.start, section.body.start), format!("{old}\n")),
        },
        (changed, _) if put_back.is_empty() => (with_line_end(text, whole(changed)), old),
        (changed, _) => (whole(changed), old),
    };
    Some((span, if text.contains("\r\n") { old.replace('\n', "\r\n") } else { old }))
}

/// From the first of these lines to the last.
fn whole(lines: &[ScriptLine<'_>]) -> Span {
    match (lines.first(), lines.last()) {
        (Some((first, _)), Some((last, _))) => Span::new(first.start, last.end),
        _ => Span::EMPTY,
    }
}

/// The span up to where the next line starts.
fn with_line_end(text: &str, span: Span) -> Span {
    let rest = text.get(span.end as usize..).unwrap_or_default();
    let line_end = rest.find('\n').map_or(rest.len(), |at| at + 1);
    Span::new(span.start, span.end + line_end as u32)
}
