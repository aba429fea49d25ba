//! Coming and going: sign-in, lock, the idle clock, the end.

use super::after_lock::Told;
use super::{App, Sitting};
use crate::domain::{DocKind, LocalTime, Moment, NeedStands, counted};
use crate::rules::when;
use crate::service::api::{Command, Door, People, Place, Recovered, SignedIn, Whose};
use crate::tui::action::{Action, Kind};
use crate::tui::facts::Cx;
use crate::tui::keymap::Keymap;
use crate::tui::message::{Alarm, Effect, Signal};
use crate::tui::opening::{Opening, RoomName};
use crate::tui::screen::ScreenId;
use crate::tui::screen::Step;
use crate::tui::screens::form::FormScreen;
use crate::tui::screens::home::Home;
use crate::tui::screens::sign_in::SignIn;
use crate::tui::text;
use crate::tui::theme::Name;
use ratatui::layout::Size;
use std::fmt::Write as _;
use std::time::Duration;

/// Warning before the idle lock, at most.
const WARNING: Duration = Duration::from_secs(30);

/// The owner of what the app asks for itself: no screen has this id, so no screen says anything about the answer.
pub(super) const NOBODY: ScreenId = ScreenId::MAX;

impl App {
    /// Somebody is here: the idle clock begins again.
    pub(super) fn touched(&mut self) {
        if self.cx.signed_in.is_none() {
            return;
        }
        if std::mem::take(&mut self.sitting.warned) {
            self.out.push(Effect::ClearAlarm(Alarm::Lock));
        }
        let (until_warning, _) = self.idle();
        self.set_alarm(Alarm::IdleWarning, until_warning);
    }

    /// Milliseconds until the warning, and from there to the lock: 30 s, or half of the whole if that is shorter.
    fn idle(&self) -> (u64, u64) {
        let all = u64::from(self.cx.front.front.lock_after_s.max(2)) * 1000;
        let warning = (WARNING.as_millis() as u64).min(all / 2);
        (all - warning, warning)
    }

    pub(super) fn alarm(&mut self, alarm: Alarm) {
        if self.cx.signed_in.is_none() {
            return;
        }
        match alarm {
            Alarm::IdleWarning => {
                let (_, warning) = self.idle();
                self.sitting.warned = true;
                self.set_alarm(Alarm::Lock, warning);
                self.warn(format!(
                    "Concord locks in {}. Press any key to stay.",
                    counted(warning.div_ceil(1000), "second", "seconds")
                ));
            }
            Alarm::Lock => self.lock(true),
            Alarm::Autosave => {
                self.sitting.autosave = false;
                self.save_drafts();
                self.keep_forms();
            }
            Alarm::Recheck => {
                self.warn("An immediate need in hand is due to be looked at again.");
                self.set_recheck();
            }
            Alarm::Midnight => {
                self.set_midnight();
                self.refresh();
            }
        }
    }

    pub(super) fn signal(&mut self, signal: Signal) {
        match signal {
            Signal::Stop => self.end(),
            Signal::Suspend => {
                self.lock(false);
                self.out.push(Effect::Suspend);
            }
            Signal::Continue => self.out.push(Effect::Redraw),
            Signal::Size(width, height) => self.cx.size = Size { width, height },
        }
    }

    /// Ctrl-Q: typed text that is no draft is asked for first.
    pub(super) fn quit(&mut self) {
        let lose = self.screens.top().would_lose_text()
            || self.sitting.overlays.iter().any(|over| over.overlay.would_lose_text());
        if lose {
            self.warn(
                "What you typed here is not saved yet. Save it, or leave it with Esc, then close \
             the program.",
            );
        } else {
            self.end();
        }
    }

    /// Locks, and ends when the drafts are safe.
    fn end(&mut self) {
        if self.cx.signed_in.is_none() {
            if !self.ending.quits {
                self.out.push(Effect::Quit(0));
            }
            return;
        }
        self.ending.quits = true;
        self.lock(false);
    }

    /// Saves what was typed with a lock, then a new process takes over. It opens with the sign-in.
    pub(super) fn needs_new_process(&mut self) {
        self.ending.new_process = true;
        if self.cx.signed_in.is_some() {
            self.lock(true);
        } else if !self.ending.in_memory {
            self.out.push(Effect::StartAgain);
        }
    }

