use crate::sql::{lowered::OpaqueReason, postgres::lower};

/// Statements that a server accepts, and this grammar does not know.
#[test]
fn what_the_grammar_does_not_know_is_no_error() {
    for statement in [
        "CREATE TABLE t (a int, EXCLUDE USING gist (a gist_int4_ops WITH =))",
        "ALTER TABLE t ADD CONSTRAINT c EXCLUDE (a DESC NULLS LAST WITH =)",
        "ALTER TABLE t ALTER COLUMN 2 SET STATISTICS 100",
        "ALTER INDEX i ALTER 1 SET STATISTICS 100",
        "ALTER STATISTICS IF EXISTS s SET STATISTICS 0",
        "ALTER USER MAPPING FOR user SERVER s OPTIONS (a 'b')",
        "SET ROLE TO DEFAULT",
        "CREATE TRUSTED LANGUAGE plx HANDLER h INLINE i VALIDATOR v",
    ] {
        let lowered = lower(statement);
        assert_eq!(lowered.errors, [], "{statement}");
        assert!(matches!(lowered.opaque, None | Some(OpaqueReason::NotParsed)), "{statement}");
    }
    assert_eq!(lower("ALTER TABLE t ALTER COLUMN a SET STATISTIC 100").errors.len(), 1);
}
