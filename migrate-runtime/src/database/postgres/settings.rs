//! What is set in a session, and how it is set back after a script.

use super::Postgres;
use crate::database::Room;

/// Settings that are of the transaction, or that `role` stands for.
pub(super) const FIXED: &str = "'session_authorization', 'role', 'is_superuser', 'transaction_isolation', \
                     'transaction_read_only', 'transaction_deferrable'";

/// Keeps, until the transaction ends, what was set in the session before its first step. Behind a pooler that is a
/// session which nobody has asked before.
pub(super) const REMEMBER: &str = "SELECT set_config('migrate.settings', \
    coalesce(nullif(current_setting('migrate.settings', true), ''), \
    (SELECT json_object_agg(name, setting)::text FROM pg_catalog.pg_settings WHERE source = 'session'), '{}'), true)";

/// What was kept by it, as a query.
pub(super) const REMEMBERED: &str = "SELECT * FROM json_each_text(\
    coalesce(nullif(current_setting('migrate.settings', true), ''), '{}')::json)";

impl Postgres {
    /// Statements that take the role, and every setting, back to what it was: to what `known`, a query of names and
    /// settings, says of it, else to the default. Settings that the server does not list (those with a dot in their
    /// name) are left alone.
    pub(super) fn restore(&self, user: &str, role: &str, known: &str) -> Vec<String> {
        let role = if role == "none" {
            "RESET ROLE".to_owned()
        } else {
            format!("SET ROLE {}", self.identifier(role))
        };
        let settings = format!(
            "SELECT set_config(s.name, coalesce(k.setting, s.reset_val), false) FROM pg_catalog.pg_settings s \
             LEFT JOIN ({known}) AS k (name, setting) ON k.name = s.name \
             WHERE s.context IN ('user', 'superuser') AND s.name NOT IN ({FIXED}) \
             AND (s.source = 'session' OR k.name IS NOT NULL) \
             AND s.setting IS DISTINCT FROM coalesce(k.setting, s.reset_val)"
        );
        let user = format!("SET SESSION AUTHORIZATION {}", self.identifier(user));
        vec![user, role, settings]
    }

    /// These settings, as a query.
    pub(super) fn values(&self, settings: &[(String, String)]) -> String {
        let values: Vec<String> = (settings.iter())
            .map(|(name, value)| format!("({}, {})", self.literal(name), self.literal(value)))
            .collect();
        format!("VALUES {}", if values.is_empty() { "(NULL, NULL)".to_owned() } else { values.join(", ") })
    }

    /// The search path of a schema.
    pub(super) fn search_path(&self, schema: &str) -> String {
        format!("{}, public", self.identifier(schema))
    }
}
