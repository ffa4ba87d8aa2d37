use std::{
    io::{self, Write as _},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use migrate_core::graph::{Direction, Revision};
use migrate_runtime::{Dialect, Event, Graph};

use super::{arguments::Format, last::line};

/// Tells what happens in a run while it happens: a line a step on the standard output, and on the standard error what
/// is waited for.
pub(super) struct Progress {
    graph: Arc<Graph>,
    dialect: Dialect,
    format: Format,
    /// The width of the longest id.
    width: usize,
    /// Whether the headings were written.
    headed: AtomicBool,
}

impl Progress {
    pub(super) fn new(graph: Arc<Graph>, dialect: Dialect, format: Format) -> Self {
        let heading = "revision".len();
        let ids = graph.revisions().map(|revision| revision.id().chars().count());
        let width = ids.max().unwrap_or_default().max(heading);
        Self { graph, dialect, format, width, headed: AtomicBool::new(false) }
    }

    /// A closed output ends nothing: the run is worth more than its report.
    pub(super) fn tell(&self, event: &Event) {
        if self.format == Format::Json {
            let _ = io::stdout().lock().write_all(line(event).as_bytes());
            return;
        }
        match event {
            Event::StepFinished { revision, direction, elapsed } => self.step(revision, *direction, *elapsed),
            Event::Waiting { holder } => {
                let holder = holder.as_deref().unwrap_or("another runner");
                let _ = writeln!(io::stderr(), "waiting: {holder} has the migration lock");
            }
            Event::StepResumed { revision, direction, number, of } => {
                let _ = writeln!(
                    io::stderr(),
                    "the {direction} step of `{revision}` was interrupted, and goes on with statement {number} of {of}"
                );
            }
            Event::Reconnecting { message } => {
                let _ = writeln!(io::stderr(), "connecting again: {message}");
            }
            Event::Retrying { revision, message, number, of, blockers, .. } => {
                let blockers: String = blockers.iter().map(|blocker| format!("\n  {blocker}")).collect();
                let _ = writeln!(
                    io::stderr(),
                    "try {number} of {of} of `{revision}` failed, and is repeated: {message}{blockers}"
                );
            }
            Event::BackedUp { file, bytes, elapsed } => {
                let took = elapsed.as_secs_f64();
                let _ = writeln!(io::stderr(), "backup: {} ({bytes} bytes, {took:.1} s)", file.display());
            }
            _ => {}
        }
    }

    fn step(&self, id: &str, direction: Direction, elapsed: Duration) {
        if !self.headed.swap(true, Ordering::Relaxed) {
            self.row(["step", "revision", "statements", "took", "message"]);
        }
        let revision = self.graph.edition(self.dialect).and_then(|graph| graph.find(id));
        let script = revision.and_then(|revision| revision.script_for(direction));
        let statements = script.map_or(0, |script| script.statements.len()).to_string();
        let took = format!("{:.1} ms", elapsed.as_secs_f64() * 1000.0);
        let message = revision.map_or("", Revision::message);
        self.row([&direction.to_string(), id, &statements, &took, message]);
    }

    fn row(&self, [step, revision, statements, took, message]: [&str; 5]) {
        let width = self.width;
        let row = format!("{step:<4}  {revision:<width$}  {statements:>10}  {took:>12}  {message}");
        let _ = writeln!(io::stdout(), "{}", row.trim_end());
    }
}
