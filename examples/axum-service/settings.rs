use std::env::{self, VarError};

/// What the environment says.
pub(crate) struct Settings {
    pub(crate) database_url: String,
    pub(crate) auto_migrate: bool,
    pub(crate) listen: String,
}

impl Settings {
    pub(crate) fn from_environment() -> Result<Self, String> {
        let auto_migrate = variable("AUTO_MIGRATE", "false")?;
        Ok(Self {
            database_url: variable("DATABASE_URL", "sqlite:axum-service.db?mode=rwc")?,
            // A word that means neither must not decide over a database.
            auto_migrate: auto_migrate
                .parse()
                .map_err(|_| format!("`AUTO_MIGRATE` is `{auto_migrate}`; write `true` or `false`"))?,
            listen: variable("LISTEN", "127.0.0.1:3000")?,
        })
    }
}

fn variable(name: &str, default: &str) -> Result<String, String> {
    match env::var(name) {
        Ok(value) => Ok(value),
        Err(VarError::NotPresent) => Ok(default.to_owned()),
        Err(VarError::NotUnicode(_)) => Err(format!("`{name}` is not UTF-8")),
    }
}
