use std::time::Duration;

/// When a process is killed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Moment {
    /// By itself, when it hears of this event, from 1: between two statements, or two steps.
    Event(usize),
    /// When it has sent this message, from 1, which the server gets, and whose answer nobody gets.
    Message(usize),
    /// So long after its first step began.
    After(Duration),
}

/// What there is to interrupt in an undisturbed run in one direction.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    pub(super) events: usize,
    /// None without a server.
    pub(super) messages: usize,
    pub(super) time: Duration,
}

impl Extent {
    /// A moment within a run, other than at one of its events.
    pub(super) fn draw(&self, random: &mut fastrand::Rng) -> Moment {
        if self.messages > 0 && random.bool() {
            Moment::Message(random.usize(1..=self.messages))
        } else {
            Moment::After(self.time.mul_f64(random.f64()))
        }
    }
}
