use std::{collections::BTreeSet, sync::Arc};

use migrate_core::Span;

use super::{Replay, Script, Statement};
use crate::{source::SourceFile, sql::OpaqueReason};

/// How much of the scripts of a database is understood.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// The files that scripts stand in.
    pub files: usize,
    /// The statements of all scripts, up and down.
    pub statements: usize,
    /// Those of which it is known what they do.
    pub understood: usize,
    /// The others.
    pub opaque: Vec<Unread>,
}

/// A statement of which it is not known what it does.
#[derive(Clone, Debug)]
pub struct Unread {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The statement.
    pub span: Span,
    /// Why.
    pub reason: OpaqueReason,
}

impl Replay {
    /// How much of the scripts is understood.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let scripts = || self.scripts.iter().flat_map(|scripts| scripts.up.iter().chain(&scripts.down));
        let statements = scripts().flat_map(|script| script.statements.iter().map(move |one| (script, one)));
        let files: BTreeSet<&str> = scripts().map(|script| script.file.path()).collect();
        let mut counts = Counts { files: files.len(), ..Counts::default() };
        for (script, statement) in statements {
            counts.statements += 1;
            match unread(script, statement) {
                Some(unread) => counts.opaque.push(unread),
                None => counts.understood += 1,
            }
        }
        counts
    }
}

fn unread(script: &Script, statement: &Statement) -> Option<Unread> {
    let reason = statement.opaque()?;
    Some(Unread { file: Arc::clone(&script.file), span: statement.span, reason })
}
