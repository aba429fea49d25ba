//! The desk on screen as one pure machine: messages in, effects out, and a frame on request.
//!
//! Owns who is signed in, the stack of screens, the overlays, the keys pressed so far and the message line. It must not
//! know threads, time or the terminal: the clock's reading comes with every message. Routing, tickets, overlays, Back and
//! the lock each stand in one place here, so that screens hold nothing but their own state.

mod adrift;
mod after_lock;
mod answers;
mod backup;
mod days;
mod desk;
mod draw;
mod elsewhere;
mod hop;
mod keys;
mod mismatches;
mod pages;
mod replies;
#[cfg(test)]
pub(crate) mod rig;
mod said;
mod secret;
mod steps;
#[cfg(test)]
mod tests;
mod turning;
mod words;

pub(in crate::tui) use draw::finished;

use super::calls::Calls;
use super::facts::Cx;
use super::keymap::{KeyPress, Keymap};
use super::message::{Alarm, Effect, Msg};
use super::overlay::Overlay;
use super::screen::{ScreenId, View};
use super::screens::setup::Setup;
use super::screens::sign_in::SignIn;
use super::stack::Stack;
use super::theme::Theme;
use crate::domain::{ClientId, LocalTime, Number, StaffId};
use crate::rules::owed::Duty;
use crate::service::api::{
    Ask, Command, DocAsk, Door, DraftSave, Epoch, FormPlace, FrontView, HoursOf, Now, People, Ticket,
};
use adrift::{Adrift, Which};
use after_lock::AfterLock;
use hop::Hop;
use ratatui::layout::Size;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The app. Its fields are few, held by a test of the house.
#[derive(Debug)]
pub struct App {
    cx: Cx,
    screens: Stack,
    sitting: Sitting,
    after_lock: AfterLock,
    ending: Ending,
    last_ticket: Ticket,
    epoch: Epoch,
    out: Vec<Effect>,
    /// The theme and the keymap of the desk, for as long as nobody's own settings hold.
    usual: (Theme, Keymap),
    /// Who hid the names by hand: they are hidden for them after a lock too.
    hid_names: Option<StaffId>,
}

/// Everything that ends with a sign-in. The lock replaces it as a whole, so that nothing of a person stays.
#[derive(Debug, Default)]
struct Sitting {
    overlays: Vec<Over>,
    /// Windows that came by themselves while a passphrase was typed: they are shown afterwards.
    held: Vec<Over>,
    /// What happens now was brought about by a key.
    by_key: bool,
    pending: Vec<KeyPress>,
    line: said::Line,
    waiting: BTreeMap<Ticket, Waiting>,
    adrift: Adrift,
    /// What the person had typed before the last lock and was not given back yet.
    typed: Vec<FormPlace>,
    /// What is kept of what is typed into forms; `None` if the disk refused it.
    kept: Option<Vec<FormPlace>>,
    /// The ask that keeps it.
    keeping: Ticket,
    /// The warning before the idle lock was shown.
    warned: bool,
    /// The alarm of the next autosave is set.
    autosave: bool,
    /// The list of people is out of date.
    stale: bool,
    saved: Option<LocalTime>,
    /// Which suggestions are awaited, and by whom.
    spelling: Option<(Ticket, ScreenId)>,
    /// Whose chart was left with a draft open, until the next chart is here.
    left: Option<(ClientId, String)>,
    /// Whose chart was opened last.
    arrived: Option<ClientId>,
    /// The piece of work that was opened last over whatever one was doing.
    hop: Option<Hop>,
    /// What of the day's unfinished work was opened last.
    unfinished: Option<(ClientId, Duty, Number)>,
    /// Whose hours were asked for last, while a session is planned.
    hours: Option<HoursOf>,
    /// Pages on their way: the ask that led to each, and who asked.
    pages: BTreeMap<u64, (Ticket, ScreenId)>,
}

/// How the program is to end.
#[derive(Debug, Default)]
struct Ending {
    /// The program is to close once everything is saved.
    quits: bool,
    /// The program is to start itself again once everything is saved.
    new_process: bool,
    /// What was typed may be in the service's memory alone, since the last lock.
    in_memory: bool,
}

/// An overlay and the screen it belongs to. Focus is on the last of them, else on the screen on top.
#[derive(Debug)]
struct Over {
    overlay: Overlay,
    owner: ScreenId,
    /// The answer of the question below led to it: it closes with this one.
    led: bool,
}

