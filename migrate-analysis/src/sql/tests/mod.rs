//! What the splitter makes of scripts: one file for each database.

mod kinds;
mod mysql;
mod postgres;
mod recoveries;
mod soup;
mod sqlite;

use std::fmt::Write as _;

use migrate_core::{Dialect, Span};

use super::{Split, split};

/// The statements and problems of a script: lines, bytes, kind, text.
fn listing(script: &str, dialect: Dialect) -> String {
    let Split { statements, problems } = split(script, Span::new(0, script.len() as u32), dialect);
    let mut listing = String::new();
    for statement in statements {
        let kind = format!("{:?}", statement.kind);
        list(&mut listing, script, statement.span, &kind);
    }
    for problem in problems {
        let kind = format!("problem {:?}", problem.kind);
        list(&mut listing, script, problem.span, &kind);
    }
    listing
}

fn list(listing: &mut String, script: &str, span: Span, kind: &str) {
    let line = 1 + script[..span.start as usize].matches('\n').count();
    let text = span.of(script).replace("\r\n", "⏎").replace(['\n', '\r'], "⏎");
    writeln!(listing, "{line} [{}..{}] {kind}: {text}", span.start, span.end).unwrap();
}
