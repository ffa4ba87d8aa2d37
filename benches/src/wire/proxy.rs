use std::{
    io::{self, Read as _, Write as _},
    net::{Ipv4Addr, Shutdown, TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};

use anyhow::{Result, bail};
use migrate_core::Dialect;
use url::Url;

use super::{Tally, mysql::Commands, postgres::Frontend, tally::Sent};

/// A proxy before a server, on a port of its own, for as long as this program runs.
pub(crate) struct Proxy {
    /// The server's URL through the proxy.
    pub(crate) url: Url,
    tally: Arc<Mutex<Tally>>,
}

impl Proxy {
    /// Begins to listen.
    pub(crate) fn new(dialect: Dialect, server: &Url) -> Result<Self> {
        let (Some(host), Some(port)) = (server.host_str(), server.port()) else {
            bail!("the URL of the server names no host and port");
        };
        let address = format!("{host}:{port}");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let mut url = server.clone();
        let port = listener.local_addr()?.port();
        if url.set_host(Some("127.0.0.1")).is_err() || url.set_port(Some(port)).is_err() {
            bail!("the URL of the server cannot be changed");
        }
        let tally = Arc::new(Mutex::new(Tally::default()));
        let shared = Arc::clone(&tally);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if let Ok(server) = TcpStream::connect(&address) {
                    // A connection that cannot be served is closed, which its client notices.
                    let _ = serve(dialect, client, server, &shared);
                }
            }
        });
        Ok(Self { url, tally })
    }

    /// Forgets what was counted.
    pub(crate) fn reset(&self) {
        *lock(&self.tally) = Tally::default();
    }

    /// What was sent since the last reset.
    pub(crate) fn tally(&self) -> Tally {
        lock(&self.tally).clone()
    }
}

fn lock(tally: &Mutex<Tally>) -> MutexGuard<'_, Tally> {
    tally.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Carries bytes both ways, on a thread each way.
fn serve(
    dialect: Dialect,
    client: TcpStream,
    server: TcpStream,
    tally: &Arc<Mutex<Tally>>,
) -> io::Result<()> {
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let mut read = reader(dialect);
    let (there, back) = (Arc::clone(tally), Arc::clone(tally));
    let (client_too, server_too) = (client.try_clone()?, server.try_clone()?);
    thread::spawn(move || {
        carry(client_too, server, |bytes| {
            let messages = read(bytes);
            let mut tally = lock(&there);
            messages.into_iter().for_each(|sent| tally.client(sent));
        });
    });
    thread::spawn(move || carry(server_too, client, |_| lock(&back).server()));
    Ok(())
}

fn reader(dialect: Dialect) -> Box<dyn FnMut(&[u8]) -> Vec<Sent> + Send> {
    if dialect == Dialect::Postgres {
        let mut frontend = Frontend::default();
        Box::new(move |bytes| frontend.read(bytes))
    } else {
        let mut commands = Commands::default();
        Box::new(move |bytes| commands.read(bytes))
    }
}

/// Carries bytes until either end closes.
fn carry(mut from: TcpStream, mut to: TcpStream, mut seen: impl FnMut(&[u8])) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        let bytes = &buffer[..length];
        // Counted before it goes on: what comes back must find it counted.
        seen(bytes);
        if to.write_all(bytes).is_err() {
            break;
        }
    }
    // Both ways end together, or a client would wait for a server that is gone.
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}
