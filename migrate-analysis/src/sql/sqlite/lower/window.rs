use sqlite3_parser::ast::{FrameBound, FrameClause, FrameExclude, FrameMode, Over, Window, WindowDef};

use super::reading::Reading;

impl Reading {
    pub(super) fn over(&mut self, over: &Over<'_>) {
        match over {
            Over::Window(window) => self.window(window),
            // The name of a window is nothing that could be renamed.
            Over::Name(name) => self.text.plain_name(name.0),
        }
    }

    pub(super) fn windows(&mut self, definitions: &[WindowDef<'_>]) {
        self.text.word("WINDOW");
        self.list(definitions, |reading, definition| {
            reading.text.plain_name(definition.name.0);
            reading.text.word("AS");
            reading.window(&definition.window);
        });
    }

    fn window(&mut self, window: &Window<'_>) {
        self.text.open();
        if let Some(base) = &window.base {
            self.text.plain_name(base.0);
        }
        if let Some(keys) = window.partition_by {
            self.text.word("PARTITION BY");
            self.expressions(keys);
        }
        if let Some(terms) = window.order_by {
            self.order_by(terms);
        }
        if let Some(frame) = &window.frame_clause {
            self.frame(frame);
        }
        self.text.close();
    }

    fn frame(&mut self, frame: &FrameClause<'_>) {
        self.text.word(match frame.mode {
            FrameMode::Groups => "GROUPS",
            FrameMode::Range => "RANGE",
            FrameMode::Rows => "ROWS",
        });
        if let Some(end) = &frame.end {
            self.text.word("BETWEEN");
            self.bound(&frame.start);
            self.text.word("AND");
            self.bound(end);
        } else {
            self.bound(&frame.start);
        }
        if let Some(exclude) = &frame.exclude {
            self.text.word(match exclude {
                FrameExclude::NoOthers => "EXCLUDE NO OTHERS",
                FrameExclude::CurrentRow => "EXCLUDE CURRENT ROW",
                FrameExclude::Group => "EXCLUDE GROUP",
                FrameExclude::Ties => "EXCLUDE TIES",
            });
        }
    }

    fn bound(&mut self, bound: &FrameBound<'_>) {
        match bound {
            FrameBound::CurrentRow => self.text.word("CURRENT ROW"),
            FrameBound::UnboundedFollowing => self.text.word("UNBOUNDED FOLLOWING"),
            FrameBound::UnboundedPreceding => self.text.word("UNBOUNDED PRECEDING"),
            FrameBound::Following(by) => {
                self.expression(by);
                self.text.word("FOLLOWING");
            }
            FrameBound::Preceding(by) => {
                self.expression(by);
                self.text.word("PRECEDING");
            }
        }
    }
}
