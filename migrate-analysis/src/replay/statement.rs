use migrate_core::{
    Dialect, Schema, Span,
    operation::{Notice, Operation, Refusal},
    schema::Origin,
};

use super::Effect;
use crate::sql::{self, Lowered, OpaqueReason};

/// A statement as the replay takes it.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Its number: what objects remember of it.
    pub origin: Origin,
    /// Its bytes within the file.
    pub span: Span,
    /// What it means by itself.
    pub lowered: Lowered,
    /// What its author says that it does, which goes before what it means by itself.
    pub effect: Option<Effect>,
}

/// A statement that the database would refuse.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Which of its operations.
    pub operation: usize,
    /// Why.
    pub refusal: Box<Refusal>,
}

impl Statement {
    /// What it does, in order.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        let own = self.effect.is_none().then_some(&self.lowered.operations);
        let effects = self.effect.iter().flat_map(|effect| &effect.statements);
        own.into_iter().chain(effects.map(|(_, lowered)| &lowered.operations)).flatten()
    }

    /// Why it is not known what it does, where it is not.
    #[must_use]
    pub fn opaque(&self) -> Option<OpaqueReason> {
        match &self.effect {
            Some(effect) => effect.statements.iter().find_map(|(_, lowered)| lowered.opaque),
            None => self.lowered.opaque,
        }
    }

    /// Does to a schema what the statement does.
    ///
    /// # Errors
    ///
    /// Where the database would certainly refuse. The schema is unchanged then.
    pub fn apply(&self, schema: &mut Schema) -> Result<Vec<Notice>, Refused> {
        let several = self.operations().nth(1).is_some();
        let before = several.then(|| schema.clone());
        let mut notices = Vec::new();
        for (operation, todo) in self.operations().enumerate() {
            match schema.apply(todo, self.origin) {
                Ok(more) => notices.extend(more),
                Err(refusal) => {
                    if let Some(before) = before {
                        *schema = before;
                    }
                    return Err(Refused { operation, refusal });
                }
            }
        }
        Ok(notices)
    }

    /// Makes everything unknown that the text of the statement names, for nobody can say what became of it.
    pub fn taint(&self, file: &str, dialect: Dialect, schema: &mut Schema) {
        let texts = self.effect.iter().flat_map(|effect| &effect.statements).map(|(text, _)| &**text);
        let named = texts
            .chain([self.span.of(file)])
            .flat_map(|text| sql::identifiers(text, dialect))
            .map(|(name, _)| name);
        let mut names: Vec<_> = named.filter(|name| *name != dialect.default_schema()).collect();
        names.sort_unstable();
        names.dedup();
        // It refuses nothing.
        let _ =
            schema.apply(&Operation::Opaque { names, patterns: Vec::new(), everything: false }, self.origin);
    }
}
