//! Which layout the files without a header follow.

use super::{Layout, VersionName, bare::head_says, goose, group::Group};
use crate::source::{Part, section::has_native_mark};

/// The comment by which a script of sqlx leaves the transaction.
pub(super) const NO_TRANSACTION: &str = "no-transaction";

/// What the name and the marks of a group's files tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// Of this tool and no other.
    Of(Layout),
    /// `<version>_<name>.sql` without marks.
    Simple,
    /// `<version>_<name>.up.sql`, `<version>_<name>.down.sql`: sqlx and golang-migrate write them alike.
    Pair,
}

impl Shape {
    /// Whether its files are scripts from their first byte to their last.
    pub(super) const fn is_bare(self) -> bool {
        !matches!(self, Self::Of(Layout::Native | Layout::Dbmate | Layout::Goose))
    }
}

/// The shape of a group; `None` where it is of no tool.
pub(super) fn shape(group: &Group<'_>) -> Option<Shape> {
    let is_of = |layout| VersionName::read(layout, group.stem).is_some();
    if group.is_folder() {
        return is_of(Layout::Diesel).then_some(Shape::Of(Layout::Diesel));
    }
    if is_of(Layout::Refinery) && group.has(Part::Whole) {
        return Some(Shape::Of(Layout::Refinery));
    }
    if is_of(Layout::Goose) && group.has(Part::Whole) && group.texts().any(goose::is_one) {
        return Some(Shape::Of(Layout::Goose));
    }
    if is_of(Layout::Dbmate) && group.has(Part::Whole) && group.texts().any(has_native_mark) {
        return Some(Shape::Of(Layout::Dbmate));
    }
    if !is_of(Layout::Sqlx) {
        return None;
    }
    Some(if group.has(Part::Whole) { Shape::Simple } else { Shape::Pair })
}

/// The layouts of these groups, each with the first file that follows it.
pub(super) fn layouts<'f>(groups: &[(Shape, Group<'f>)]) -> Vec<(Layout, &'f str)> {
    let ambiguous = ambiguous(groups);
    let mut found: Vec<(Layout, &str)> = Vec::new();
    for (shape, group) in groups {
        let layout = match shape {
            Shape::Of(layout) => *layout,
            Shape::Simple | Shape::Pair => ambiguous,
        };
        let name = group.files.first().map(|(_, file)| &**file.name());
        if let Some(name) = name.filter(|_| !found.iter().any(|(known, _)| *known == layout)) {
            found.push((layout, name));
        }
    }
    found
}

/// Which of the two tools the files are of that both would read.
fn ambiguous(groups: &[(Shape, Group<'_>)]) -> Layout {
    let mut pairs = groups.iter().filter(|(shape, _)| *shape == Shape::Pair).map(|(_, group)| group);
    let is_sqlx = groups.iter().any(|(shape, _)| *shape == Shape::Simple)
        || pairs.clone().flat_map(Group::texts).any(|text| head_says(text, NO_TRANSACTION))
        || pairs.all(|group| VersionName::read(Layout::Sqlx, group.stem).is_some_and(|name| name.is_time()));
    if is_sqlx { Layout::Sqlx } else { Layout::GolangMigrate }
}
