use sqlx::{
    ConnectOptions as _,
    mysql::{MySqlConnectOptions, MySqlSslMode},
};

use crate::database::{Access, access::read_url};

/// How another program connects with these options.
pub(super) fn access(options: &MySqlConnectOptions) -> Access {
    let mut access = Access {
        host: options.get_host().to_owned(),
        port: options.get_port(),
        socket: options.get_socket().cloned(),
        user: options.get_username().to_owned(),
        database: options.get_database().map(str::to_owned),
        ..Access::default()
    };
    access.encryption.mode = match options.get_ssl_mode() {
        MySqlSslMode::Disabled => "DISABLED",
        MySqlSslMode::Preferred => "PREFERRED",
        MySqlSslMode::Required => "REQUIRED",
        MySqlSslMode::VerifyCa => "VERIFY_CA",
        MySqlSslMode::VerifyIdentity => "VERIFY_IDENTITY",
    }
    .to_owned();
    let url = options.clone().username("user").host("host").to_url_lossy();
    read_url!(access, url, "ssl-ca", "ssl-cert", "ssl-key");
    access
}
