//! The frontend messages of PostgreSQL: <https://www.postgresql.org/docs/current/protocol-message-formats.html>

use super::tally::{Sent, Weight};

/// Reads what one client sends.
#[derive(Default)]
pub(super) struct Frontend {
    pending: Vec<u8>,
    started: bool,
}

impl Frontend {
    /// The messages that these bytes complete.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Vec<Sent> {
        self.pending.extend_from_slice(bytes);
        let mut messages = Vec::new();
        loop {
            // The first messages, which ask for encryption or begin the session, have no type.
            let head = usize::from(self.started);
            let Some(length) = self.pending.get(head..head + 4) else { return messages };
            let length = head + u32::from_be_bytes([length[0], length[1], length[2], length[3]]) as usize;
            if self.pending.len() < length {
                return messages;
            }
            let message: Vec<u8> = self.pending.drain(..length).collect();
            if self.started {
                messages.push(sent(message[0]));
            } else {
                const ENCRYPTION_REQUESTS: [u32; 2] = [80_877_103, 80_877_104];
                let code =
                    message.get(4..8).map(|code| u32::from_be_bytes([code[0], code[1], code[2], code[3]]));
                self.started = !code.is_some_and(|code| ENCRYPTION_REQUESTS.contains(&code));
            }
        }
    }
}

fn sent(kind: u8) -> Sent {
    let (name, weight) = match kind {
        b'Q' => ("Query", Weight::Work),
        b'P' => ("Parse", Weight::Work),
        b'E' => ("Execute", Weight::Work),
        b'B' => ("Bind", Weight::Frame),
        b'D' => ("Describe", Weight::Frame),
        b'C' => ("Close", Weight::Frame),
        b'S' => ("Sync", Weight::Ping),
        _ => ("other", Weight::Frame),
    };
    Sent { name, weight }
}

#[cfg(test)]
mod tests {
    use super::Frontend;

    #[test]
    fn messages_are_found_after_the_start_however_the_bytes_arrive() {
        let mut bytes = Vec::new();
        bytes.extend([0, 0, 0, 8, 4, 210, 22, 47]);
        bytes.extend([0, 0, 0, 9, 0, 3, 0, 0, 0]);
        bytes.extend(b"Q\0\0\0\x0dSELECT 1\0");
        bytes.extend(b"S\0\0\0\x04");
        let mut frontend = Frontend::default();
        let names: Vec<_> =
            bytes.chunks(3).flat_map(|chunk| frontend.read(chunk)).map(|sent| sent.name).collect();
        assert_eq!(names, ["Query", "Sync"]);
    }
}
