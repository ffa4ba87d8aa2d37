use super::spelling::{Spelling, when};
use crate::{
    Name, ObjectName,
    schema::{Policy, PolicyCommand},
};

impl Spelling {
    /// `CREATE POLICY`.
    pub(crate) fn create_policy(self, name: &Name, table: &ObjectName, policy: &Policy) -> String {
        let command = match policy.command {
            PolicyCommand::All => "",
            PolicyCommand::Select => " FOR SELECT",
            PolicyCommand::Insert => " FOR INSERT",
            PolicyCommand::Update => " FOR UPDATE",
            PolicyCommand::Delete => " FOR DELETE",
        };
        format!(
            "CREATE POLICY {} ON {}{}{command}{}",
            self.name(name),
            self.object(table),
            when(!policy.permissive, " AS RESTRICTIVE"),
            self.policy_rest(
                &policy.roles,
                policy.using.as_ref().map(|sql| &*sql.sql),
                policy.check.as_ref().map(|sql| &*sql.sql)
            )
        )
    }

    /// Roles and expressions, each with a blank before it.
    pub(super) fn policy_rest(self, roles: &[Name], using: Option<&str>, check: Option<&str>) -> String {
        let mut text = String::new();
        if !roles.is_empty() {
            let roles: Vec<String> = roles.iter().map(|role| self.role(role)).collect();
            text = format!(" TO {}", roles.join(", "));
        }
        if let Some(using) = using {
            text = format!("{text} USING ({using})");
        }
        if let Some(check) = check {
            text = format!("{text} WITH CHECK ({check})");
        }
        text
    }

    /// Some roles are words of the grammar.
    fn role(self, role: &Name) -> String {
        match role.identity() {
            words @ ("current_user" | "session_user" | "current_role") => words.to_owned(),
            _ => self.name(role),
        }
    }
}
