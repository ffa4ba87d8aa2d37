//! What became of a statement that may or may not have been carried out.

use migrate_core::graph::{Change, Doubt, Probe, Recovery};

/// The image of an object that is not there.
pub(crate) const ABSENT: &str = "-";

/// What the catalog tells of a statement.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict<'r> {
    /// Nothing was done, or what was done does no harm twice: it is run again, when what it left of these objects is
    /// removed.
    Again(Vec<&'r Probe>),
    /// It was carried out, but for these objects.
    Done(Vec<&'r Probe>),
    /// The catalog does not tell: this is what it says.
    Unclear(String),
}

/// How one object looks.
enum Seen {
    /// As before.
    Same,
    /// As the statement leaves it already before: nothing can be told.
    Idle,
    Changed,
    /// What is there cannot be used.
    Leftover,
    Strange(&'static str),
}

/// Judges by the images of the objects before the statement and now. `invalid` is the image of what cannot be used.
pub(crate) fn verdict<'r>(
    recovery: &'r Recovery,
    before: &[&str],
    now: &[&str],
    invalid: &str,
) -> Verdict<'r> {
    if before.len() != recovery.probes.len() || now.len() != recovery.probes.len() {
        return Verdict::Unclear("what it changes is not known".into());
    }
    let (mut same, mut changed, mut leftovers) = (Vec::new(), false, Vec::new());
    for ((probe, before), now) in recovery.probes.iter().zip(before).zip(now) {
        match seen(probe.change, before, now, invalid) {
            Seen::Same => same.push(probe),
            Seen::Idle => {}
            Seen::Changed => changed = true,
            Seen::Leftover => leftovers.push(probe),
            Seen::Strange(what) => {
                return Verdict::Unclear(format!("the {} `{}` {what}", probe.kind, probe.name));
            }
        }
    }
    match (changed, same.is_empty(), leftovers.is_empty()) {
        (false, _, false) => Verdict::Again(leftovers),
        (false, _, true) if recovery.doubt == Doubt::Again => Verdict::Again(Vec::new()),
        (false, _, true) => Verdict::Unclear("the catalog looks the same before and after it".into()),
        (true, true, true) => Verdict::Done(Vec::new()),
        (true, false, true)
            if recovery.piecewise && same.iter().all(|probe| probe.change == Change::Goes) =>
        {
            Verdict::Done(same)
        }
        (true, ..) => Verdict::Unclear("it seems to be carried out in part".into()),
    }
}

fn seen(change: Change, before: &str, now: &str, invalid: &str) -> Seen {
    let was_there = before != ABSENT;
    match change {
        // An index that is half built, or half dropped.
        Change::Appears if now == invalid => Seen::Leftover,
        Change::Goes if now == invalid => Seen::Same,
        Change::Appears if before == now && was_there => Seen::Idle,
        Change::Goes if before == now && !was_there => Seen::Idle,
        _ if before == now => Seen::Same,
        Change::Appears if was_there => Seen::Strange("was there before, and looks different now"),
        Change::Appears => Seen::Changed,
        Change::Goes if now == ABSENT => Seen::Changed,
        Change::Goes => Seen::Strange("is still there, and looks different now"),
        Change::Changes if !was_there => Seen::Strange("was not there before, and is there now"),
        Change::Changes if now == ABSENT => Seen::Strange("was there before, and is gone"),
        Change::Changes => Seen::Changed,
    }
}

#[cfg(test)]
mod tests {
    use migrate_core::graph::Recovery;

    use super::verdict;

    /// A line a case: `before now` of each probe, as one letter each.
    fn judged(recovery: &str, seen: &str) -> String {
        let recovery: Recovery = recovery.replace("; ", "\n").parse().expect("a recovery");
        let (before, now): (Vec<&str>, Vec<&str>) =
            seen.split_whitespace().map(|pair| (&pair[..1], &pair[1..])).unzip();
        match verdict(&recovery, &before, &now, "!") {
            super::Verdict::Again(left) => format!("again {}", names(&left)),
            super::Verdict::Done(rest) => format!("done {}", names(&rest)),
            super::Verdict::Unclear(why) => why,
        }
    }

    fn names(probes: &[&migrate_core::graph::Probe]) -> String {
        probes.iter().map(|probe| probe.name.as_str()).collect()
    }

    #[test]
    fn one_object_tells() {
        let create = "whole again; appears table - - t";
        assert_eq!(judged(create, "--"), "again ");
        assert_eq!(judged(create, "-x"), "done ");
        assert_eq!(judged(create, "xx"), "again ");
        assert_eq!(judged(create, "xy"), "the table `t` was there before, and looks different now");
        let drop = "whole again; goes table - - t";
        assert_eq!(judged(drop, "xx"), "again ");
        assert_eq!(judged(drop, "x-"), "done ");
        assert_eq!(judged(drop, "--"), "again ");
        assert_eq!(judged(drop, "xy"), "the table `t` is still there, and looks different now");
        let modify = "whole again; changes column - t c";
        assert_eq!(judged(modify, "xx"), "again ");
        assert_eq!(judged(modify, "xy"), "done ");
        assert_eq!(judged(modify, "x-"), "the column `c` was there before, and is gone");
    }

    #[test]
    fn what_looks_the_same_before_and_after_is_asked_for() {
        let ask = "whole ask; changes table - - t";
        assert_eq!(judged(ask, "xx"), "the catalog looks the same before and after it");
        assert_eq!(judged(ask, "xy"), "done ");
        assert_eq!(judged("whole ask", ""), "the catalog looks the same before and after it");
        assert_eq!(judged("whole again", ""), "again ");
        assert_eq!(judged("whole again; goes table - - t", ""), "what it changes is not known");
    }

    #[test]
    fn an_index_that_cannot_be_used_is_built_again_and_dropped_again() {
        assert_eq!(judged("whole again; appears index - - i", "-!"), "again i");
        assert_eq!(judged("whole again; appears index - - i", "!!"), "again i");
        assert_eq!(judged("whole again; goes index - - i", "x!"), "again ");
        assert_eq!(judged("whole again; goes index - - i", "!-"), "done ");
    }

    #[test]
    fn several_objects_agree_or_are_finished() {
        let drop = "pieces again; goes table - - a; goes table - - b; goes table - - c";
        assert_eq!(judged(drop, "xx xx xx"), "again ");
        assert_eq!(judged(drop, "x- x- x-"), "done ");
        assert_eq!(judged(drop, "x- xx xx"), "done bc");
        assert_eq!(judged(drop, "x- -- xx"), "done c");
        let rename = "whole again; goes table - - a; appears table - - b";
        assert_eq!(judged(rename, "x- -x"), "done ");
        assert_eq!(judged(rename, "xx -x"), "it seems to be carried out in part");
        assert_eq!(
            judged("pieces again; goes table - - a; appears table - - b", "x- --"),
            "it seems to be carried out in part"
        );
        // `ADD COLUMN IF NOT EXISTS a, ADD COLUMN b`: `a` was there, and tells nothing.
        assert_eq!(judged("whole again; appears column - t a; appears column - t b", "xx -x"), "done ");
    }
}
