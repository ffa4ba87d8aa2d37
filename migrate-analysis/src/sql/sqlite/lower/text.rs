use super::name::unquoted;

/// A piece of SQL that is written twice at once: for people, and for comparison.
///
/// The canonical text has one space between any two tokens, keywords in capitals, names in double quotes and small
/// letters, and parentheses around each operation and nowhere else.
#[derive(Default)]
pub(super) struct Text {
    pub(super) sql: String,
    pub(super) canonical: String,
    tight: bool,
}

impl Text {
    /// A keyword or an operator.
    pub(super) fn word(&mut self, word: &str) {
        self.sql_token(word);
        self.canonical_token(word);
    }

    /// A sign before a value.
    pub(super) fn sign(&mut self, sign: &str) {
        self.word(sign);
        self.tight = true;
    }

    /// A name of a column, a table or an alias.
    pub(super) fn name(&mut self, raw: &str) {
        self.sql_token(raw);
        let name = unquoted(raw).to_ascii_lowercase().replace('"', "\"\"");
        self.canonical_token(&format!("\"{name}\""));
    }

    /// A name of what no statement makes: a function, a collation, a type.
    pub(super) fn plain_name(&mut self, raw: &str) {
        self.sql_token(raw);
        self.canonical_token(&unquoted(raw).to_ascii_lowercase());
    }

    /// What reads differently in the two.
    pub(super) fn literal(&mut self, sql: &str, canonical: &str) {
        self.sql_token(sql);
        self.canonical_token(canonical);
    }

    pub(super) fn open(&mut self) {
        self.sql_open();
        self.canonical_token("(");
    }

    /// The parenthesis behind the name of a function.
    pub(super) fn open_arguments(&mut self) {
        self.tight = true;
        self.open();
    }

    pub(super) fn close(&mut self) {
        self.sql_close();
        self.canonical_token(")");
    }

    pub(super) fn comma(&mut self) {
        self.tight = true;
        self.word(",");
    }

    pub(super) fn dot(&mut self) {
        self.tight = true;
        self.word(".");
        self.tight = true;
    }

    /// A parenthesis that says nothing, and that people see all the same.
    pub(super) fn sql_open(&mut self) {
        self.sql_token("(");
        self.tight = true;
    }

    pub(super) fn sql_close(&mut self) {
        self.tight = true;
        self.sql_token(")");
    }

    /// A parenthesis that people do not see.
    pub(super) fn canonical_open(&mut self) {
        self.canonical_token("(");
    }

    pub(super) fn canonical_close(&mut self) {
        self.canonical_token(")");
    }

    fn sql_token(&mut self, token: &str) {
        if !self.tight && !self.sql.is_empty() {
            self.sql.push(' ');
        }
        self.tight = false;
        self.sql.push_str(token);
    }

    fn canonical_token(&mut self, token: &str) {
        if !self.canonical.is_empty() {
            self.canonical.push(' ');
        }
        self.canonical.push_str(token);
    }
}