/// An ask whose answer is not here yet.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    owner: ScreenId,
    writes: bool,
    /// Its answer tells of something that was done.
    tells: bool,
    /// It writes something that lists of days show.
    day: bool,
    /// It carries what was answered to a question; text on its way to the disk, and what stands beside a note, do not.
    answers: bool,
    /// The draft whose text it brings to the disk, and whether it also leaves it.
    saves: Option<(Which, bool)>,
}

impl App {
    /// A desk nobody has signed in to.
    pub fn new(front: FrontView, theme: Theme, keymap: Keymap, size: Size, now: Now) -> Self {
        let usual = (theme, keymap.clone());
        let cx = Cx::new(theme, keymap, size, front, now);
        let first: Box<dyn View> = if cx.front.front.name.is_empty() {
            Box::new(Setup::new(&cx.front.front.zone))
        } else {
            Box::new(SignIn::new())
        };
        let screens = Stack::new(first);
        Self {
            cx,
            screens,
            sitting: Sitting::default(),
            after_lock: AfterLock::default(),
            ending: Ending::default(),
            last_ticket: 0,
            hid_names: None,
            epoch: 0,
            out: Vec::new(),
            usual,
        }
    }

    /// Takes in what happened, at the clock's reading, and says what is to be done.
    pub fn update(&mut self, msg: Msg, now: Now) -> Vec<Effect> {
        self.cx.now = now;
        self.sitting.by_key = matches!(msg, Msg::Input(_));
        match msg {
            Msg::Input(input) => self.input(input),
            Msg::Reply(reply) => self.reply(reply),
            Msg::Alarm(alarm) => self.alarm(alarm),
            Msg::Signal(signal) => self.signal(signal),
            Msg::Spelled(spelled) => self.spelled(spelled),
            Msg::Made(made) => self.made(made),
            Msg::Backup(news) => self.backing(news),
            Msg::NeedsNewProcess => self.needs_new_process(),
        }
        self.sitting.by_key = false;
        self.ask_for_hours();
        self.show_held();
        self.forget_charts();
        self.make_room_for_words();
        self.watch_forms();
        std::mem::take(&mut self.out)
    }

    /// Every draft with text that the service has not seen. Touches nothing else: it is called after a panic too.
    pub fn unsaved_drafts(&self) -> Vec<DraftSave> {
        self.unsaved().into_iter().map(|(_, save)| save).collect()
    }

    /// What goes to the service when a turn has panicked: the drafts and a lock. `None` if nobody is signed in.
    pub fn last_words(&self) -> Option<Ask> {
        self.cx.signed_in.as_ref()?;
        let drafts = self.unsaved_drafts();
        // What was typed into forms comes second: should looking at it panic again, the drafts are still handed over.
        let place = catch_unwind(AssertUnwindSafe(|| self.typed_only())).unwrap_or_default();
        let lock = Door::Lock { drafts, place, idle: false };
        Some(Ask { ticket: self.last_ticket + 1, epoch: self.epoch, command: Command::Door(lock) })
    }

    /// The facts the screens see.
    pub fn facts(&self) -> &Cx {
        &self.cx
    }

    /// Asks the service on behalf of a screen.
    fn ask(&mut self, owner: ScreenId, command: Command) {
        if self.is_too_early(&command) {
            self.sitting.stale = true;
            return;
        }
        self.last_ticket += 1;
        let ticket = self.last_ticket;
        let saves = adrift::saved_by(&command);
        if let Command::Document(ask) = &command
            && let DocAsk::Leave(save) = ask.as_ref()
        {
            self.sitting.adrift.hold(save);
        }
        let (writes, tells) = (command.writes(), said::tells(&command));
        if writes || said::begins_draft(&command) {
            self.sitting.line.changes();
        }
        let told = matches!(&command, Command::People(People::TellDanger(_) | People::CorrectTold { .. }));
        let day = writes && (told || matches!(command, Command::Days(_) | Command::Undo | Command::Redo));
        let answers = answers::carries(&command);
        self.sitting.waiting.insert(ticket, Waiting { owner, writes, tells, day, answers, saves });
        self.out.push(Effect::Ask(Box::new(Ask { ticket, epoch: self.epoch, command })));
    }

    /// Counts what calls, after every change of the list.
    fn recount(&mut self) {
        let (now, today) = (self.cx.now.moment, self.cx.today());
        let counted = self.cx.signed_in.as_ref().map(|session| Calls {
            watch: session.people.watch.all(),
            look_alikes: session.people.look_alikes,
            ..Calls::of(&session.people.rows, &session.owed, now, today)
        });
        self.cx.calls = counted.unwrap_or_default();
    }

    fn set_alarm(&mut self, alarm: Alarm, after_ms: u64) {
        self.out.push(Effect::SetAlarm(alarm, after_ms));
    }
}
