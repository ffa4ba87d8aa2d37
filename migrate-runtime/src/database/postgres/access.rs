use sqlx::{
    ConnectOptions as _,
    postgres::{PgConnectOptions, PgSslMode},
};

use crate::database::{Access, access::read_url};

/// How another program connects with these options.
pub(super) fn access(options: &PgConnectOptions) -> Access {
    let mut access = Access {
        host: options.get_host().to_owned(),
        port: options.get_port(),
        socket: options.get_socket().cloned(),
        user: options.get_username().to_owned(),
        database: options.get_database().map(str::to_owned),
        options: options.get_options().map(str::to_owned),
        ..Access::default()
    };
    access.encryption.mode = match options.get_ssl_mode() {
        PgSslMode::Disable => "disable",
        PgSslMode::Allow => "allow",
        PgSslMode::Prefer => "prefer",
        PgSslMode::Require => "require",
        PgSslMode::VerifyCa => "verify-ca",
        PgSslMode::VerifyFull => "verify-full",
    }
    .to_owned();
    let url = options.clone().username("user").host("host").to_url_lossy();
    read_url!(access, url, "sslrootcert", "sslcert", "sslkey");
    access
}
