use std::sync::Arc;

use migrate_core::{Dialect, Span, operation::Operation};

use super::{Effect, Origins, Statement};
use crate::{
    source::{Layout, SourceFile},
    sql::{self, has_grammar},
};

/// A script as the replay takes it.
#[derive(Clone, Debug)]
pub struct Script {
    /// The file that it stands in.
    pub file: Arc<SourceFile>,
    /// Whose SQL it is.
    pub dialect: Dialect,
    /// Whose rules its file follows.
    pub layout: Layout,
    /// Whether it runs in a transaction.
    pub transaction: bool,
    /// Its statements.
    pub statements: Vec<Statement>,
    /// Whether it could be cut into statements. Where it could not, nothing is known behind it.
    pub is_whole: bool,
}

impl Script {
    /// A native script of these statements, each with what its author says of it. It runs in a transaction.
    #[must_use]
    pub fn read(
        file: &Arc<SourceFile>,
        dialect: Dialect,
        statements: impl IntoIterator<Item = (Span, Option<Effect>)>,
        origins: &mut Origins,
    ) -> Self {
        let statement = |(span, effect): (Span, Option<Effect>)| Statement {
            origin: origins.add(file, span),
            span,
            lowered: sql::lower(span.of(file.text()), dialect),
            effect,
        };
        let statements = statements.into_iter().map(statement).collect();
        Self {
            file: Arc::clone(file),
            dialect,
            layout: Layout::Native,
            transaction: true,
            statements,
            is_whole: true,
        }
    }

    /// The script that is the whole of a text.
    ///
    /// ```
    /// # if migrate_analysis::sql::has_grammar(migrate_core::Dialect::Sqlite) {
    /// use migrate_analysis::{replay::{Origins, Script, run}, source::SourceFile};
    /// use migrate_core::{Dialect, Schema};
    ///
    /// let file = SourceFile::new("", "a.sql", "CREATE TABLE a (id INTEGER);");
    /// let script = Script::of_text(&file, Dialect::Sqlite, &mut Origins::default());
    /// assert!(run(&script, Schema::new(Dialect::Sqlite)).events.is_empty());
    /// # }
    /// ```
    #[must_use]
    pub fn of_text(file: &Arc<SourceFile>, dialect: Dialect, origins: &mut Origins) -> Self {
        let section = Span::new(0, u32::try_from(file.text().len()).unwrap_or(u32::MAX));
        let statements = sql::split(file.text(), section, dialect).statements;
        Self::read(file, dialect, statements.iter().map(|statement| (statement.span, None)), origins)
    }

    /// Whether the grammar of the database does not accept one of its statements.
    #[must_use]
    pub fn has_grammar_errors(&self) -> bool {
        self.statements.iter().any(|statement| !statement.lowered.errors.is_empty())
    }

    /// Whether it is known to leave the schema as it is, whatever that is: it changes rows, rights, comments.
    #[must_use]
    pub fn changes_no_schema(&self) -> bool {
        self.is_whole
            && !self.has_grammar_errors()
            && self.statements.iter().all(|statement| {
                statement.opaque().is_none() && statement.operations().all(Operation::changes_no_schema)
            })
    }

    /// Whether anything can be said about scripts of this database.
    #[must_use]
    pub const fn can_be_read(dialect: Dialect) -> bool {
        has_grammar(dialect)
    }
}
