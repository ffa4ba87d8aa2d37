use super::spelling::{Spelling, when};
use crate::{
    Name, ObjectName,
    operation::{AlterPolicy, DropPolicy, RenamePolicy},
    schema::{Policy, PolicyCommand},
};

impl Spelling {
    /// `CREATE POLICY`.
    pub(crate) fn policy(self, name: &Name, table: &ObjectName, policy: &Policy) -> String {
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

    pub(super) fn alter_policy(self, operation: &AlterPolicy) -> String {
        let AlterPolicy { name, table, roles, using, check } = operation;
        let rest = self.policy_rest(
            roles.as_deref().unwrap_or_default(),
            using.as_ref().map(|sql| &*sql.sql),
            check.as_ref().map(|sql| &*sql.sql),
        );
        format!("ALTER POLICY {} ON {}{rest}", self.name(name), self.object(table))
    }

    pub(super) fn drop_policy(self, operation: &DropPolicy) -> String {
        let DropPolicy { name, table, if_exists } = operation;
        self.drop("POLICY", &format!("{} ON {}", self.name(name), self.object(table)), *if_exists, false)
    }

    pub(super) fn rename_policy(self, operation: &RenamePolicy) -> String {
        let RenamePolicy { name, table, to } = operation;
        format!("ALTER POLICY {} ON {} RENAME TO {}", self.name(name), self.object(table), self.name(to))
    }

    /// Some roles are words of the grammar.
    fn role(self, role: &Name) -> String {
        match role.identity() {
            words @ ("current_user" | "session_user" | "current_role") => words.to_owned(),
            _ => self.name(role),
        }
    }
}
