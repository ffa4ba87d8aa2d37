//! A proxy between a client and a database server that notes what the client sends.

use std::{
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use migrate_runtime::Dialect;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _, copy},
    net::{TcpListener, TcpStream, tcp::OwnedWriteHalf},
};

/// A message of a client: `Query`, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) kind: String,
    pub(crate) text: String,
}

/// What the connections of a proxy share.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Noted>>);

#[derive(Default)]
struct Noted {
    sent: Vec<Sent>,
    /// How many more messages pass before all connections are cut.
    budget: Option<usize>,
}

/// A proxy that lives as long as the runtime of its test.
pub(crate) struct Wire {
    url: String,
    log: Log,
}

impl Wire {
    /// A proxy to the server that `url` names.
    pub(crate) async fn to(dialect: Dialect, url: &str) -> Self {
        let (before, rest) = url.split_once('@').expect("the URL names a user");
        let (server, path) = rest.split_once('/').expect("the URL names a database");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let log = Log::default();
        let (server, listened) = (server.to_owned(), log.clone());
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(&server).await.expect("the server");
                // Small messages go out at once, as without a proxy.
                let _ = (client.set_nodelay(true), server.set_nodelay(true));
                let (mut answers, to_server) = server.into_split();
                let (from_client, mut to_client) = client.into_split();
                let log = listened.clone();
                let answering = tokio::spawn(async move { copy(&mut answers, &mut to_client).await });
                tokio::spawn(async move {
                    // An error is the end of the client or of the server.
                    let _ = match dialect {
                        Dialect::Postgres => pass_postgres(from_client, to_server, &log).await,
                        Dialect::Mysql => pass_mysql(from_client, to_server, &log).await,
                        Dialect::Sqlite => unreachable!("SQLite has no server"),
                    };
                    if log.is_spent() {
                        answering.abort();
                    }
                });
            }
        });
        Self { url: format!("{before}@127.0.0.1:{port}/{path}"), log }
    }

    /// The URL of the database behind the proxy.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// What was sent since this was last asked.
    pub(crate) fn take(&self) -> Vec<Sent> {
        mem::take(&mut self.log.noted().sent)
    }

    /// Cuts all connections after this many messages: the last of them gets to the server, its answer to nobody.
    pub(crate) fn cut_after(&self, messages: usize) {
        self.log.noted().budget = Some(messages);
    }

    /// Lets connections pass again.
    pub(crate) fn mend(&self) {
        self.log.noted().budget = None;
    }

    /// Whether they were cut.
    pub(crate) fn is_cut(&self) -> bool {
        self.log.is_spent()
    }
}

impl Log {
    fn noted(&self) -> MutexGuard<'_, Noted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, kind: &str, text: &[u8]) {
        let text = String::from_utf8_lossy(text).trim_end_matches('\0').to_owned();
        let mut noted = self.noted();
        noted.sent.push(Sent { kind: kind.to_owned(), text });
        noted.budget = noted.budget.map(|budget| budget.saturating_sub(1));
    }

    /// Whether the connections are to be cut.
    fn is_spent(&self) -> bool {
        self.noted().budget == Some(0)
    }
}

/// <https://www.postgresql.org/docs/current/protocol-message-formats.html>: a letter, a length that counts itself, and
/// the message; the first message of a connection has no letter.
async fn pass_postgres(
    mut client: impl AsyncRead + Unpin,
    mut server: OwnedWriteHalf,
    log: &Log,
) -> std::io::Result<()> {
    let mut is_begun = false;
    loop {
        let mut head = Vec::new();
        if is_begun {
            head.push(client.read_u8().await?);
        }
        let length = client.read_u32().await?;
        head.extend(length.to_be_bytes());
        let body = read(&mut client, length as usize - 4).await?;
        if is_begun {
            let kind = match head[0] {
                b'Q' => "Query",
                b'P' => "Parse",
                b'B' => "Bind",
                b'D' => "Describe",
                b'E' => "Execute",
                b'S' => "Sync",
                b'X' => "Terminate",
                b'p' => "Password",
                _ => "other",
            };
            log.note(kind, &body);
        } else {
            // Until the version of the protocol comes, the client only asks for encryption.
            is_begun = body.starts_with(&[0, 3]);
        }
        server.write_all(&[head, body].concat()).await?;
        if log.is_spent() {
            return Ok(());
        }
    }
}

/// <https://mariadb.com/kb/en/0-packet/>: a length of three bytes, a number, and the packet. A command begins with
/// number 0, and its first byte says which it is.
async fn pass_mysql(
    mut client: impl AsyncRead + Unpin,
    mut server: OwnedWriteHalf,
    log: &Log,
) -> std::io::Result<()> {
    loop {
        let head = read(&mut client, 4).await?;
        let body = read(&mut client, u32::from_le_bytes([head[0], head[1], head[2], 0]) as usize).await?;
        if let (0, [command, text @ ..]) = (head[3], &*body) {
            let kind = match command {
                1 => "Quit",
                3 => "Query",
                14 => "Ping",
                22 => "Prepare",
                23 => "Execute",
                _ => "other",
            };
            log.note(kind, text);
        }
        server.write_all(&[head, body].concat()).await?;
        if log.is_spent() {
            return Ok(());
        }
    }
}

async fn read(from: &mut (impl AsyncRead + Unpin), length: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes).await?;
    Ok(bytes)
}
