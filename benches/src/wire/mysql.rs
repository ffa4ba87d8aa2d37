//! The commands of MySQL and MariaDB: <https://mariadb.com/kb/en/clientserver-protocol/>

use super::tally::{Sent, Weight};

/// Reads what one client sends.
#[derive(Default)]
pub(super) struct Commands {
    pending: Vec<u8>,
}

impl Commands {
    /// The commands that these bytes complete.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Vec<Sent> {
        self.pending.extend_from_slice(bytes);
        let mut commands = Vec::new();
        loop {
            let Some(head) = self.pending.get(..4) else { return commands };
            let length = 4 + u32::from_le_bytes([head[0], head[1], head[2], 0]) as usize;
            if self.pending.len() < length {
                return commands;
            }
            let packet: Vec<u8> = self.pending.drain(..length).collect();
            // A command begins a new sequence; what a client sends while it logs in answers the server's.
            if let (0, Some(&kind)) = (packet[3], packet.get(4)) {
                commands.push(sent(kind));
            }
        }
    }
}

fn sent(kind: u8) -> Sent {
    let (name, weight) = match kind {
        0x02 => ("COM_INIT_DB", Weight::Work),
        0x03 => ("COM_QUERY", Weight::Work),
        0x0e => ("COM_PING", Weight::Ping),
        0x16 => ("COM_STMT_PREPARE", Weight::Work),
        0x17 => ("COM_STMT_EXECUTE", Weight::Work),
        0x1f => ("COM_RESET_CONNECTION", Weight::Work),
        // Among them COM_STMT_CLOSE, which has no answer.
        _ => ("other", Weight::Frame),
    };
    Sent { name, weight }
}

#[cfg(test)]
mod tests {
    use super::Commands;

    #[test]
    fn commands_are_told_from_what_answers_the_server() {
        let bytes = [&[2, 0, 0, 1, 3, 3][..], &[2, 0, 0, 0, 3, b'x'], &[1, 0, 0, 0, 14]].concat();
        let mut commands = Commands::default();
        let names: Vec<_> =
            bytes.chunks(4).flat_map(|chunk| commands.read(chunk)).map(|sent| sent.name).collect();
        assert_eq!(names, ["COM_QUERY", "COM_PING"]);
    }
}
