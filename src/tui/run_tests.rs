use super::*;
use crate::service::api::{Command, Door, Reply};
use crate::tui::app::rig;
use crate::tui::keymap::KeyPress;
use crate::tui::message::{Chore, Input};
use std::collections::VecDeque;

/// A world made of a list: each wait takes the next message, or lets the time asked for pass.
#[derive(Default)]
struct Script {
    inbox: VecDeque<Msg>,
    ms: u64,
    asked: Vec<Ask>,
    frames: usize,
    waits: usize,
    redraws: usize,
    fail_at_frame: Option<usize>,
    panic_at_frame: Option<usize>,
}

impl World for Script {
    fn now(&mut self) -> Now {
        let mut now = rig::now();
        now.moment.0 += self.ms as i64;
        now
    }
    fn monotonic_ms(&mut self) -> u64 {
        self.ms
    }
    fn wait(&mut self, limit: Option<Duration>) -> Next {
        self.waits += 1;
        match (self.inbox.pop_front(), limit) {
            (Some(msg), _) => Next::Msg(msg),
            (None, Some(limit)) => {
                self.ms += limit.as_millis() as u64;
                Next::Time
            }
            (None, None) => Next::Closed,
        }
    }
    fn more(&mut self) -> Option<Msg> {
        self.inbox.pop_front()
    }
    fn ask(&mut self, ask: Ask) {
        let (ticket, epoch) = (ask.ticket, ask.epoch);
        let result = match &ask.command {
            Command::Door(Door::SignIn { .. }) => Ok(Answer::SignedIn(Box::new(rig::session(Vec::new())))),
            Command::Door(Door::Lock { .. }) => Ok(Answer::Locked { fault: None }),
            _ => Err(Fault::user("not here")),
        };
        self.inbox.push_back(Msg::Reply(Reply { ticket, epoch, result, owed: None }));
        self.asked.push(ask);
    }
    fn help(&mut self, chore: Chore) {
        if let Chore::Spell(ask) = chore {
            self.inbox.push_back(Msg::Spelled(ask.answer()));
        }
    }
    fn draw(&mut self, _app: &Program) -> io::Result<()> {
        self.frames += 1;
        assert_ne!(self.panic_at_frame, Some(self.frames), "the frame that panics");
        if self.fail_at_frame == Some(self.frames) { Err(io::Error::other("gone")) } else { Ok(()) }
    }
    fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }
    fn redraw(&mut self) -> io::Result<()> {
        self.redraws += 1;
        Ok(())
    }
}

fn keys(keys: &str) -> impl Iterator<Item = Msg> {
    keys.split(' ').map(|key| Msg::Input(Input::Key(KeyPress::parse(key).unwrap())))
}

fn locks(script: &Script) -> Vec<bool> {
    let lock = |ask: &Ask| match ask.command {
        Command::Door(Door::Lock { idle, .. }) => Some(idle),
        _ => None,
    };
    script.asked.iter().filter_map(lock).collect()
}

#[test]
fn one_frame_for_all_that_came_together() {
    let mut script = Script::default();
    script.inbox.extend(keys("r o s a ctrl-q"));
    let mut app = Program::new(rig::Rig::closed().app);
    assert_eq!(run(&mut app, &mut script), Ok(End::Code(0)));
    assert_eq!((script.frames, script.waits), (1, 1));
}

#[test]
fn left_alone_the_desk_locks_after_its_time_and_then_sleeps() {
    let mut script = Script::default();
    script.inbox.extend(keys("r tab x enter"));
    let mut app = Program::new(rig::Rig::closed().app);
    assert_eq!(run(&mut app, &mut script), Ok(End::Code(1)), "ends only because nobody can send any more");
    assert_eq!(locks(&script), [true]);
    assert_eq!(script.ms, 300_000);
}

#[test]
fn a_signal_locks_and_ends() {
    let mut app = Program::new(rig::Rig::home().app);
    let mut script = Script::default();
    script.inbox.push_back(Msg::Signal(Signal::Stop));
    assert_eq!(run(&mut app, &mut script), Ok(End::Code(0)));
    assert_eq!(locks(&script), [false]);
}

#[test]
fn going_on_after_a_stop_draws_everything_again() {
    let mut app = Program::new(rig::Rig::home().app);
    let mut script = Script::default();
    script.inbox.extend([Msg::Signal(Signal::Continue), Msg::Signal(Signal::Stop)]);
    assert_eq!(run(&mut app, &mut script), Ok(End::Code(0)));
    assert_eq!(script.redraws, 1);
}

#[test]
fn a_new_process_comes_after_a_lock_that_saved_everything() {
    let mut app = Program::new(rig::Rig::home().app);
    let mut script = Script::default();
    script.inbox.push_back(Msg::NeedsNewProcess);
    assert_eq!(run(&mut app, &mut script), Ok(End::StartAgain));
    assert_eq!(locks(&script), [true]);
}

#[test]
fn a_panic_saves_before_it_is_told() {
    let mut script = Script { panic_at_frame: Some(1), ..Script::default() };
    let mut app = Program::new(rig::Rig::home().app);
    let fault = run(&mut app, &mut script).unwrap_err();
    assert_eq!(fault.kind, FaultKind::Internal);
    assert_eq!(locks(&script).len(), 1);
}

#[test]
fn a_lost_terminal_saves_too() {
    let mut script = Script { fail_at_frame: Some(1), ..Script::default() };
    let mut app = Program::new(rig::Rig::home().app);
    assert!(run(&mut app, &mut script).is_err());
    assert_eq!(locks(&script).len(), 1);
}