    /// Locks: the screen blanks at once, unsaved drafts and the place go to the service, nothing of anyone stays here.
    pub(super) fn lock(&mut self, idle: bool) {
        if self.cx.signed_in.is_none() {
            return;
        }
        let (drafts, place) = (self.unsaved_drafts(), self.place());
        let Some(session) = self.cx.signed_in.take() else { return };
        let asked = std::mem::take(&mut self.sitting.waiting).into_iter().filter(|(_, one)| one.writes);
        for (ticket, waiting) in asked {
            let form = self.asked_from(ticket, waiting.owner);
            self.after_lock.awaits(ticket, session.staff.id, form);
        }
        // Nothing of anyone stays. Text that was on its way is among the drafts of the lock.
        self.sitting = Sitting::default();
        let (theme, keymap) = self.usual.clone();
        self.cx.forget(theme, keymap);
        self.screens.reset(Box::new(SignIn::locked(&session.staff.login, session.pin)));
        let owner = self.screens.top_id();
        self.ending.in_memory = true;
        self.ask(owner, Command::Door(Door::Lock { drafts, place, idle }));
        // From here on an answer to anything asked before shows nothing.
        self.epoch += 1;
        for alarm in [Alarm::IdleWarning, Alarm::Lock, Alarm::Autosave, Alarm::Recheck, Alarm::Midnight] {
            self.out.push(Effect::ClearAlarm(alarm));
        }
    }

    /// The service has locked. If drafts could not be saved the screen says so and the program stays.
    pub(super) fn locked(&mut self, fault: Option<String>) {
        let ending = std::mem::take(&mut self.ending.quits);
        self.ending.in_memory = fault.is_some();
        match fault {
            Some(fault) => self.warn(fault),
            None if ending => self.out.push(Effect::Quit(0)),
            None if self.ending.new_process => self.out.push(Effect::StartAgain),
            None => {}
        }
    }

    /// The keys as a person wants them: one of the keymaps by name; without a name, the desk's own. False if there is none
    /// of that name; then nothing changes.
    pub(super) fn use_keymap(&mut self, name: &str) -> bool {
        let wanted = if name.is_empty() || name == self.usual.1.name() {
            Some(self.usual.1.clone())
        } else {
            Keymap::named(name)
        };
        let known = wanted.is_some();
        if let Some(keymap) = wanted {
            self.sitting.pending.clear();
            self.cx.keymap = keymap;
        }
        known
    }

    pub(super) fn signed_in(&mut self, session: SignedIn) {
        self.epoch = session.epoch;
        self.cx.front.front = session.front.clone();
        let place = session.place.clone().unwrap_or_default();
        let mut notices = session.notices.clone();
        let must_change = session.staff.must_change;
        let last: Vec<String> = session.seconds.iter().chain(&session.last).cloned().collect();
        let usual = session.staff.settings.veil.unwrap_or(session.rules.veil);
        self.cx.veil = usual || self.hid_names == Some(session.staff.id);
        let recovered = session.recovered.as_ref().map(|one| recovered_words(one, &self.cx));
        let told = self.after_lock.tell(session.staff.id);
        self.sitting.kept = Some(place.typed.clone());
        let mut typed = place.typed.clone();
        typed.retain(|form| !told.saved.iter().any(|saved| saved.is_same(form)));
        self.sitting.brought(typed);
        // A place without a leaf is nobody's: they were never at a desk.
        let back =
            session.place.as_ref().is_some_and(|place| !place.leaf.is_empty() || !place.typed.is_empty());
        if let Some(theme) = Name::named(&session.staff.settings.theme) {
            self.cx.theme = self.cx.theme.with_name(theme);
        }
        let keymap = session.staff.settings.keymap.clone();
        if !keymap.is_empty() && !self.use_keymap(&keymap) {
            notices.push(format!(
                "Your keymap \"{keymap}\" is not on this computer, so its own keymap is used."
            ));
        }
        self.cx.spelling.take(&session.lexicon, &session.agency_lexicon);
        let name = session.staff.name.clone();
        let shown = session.people.whose;
        self.cx.signed_in = Some(session);
        self.recount();
        self.sitting.overlays.clear();
        self.sitting.line.hush();
        let home = Home::at(&place, &self.cx);
        self.screens.reset(Box::new(home));
        if must_change {
            self.push(Box::new(FormScreen::passphrase(true)));
        } else {
            self.began();
        }
        self.touched();
        self.set_midnight();
        self.set_recheck();
        let whose = match (place.all, place.team) {
            (true, _) => Whose::All,
            (false, true) => Whose::Team,
            (false, false) => Whose::Mine,
        };
        let back = back && !must_change;
        if back && whose != shown {
            self.ask(NOBODY, Command::People(People::List { whose }));
        }
        if !must_change {
            self.bring_back(&place);
        }
        let how = if back { "You are where you were" } else { "Signed in" };
        let words = recovered.unwrap_or_else(|| format!("{how}, {name}."));
        self.greet(words, last, notices, told);
    }

