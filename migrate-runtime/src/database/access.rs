use std::path::PathBuf;

/// How another program reaches the server that a connection of ours goes to.
///
/// It holds a password, and so is never shown.
#[derive(Clone, Default)]
pub struct Access {
    pub host: String,
    pub port: u16,
    /// In place of host and port.
    pub socket: Option<PathBuf>,
    pub user: String,
    pub password: Option<String>,
    pub database: Option<String>,
    /// How the connection is encrypted, in the words of the database.
    pub encryption: Encryption,
    /// Settings that the session begins with (PostgreSQL).
    pub options: Option<String>,
}

/// How a connection is encrypted.
#[derive(Clone, Default)]
pub struct Encryption {
    pub mode: String,
    pub authority: Option<String>,
    pub certificate: Option<String>,
    pub key: Option<String>,
}

/// What sqlx has no getters for stands in the URL that it makes of its options: the password and the certificates. User
/// and host have to be taken out before, or those that no URL can hold make it panic.
#[cfg(any(feature = "postgres", feature = "mysql"))]
macro_rules! read_url {
    ($access:ident, $url:expr, $authority:literal, $certificate:literal, $key:literal) => {{
        let url = $url;
        let decoded = |text| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
        $access.password = url.password().map(decoded);
        for (name, value) in url.query_pairs() {
            // A certificate that is given as text is no file.
            let file = value.strip_prefix("file: ").map(str::to_owned);
            match &*name {
                $authority => $access.encryption.authority = file,
                $certificate => $access.encryption.certificate = file,
                $key => $access.encryption.key = file,
                _ => {}
            }
        }
    }};
}

#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) use read_url;
