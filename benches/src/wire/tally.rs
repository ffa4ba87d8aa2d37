use std::{collections::BTreeMap, fmt};

/// A message of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sent {
    /// Its name in the protocol.
    pub(super) name: &'static str,
    pub(super) weight: Weight,
}

/// How much a message weighs in the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// The client has work done by it.
    Work,
    /// It ends, describes or frees what other messages began.
    Frame,
    /// By itself it asks whether the server is still there.
    Ping,
}

/// What clients sent since the last reset.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// How often a client sent work and then waited.
    pub(crate) trips: usize,
    /// How often a client asked nothing but whether the server is there.
    pub(crate) pings: usize,
    messages: BTreeMap<Sent, usize>,
    burst: Vec<Sent>,
}

impl Tally {
    /// A client sent a message.
    pub(super) fn client(&mut self, sent: Sent) {
        *self.messages.entry(sent).or_default() += 1;
        self.burst.push(sent);
    }

    /// The server answered what came before.
    pub(super) fn server(&mut self) {
        let of = |weight| self.burst.iter().any(|sent| sent.weight == weight);
        if of(Weight::Work) {
            self.trips += 1;
        } else if of(Weight::Ping) {
            self.pings += 1;
        }
        self.burst.clear();
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let work: Vec<_> = self.messages.iter().filter(|(sent, _)| sent.weight == Weight::Work).collect();
        let work: Vec<_> = work.iter().map(|(sent, count)| format!("{count} {}", sent.name)).collect();
        write!(f, "{}: {}", self.trips, work.join(" + "))?;
        match self.pings {
            0 => Ok(()),
            1 => write!(f, "; 1 ping"),
            pings => write!(f, "; {pings} pings"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_that_only_asks_for_a_sign_of_life_is_no_trip() {
        let sent = |name, weight| Sent { name, weight };
        let mut tally = Tally::default();
        tally.client(sent("Parse", Weight::Work));
        tally.client(sent("Sync", Weight::Ping));
        tally.server();
        tally.server();
        tally.client(sent("Sync", Weight::Ping));
        tally.server();
        tally.client(sent("Close", Weight::Frame));
        tally.server();
        assert_eq!(tally.to_string(), "1: 1 Parse; 1 ping");
    }
}