    /// Says who is signed in, what came of what was asked before a lock, what waits for a second person, and when they last
    /// signed in. What has to be read first is a window.
    fn greet(&mut self, mut words: String, last: Vec<String>, mut notices: Vec<String>, mut told: Told) {
        for title in self.sitting.closed_titles() {
            let _ = write!(words, " \"{title}\" keeps what you typed.");
        }
        let long = text::width(&words) + told.lines.iter().map(|line| text::width(line) + 1).sum::<usize>();
        if told.fault || long + 2 > usize::from(self.cx.size.width) {
            notices.append(&mut told.lines);
        }
        if notices.is_empty() {
            for line in told.lines.iter().chain(&last) {
                words.extend([" ", line]);
            }
            self.say(words);
        } else {
            notices.extend(last);
            self.show("Please read first", notices);
        }
    }

    /// Brings a person back to the ranking, chart, room and draft they left.
    fn bring_back(&mut self, place: &Place) {
        let mut steps = Vec::new();
        if place.dimension > 0 {
            steps.push(Home::rank(place.dimension));
        }
        if let Some(reopened) = self.reopen(place) {
            steps.extend(reopened);
        } else if let Some(client) = place.chart {
            let opening = place.draft.map_or(Opening::Chart, Opening::Draft);
            steps.push(Step::OpenChart { client, room: RoomName::named(&place.room), opening });
        } else {
            let list = Action::named(&place.over).filter(|action| action.kind() == Kind::Open);
            steps.extend(list.map(Step::Run));
        }
        self.take(self.screens.top_id(), steps);
        if let Some(spot) = &place.spot {
            self.screens.top_mut().come_back(spot);
        }
    }

    /// Asks for the list of people as it is now.
    pub(in crate::tui) fn refresh(&mut self) {
        self.sitting.stale = false;
        if self.cx.signed_in.is_some() {
            let whose = self.cx.whose();
            self.ask(NOBODY, Command::People(People::List { whose }));
        }
    }

    fn set_midnight(&mut self) {
        let left = self.cx.now.midnight.0 - self.cx.now.moment.0;
        self.set_alarm(Alarm::Midnight, u64::try_from(left).unwrap_or_default().max(1));
    }

    /// The next moment at which a need in hand is to be looked at again.
    pub(super) fn set_recheck(&mut self) {
        let now = self.cx.now.moment;
        let needs = self.cx.people().iter().flat_map(|person| &person.summary.needs);
        let due = needs.filter_map(|need| match need.stands {
            NeedStands::InHand { recheck_at } if recheck_at > now => Some(recheck_at),
            _ => None,
        });
        if let Some(Moment(at)) = due.min() {
            self.set_alarm(Alarm::Recheck, at.saturating_sub(now.0).max(1) as u64);
        }
    }
}

/// What was found after the desk had stopped without a lock, and from when it is.
fn recovered_words(found: &Recovered, cx: &Cx) -> String {
    let today = cx.today();
    let LocalTime { date, time, second } = found.saved;
    let on = if date == today { String::new() } else { format!("{} ", when::short(date, today)) };
    let what = match (found.kind, found.words) {
        (DocKind::Note, 1) => "note, 1 word".to_owned(),
        (DocKind::Note, words) => format!("note, {words} words"),
        (kind, _) => kind.word().to_owned(),
    };
    format!("Recovered: {}, {what}, as saved {on}{time}:{second:02}.", cx.listed(&found.name))
}
