//! A process of its own that upgrades or downgrades, and is killed.

use std::{
    env,
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use migrate_runtime::{Dialect, Direction, Event, On, Report, Result};
use nix::sys::signal::{Signal, raise};
use tokio::{
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    time::{sleep, timeout},
};

use super::{ground::history_of, moment::Moment};
use crate::{database::Pool, site::Site, wire::Wire};

/// The variables by which a test tells the process that it starts what to do.
const URL: &str = "MIGRATE_TORTURE_URL";
const DIRECTION: &str = "MIGRATE_TORTURE_DIRECTION";
const LAST_EVENT: &str = "MIGRATE_TORTURE_LAST_EVENT";

/// What the process says on its standard error, each on a line.
pub(super) const BEGUN: &str = "victim: begun";
pub(super) const DONE: &str = "victim: done";

/// Longer than any undisturbed run.
const LONGEST: Duration = Duration::from_secs(60);

/// What became of a process.
#[derive(Debug)]
pub(super) enum End {
    /// It was dead before its first step, or alive behind its last one: this does not count.
    Missed,
    /// It was killed between its first and its last statement.
    Killed,
    /// It failed by itself, and said so.
    Failed(String),
}

/// Goes all the way in a direction.
pub(super) async fn travel(on: On<'_>, direction: Direction) -> Result<Report> {
    let on = on.lock_wait(LONGEST);
    match direction {
        Direction::Up => on.upgrade("head").await,
        Direction::Down => on.downgrade("base").await,
    }
}

/// Not a test of its own: what the process does that a test starts, and kills.
#[tokio::test]
async fn victim() {
    let (Ok(url), Ok(direction)) = (env::var(URL), env::var(DIRECTION)) else { return };
    let last: usize = env::var(LAST_EVENT).map_or(0, |number| number.parse().unwrap());
    let dialect = Dialect::ALL.into_iter().find(|dialect| url.starts_with(dialect.name())).unwrap();
    let direction = if direction == "up" { Direction::Up } else { Direction::Down };
    let (graph, heard, left) = (history_of(dialect), AtomicUsize::new(0), AtomicUsize::new(0));
    let pool = Pool::to(dialect, &url, 2);
    let on = pool.on(&graph).observer(move |event| {
        match event {
            Event::StepStarted { number, of, .. } => {
                say(BEGUN);
                left.store(of - number, Ordering::Relaxed);
            }
            Event::StepFinished { .. } if left.load(Ordering::Relaxed) == 0 => say(DONE),
            _ => {}
        }
        if heard.fetch_add(1, Ordering::Relaxed) + 1 == last {
            raise(Signal::SIGKILL).unwrap();
        }
    });
    travel(on, direction).await.unwrap();
}

fn say(what: &str) {
    eprintln!("{what}");
}

/// Starts a process that travels in this direction, and kills it at this moment.
pub(super) async fn kill(site: &Site, direction: Direction, moment: Moment) -> End {
    let wire = match moment {
        Moment::Message(number) => {
            let wire = Wire::to(site.dialect(), site.url()).await;
            wire.cut_after(number);
            Some(wire)
        }
        Moment::Event(_) | Moment::After(_) => None,
    };
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "torture::victim::victim", "--nocapture"]);
    command.env(URL, wire.as_ref().map_or(site.url(), Wire::url)).env(DIRECTION, direction.to_string());
    if let Moment::Event(number) = moment {
        command.env(LAST_EVENT, number.to_string());
    }
    kill_command(&mut command, moment, wire.as_ref()).await
}

/// The same of a program that says when it has begun and when it is done.
pub(super) async fn kill_command(command: &mut Command, moment: Moment, wire: Option<&Wire>) -> End {
    let mut victim = Victim::start(command);
    let waiting = async {
        match (moment, wire) {
            (Moment::After(delay), _) => {
                victim.listen_for(BEGUN).await;
                sleep(delay).await;
            }
            (_, Some(wire)) => {
                while !wire.is_cut() && victim.is_alive() {
                    sleep(Duration::from_millis(1)).await;
                }
            }
            _ => victim.listen_for(DONE).await,
        }
    };
    let in_time = timeout(LONGEST, waiting).await.is_ok();
    let mut end = victim.bury().await;
    if !in_time {
        end = End::Failed("it hangs".to_owned());
    }
    // Whoever is cut off may fail for it before it is killed.
    if wire.is_some_and(Wire::is_cut) && matches!(end, End::Failed(_)) {
        end = End::Killed;
    }
    end
}

/// How long a program takes that nobody kills, from its beginning to its end; or what it said, where it failed.
pub(super) async fn watch(command: &mut Command) -> std::result::Result<Duration, String> {
    let mut victim = Victim::start(command);
    victim.listen_for(BEGUN).await;
    let start = Instant::now();
    victim.listen_for(DONE).await;
    let time = start.elapsed();
    let is_done = victim.said.iter().any(|said| said == DONE);
    let said = victim.said.join("\n");
    let _ = victim.bury().await;
    if is_done { Ok(time) } else { Err(said) }
}

struct Victim {
    child: Child,
    lines: UnboundedReceiver<String>,
    said: Vec<String>,
}

impl Victim {
    fn start(command: &mut Command) -> Self {
        let command = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (send, lines) = unbounded_channel();
        let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        // A panic stands in what the harness prints.
        let pass = |pipe: Box<dyn std::io::Read + Send>| {
            let send = send.clone();
            thread::spawn(move || {
                for line in BufReader::new(pipe).lines().map_while(std::result::Result::ok) {
                    let _ = send.send(line);
                }
            })
        };
        pass(Box::new(out));
        pass(Box::new(err));
        Self { child, lines, said: Vec::new() }
    }

    fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Until it says this, or nothing any more.
    async fn listen_for(&mut self, line: &str) {
        while let Some(said) = self.lines.recv().await {
            let is_over = said == line;
            self.said.push(said);
            if is_over {
                break;
            }
        }
    }

    /// Kills it, if it is not dead yet, and says what became of it.
    async fn bury(mut self) -> End {
        let _ = self.child.kill();
        let status = self.child.wait().unwrap();
        while let Some(said) = self.lines.recv().await {
            self.said.push(said);
        }
        let said = |line: &str| self.said.iter().any(|said| said == line);
        if status.code().is_some_and(|code| code != 0) {
            End::Failed(self.said.join("\n"))
        } else if said(BEGUN) && !said(DONE) {
            End::Killed
        } else {
            End::Missed
        }
    }
}
