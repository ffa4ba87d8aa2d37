//! Changes of rows that stay whatever becomes of their transaction, since the engine of the table knows none.

use migrate_core::graph::{Script, StatementKind};

use super::Run;
use crate::{Error, Result};

impl Run<'_> {
    /// Whether a script that changes rows alone changes such as no transaction takes back.
    pub(super) async fn keeps_rows(&mut self, script: Option<&Script<'_>>) -> Result<bool> {
        let Some(script) = script else { return Ok(false) };
        self.kept = None;
        for (index, statement) in script.statements.iter().enumerate() {
            self.look_for_kept(script, index).await?;
            if statement.kind == StatementKind::Data && self.is_kept(statement.span.of(script.source)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Finds out, before a change of rows, which tables of the script keep theirs. What changes the schema may change that.
    pub(super) async fn look_for_kept(&mut self, script: &Script<'_>, index: usize) -> Result<()> {
        let is_data =
            |index: usize| script.statements.get(index).is_some_and(|at| at.kind == StatementKind::Data);
        if self.kept.is_some() || !is_data(index) {
            return Ok(());
        }
        let texts: Vec<&str> = (script.statement_texts().enumerate())
            .filter_map(|(index, text)| is_data(index).then_some(text))
            .collect();
        let names = match self.room.kept(&texts) {
            Some(query) => self
                .query_patiently(&query)
                .await
                .map_err(|failure| Error::of_failure("cannot see which tables know transactions", failure))?,
            None => Vec::new(),
        };
        self.kept = Some(names.into_iter().flatten().flatten().map(|name| name.to_lowercase()).collect());
        Ok(())
    }

    /// Whether a change of rows speaks of such a table, as far as has been found out.
    pub(super) fn is_kept(&self, statement: &str) -> bool {
        let Some(tables) = self.kept.as_deref().filter(|tables| !tables.is_empty()) else { return false };
        let statement = statement.to_lowercase();
        tables.iter().any(|table| speaks_of(&statement, table))
    }
}

/// Whether a name stands anywhere in a text as a word.
fn speaks_of(text: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    text.match_indices(name).any(|(at, _)| {
        let (before, behind) = (&text[..at], &text[at + name.len()..]);
        !before.ends_with(is_part) && !behind.starts_with(is_part)
    })
}

#[cfg(test)]
mod tests {
    use super::speaks_of;

    #[test]
    fn a_name_is_a_word_and_not_a_part_of_one() {
        for text in ["delete from t", "t", "`t`.n", "x.t(n)", "tt t"] {
            assert!(speaks_of(text, "t"), "{text}");
        }
        for text in ["", "delete from t_a", "$t", "ät", "t1"] {
            assert!(!speaks_of(text, "t"), "{text}");
        }
        assert!(speaks_of("insert into `my log` values (1)", "my log"));
    }
}
