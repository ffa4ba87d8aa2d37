//! Files that look like another tool's, but are native ones whose header was forgotten.

use super::{Layout, VersionName, group::Group, recognition::Shape, version::date_in_name};
use crate::source::Lock;

/// Whether a group of this shape lacks a header, rather than being of the tool whose files look like it.
///
/// A mark `-- migrate:up` is native beside native files, and in a file whose name follows the default template, whose
/// date is no version of dbmate. A file without marks is native where its date is later than that of the first native
/// file, because a foreign history ends before it, and where it is empty under such a name. What the lock file lists as
/// a version is one.
pub(super) fn is_native(
    shape: Shape,
    group: &Group<'_>,
    first_native: Option<&Option<String>>,
    lock: Option<&Lock>,
) -> bool {
    let layout = match shape {
        Shape::Of(layout) => layout,
        Shape::Simple | Shape::Pair => Layout::Sqlx,
    };
    let version = VersionName::read(layout, group.stem).map_or("", |name| name.version);
    if lock.is_some_and(|lock| lock.entry(version).is_some()) {
        return false;
    }
    match shape {
        Shape::Of(Layout::Dbmate) => first_native.is_some() || follows_the_template(group.stem),
        Shape::Of(_) => false,
        Shape::Simple | Shape::Pair => {
            let is_blank = group.texts().all(|text| text.trim().is_empty());
            if is_blank && follows_the_template(group.stem) {
                return true;
            }
            let first = first_native.and_then(Option::as_ref);
            first.is_some_and(|first| date_in_name(group.stem).is_some_and(|date| date > *first))
        }
    }
}

/// `20251110_1230_add_priority`
fn follows_the_template(stem: &str) -> bool {
    let mut words = stem.split('_');
    let is_number = |word: Option<&str>, length: usize| {
        word.is_some_and(|word| word.len() == length && word.bytes().all(|byte| byte.is_ascii_digit()))
    };
    is_number(words.next(), 8) && is_number(words.next(), 4)
}
