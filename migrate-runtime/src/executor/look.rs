//! What the catalog and the journal tell of a statement that was begun.

use migrate_core::graph::{Recovery, Script};

use super::Run;
use crate::session::Failure;

/// How everything that a statement changes looked before it, and looks now; images with blanks between them.
#[derive(Debug, Default)]
pub(super) struct Look {
    pub(super) before: String,
    pub(super) now: String,
    /// The image of what is there and cannot be used.
    pub(super) invalid: String,
}

impl Run<'_> {
    /// An expression for how everything looks now that a statement changes; `None` where nothing can be told.
    pub(super) fn images(&self, recovery: &Recovery) -> Option<String> {
        let mut texts = Vec::new();
        for probe in &recovery.probes {
            let digest = self.room.digest(&format!("({})", self.room.image(probe)?));
            texts.extend([format!("coalesce({digest}, '-')"), "' '".to_owned()]);
        }
        (!texts.is_empty()).then(|| self.room.joined(&texts))
    }

    /// Looks at what the statement changes that the journal says was begun; `None` where nothing can be told.
    pub(super) async fn look(&mut self, recovery: &Recovery) -> Result<Option<Look>, Failure> {
        let Some(now) = self.images(recovery) else { return Ok(None) };
        let query = self.journal().images(&now);
        let rows = self.query_patiently(&query).await?;
        let mut cells = rows.into_iter().flatten().map(Option::unwrap_or_default);
        let mut cell = || cells.next().unwrap_or_default();
        Ok(Some(Look { before: cell(), now: cell(), invalid: cell() }))
    }
}

/// Two short texts that stand for a script up to a statement: for those before it, and, where it is `begun`, for itself.
/// Two scripts with the same first text begin alike.
///
/// It is compared with what an older binary may have written, so it has to stay what it is: FNV-1a of 64 bits over the
/// texts, each closed by a zero byte (<http://www.isthe.com/chongo/tech/comp/fnv/>).
pub(super) fn script_digest(script: &Script<'_>, statement: usize, begun: bool) -> String {
    let done = digest(script.statement_texts().take(statement));
    if begun { format!("{done} {}", digest(script.statement_texts().skip(statement).take(1))) } else { done }
}

fn digest<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let bytes = texts.flat_map(|text| text.bytes().chain([0]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use migrate_core::{
        Span,
        graph::{Recoveries, Script, Statement, StatementKind},
    };

    use super::script_digest;

    #[test]
    fn the_digest_of_a_script_stays_what_it_is() {
        let statement = |start, end| Statement::new(start, end, StatementKind::Schema);
        let script = Script {
            file: "a.sql",
            source: "foobar;b",
            section: Span::new(0, 8),
            statements: &[statement(0, 6), statement(7, 8)],
            transaction: false,
            recoveries: Recoveries::default(),
        };
        assert_eq!(script_digest(&script, 0, false), "cbf29ce484222325");
        assert_eq!(script_digest(&script, 0, true), "cbf29ce484222325 34531ca7168b8f38");
        assert_eq!(script_digest(&script, 1, false), "34531ca7168b8f38");
        assert_eq!(script_digest(&script, 2, false), script_digest(&script, 9, false));
    }
}
