//! Taking the steps that screens and overlays ask for, and doing what the program does by itself.

use super::{App, desk};
use crate::domain::{ClientId, counted};
use crate::service::api::{Command, DocAsk, HouseAsk, LastBackup};
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::message::Alarm;
use crate::tui::opening::{Opening, RoomName};
use crate::tui::overlay::{Message, Outcome, Overlay};
use crate::tui::screen::{Filled, News, ScreenId, Step, View};
use crate::tui::screens::chart::Chart;
use crate::tui::screens::form::FormScreen;
use crate::tui::screens::groups::GroupsScreen;
use crate::tui::screens::house::board::BoardScreen;
use crate::tui::screens::house::look_alikes::LookAlikesScreen;
use crate::tui::screens::house::retention::RetentionScreen;
use crate::tui::screens::house::watch::WatchScreen;
use crate::tui::screens::phrases::PhrasesScreen;
use crate::tui::screens::staff::StaffScreen;
use crate::tui::screens::week::WeekScreen;
use crate::tui::screens::words;

/// An edit is handed to the service this soon: a little under the second that is promised.
pub(super) const AUTOSAVE_MS: u64 = 900;

impl App {
    /// What became of the overlay on top.
    pub(super) fn outcome(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Stay => {}
            Outcome::With(steps) => {
                let owner = self.sitting.overlays.last().map_or(self.screens.top_id(), |over| over.owner);
                self.take(owner, steps);
            }
            Outcome::Close => self.close_overlay(),
            Outcome::Take(steps) => {
                self.sitting.overlays.pop();
                self.put_away_what_is_read();
                self.take(self.screens.top_id(), steps);
            }
            Outcome::Answer(steps) => self.answered_with(steps),
            Outcome::Field(at, key) => self.chosen(at, &key),
        }
    }

    /// A choice was made for a field of the form below, in a window or on the screen.
    fn chosen(&mut self, at: usize, key: &str) {
        let Some(over) = self.sitting.overlays.pop() else { return };
        if let Some(question) = self.sitting.overlays.last_mut().and_then(|over| over.overlay.question()) {
            return question.chosen(at, key, &self.cx);
        }
        let form = self.screens.by_id(over.owner).and_then(View::filled_mut).and_then(Filled::fields);
        if let Some(form) = form {
            form.choose(at, key);
            if form.goes_to_missing() {
                form.go_on();
            }
        }
    }

    /// Closes the overlay on top without an answer.
    pub(super) fn close_overlay(&mut self) {
        let Some(mut over) = self.sitting.overlays.pop() else { return };
        if let Some(question) = over.overlay.question() {
            let steps = question.take_unanswered();
            self.take(over.owner, steps);
        }
    }

    /// Takes steps in order; `owner` is the screen they come from.
    pub(super) fn take(&mut self, owner: ScreenId, steps: Vec<Step>) {
        for step in steps {
            match step {
                Step::Ask(command) => {
                    if matches!(command, Command::Turn(_)) {
                        // While the screen is turned nothing of the desk is saved.
                        self.save_drafts();
                    }
                    self.ask(owner, command);
                }
                Step::Say(text) => self.say(text),
                Step::DraftKept { client, name } => {
                    self.say(format!("Draft for {name} kept."));
                    self.sitting.left = Some((client, name));
                }
                Step::Warn(text) => self.warn(text),
                Step::Over(overlay) => self.put_over(overlay, owner),
                Step::CloseOverlay => self.close_overlay(),
                Step::Push(screen) => self.push(screen),
                Step::Replace(screen) => {
                    self.leave_top();
                    self.screens.replace(screen);
                    self.began();
                }
                Step::Close => self.close_top(),
                Step::OpenChart { client, room, opening } => self.open_chart(client, room, opening),
                Step::Hop { client, duty, number } => {
                    self.sitting.line.leads_to(client);
                    self.hop(client, duty, number);
                }
                Step::Day(date, client, number) => self.show_day(date, client, number),
                Step::Tell(tell) => {
                    let cx = &self.cx;
                    let steps = self.screens.by_id(owner).map(|screen| tell.run(screen, cx));
                    self.take(owner, steps.unwrap_or_default());
                }
                Step::Run(action) => self.act(action),
                Step::AtHome(action) => self.run_at_home(action),
                Step::Set(setting) => self.set_at_home(setting),
                Step::Page(page, said) => self.go_to_page(page, said),
                Step::Leaf(scope, said) => self.go_to_leaf(scope, said),
                Step::Type(text) => self.text(&text),
                Step::Unsaved => {
                    self.sitting.line.changes();
                    if !self.sitting.autosave {
                        self.sitting.autosave = true;
                        self.set_alarm(Alarm::Autosave, AUTOSAVE_MS);
                    }
                }
                Step::Refresh => self.sitting.stale = true,
                Step::RefreshNow => self.refresh(),
                Step::Absent(staff, absence) => {
                    self.cx.absences.insert(staff, absence);
                }
                Step::Clip(clip) => self.cx.clip = clip,
                Step::Keymap(name) => {
                    self.use_keymap(&name);
                }
                Step::Suggest(word) => self.suggest(owner, word),
                Step::IgnoreWord(word) => self.cx.spelling.ignore(&word),
                Step::Mine(settings) => {
                    if let Some(session) = &mut self.cx.signed_in {
                        session.staff.settings = settings;
                    }
                }
                Step::Theme(name) => self.cx.theme = self.cx.theme.with_name(name),
                Step::Lock => self.lock(false),
            }
        }
    }

    pub(super) fn push(&mut self, screen: Box<dyn View>) {
        let screen = self.with_typed(screen);
        self.screens.push(screen);
        self.began();
    }

    /// Takes the first steps of the screen that was just put on top.
    pub(super) fn began(&mut self) {
        let id = self.screens.top_id();
        let steps = self.screens.top_mut().begin(&self.cx);
        self.take(id, steps);
    }

    pub(super) fn leave_top(&mut self) {
        let id = self.screens.top_id();
        let steps = self.screens.top_mut().leave(&self.cx);
        self.take(id, steps);
    }

    fn close_top(&mut self) {
        if self.screens.is_last() {
            return;
        }
        self.leave_top();
        let left = super::hop::place_of(self.screens.top()).chart;
        self.screens.pop();
        if let Some(client) = left {
            self.tell_all(&News::Left(client));
        }
        if self.sitting.stale && self.screens.is_last() {
            self.refresh();
        }
        let id = self.screens.top_id();
        let steps = self.screens.top_mut().hears(&News::OnTop, &self.cx);
        self.take(id, steps);
    }

    /// Opens a chart over the list. What is open above the list is left; a form with typed text is not.
    pub(super) fn open_chart(&mut self, client: ClientId, room: RoomName, opening: Opening) {
        if self.must_stay() {
            return;
        }
        self.close_above_list();
        self.close_chart_of(client);
        self.push(Box::new(Chart::new(client, room, opening)));
    }

    /// What the program does where no screen has its own act for it.
    pub(super) fn by_itself(&mut self, action: Action) -> Option<Vec<Step>> {
        self.cx.signed_in.as_ref()?;
        let steps = match action {
            Action::Undo => vec![Step::Ask(Command::Undo)],
            Action::Redo => vec![Step::Ask(Command::Redo)],
            Action::SaveNow => self.save_now(),
            Action::NextUnfinished => self.next_unfinished(),
            Action::WorkList => self.work_list(),
            Action::SignSeveral => self.sign_several(),
            Action::TellDanger => self.by_nobody(self.tell_danger()),
            Action::NewTask => self.by_nobody(self.new_task()),
            Action::PlanSession => self.by_nobody(self.plan_session()),
            Action::PlanNext => self.by_nobody(self.plan_next()),
            Action::Staff => {
                vec![Step::Push(Box::new(StaffScreen::default()))]
            }
            Action::Veil => self.veil(),
            Action::BackUp => vec![self.back_up()],
            Action::HowTo => vec![Step::Over(Overlay::Message(how_to(&self.cx)))],
            Action::SetPin => vec![Step::Push(Box::new(FormScreen::pin(&self.cx)))],
            Action::Supervision => vec![Step::Push(Box::new(WatchScreen::default()))],
            Action::Retention => vec![Step::Push(Box::new(RetentionScreen::default()))],
            Action::LookAlikes => vec![Step::Push(Box::new(LookAlikesScreen::default()))],
            Action::Week => {
                let day = self.screens.top().day(&self.cx).unwrap_or(self.cx.today());
                vec![Step::Push(Box::new(WeekScreen::of(day, &self.cx)))]
            }
            Action::Groups => vec![Step::Push(Box::new(GroupsScreen::default()))],
            Action::CoverBoard => vec![Step::Push(Box::new(BoardScreen::default()))],
            Action::AgencyRecord => vec![Step::Ask(Command::House(HouseAsk::AgencyRecord))],
            Action::Mismatches => vec![Step::Ask(Command::House(HouseAsk::Mismatches))],
            Action::AgencyRules => vec![Step::Ask(Command::House(HouseAsk::Rules))],
            Action::Phrases => {
                vec![Step::Push(Box::new(PhrasesScreen::default()))]
            }
            Action::Words => self.by_nobody(words::list(&self.cx)),
            Action::ChangePassphrase => {
                vec![Step::Push(Box::new(FormScreen::passphrase(false)))]
            }
            Action::RegisterPerson => {
                vec![Step::Push(Box::new(FormScreen::register()))]
            }
            _ => return None,
        };
        Some(steps)
    }

    /// Opens what belongs to no screen, so that none takes the answer for one of its own.
    fn by_nobody(&mut self, step: Step) -> Vec<Step> {
        self.take(desk::NOBODY, vec![step]);
        Vec::new()
    }

    /// Initials instead of names, or names again.
    fn veil(&mut self) -> Vec<Step> {
        self.cx.veil = !self.cx.veil;
        self.sitting.line.hush();
        let me = self.cx.signed_in.as_ref().map(|session| session.staff.id);
        self.hid_names = me.filter(|_| self.cx.veil);
        let key =
            self.cx.keymap.keys_for(Action::Veil, &self.scopes()).into_iter().next().unwrap_or_default();
        let words = if self.cx.veil {
            format!("Lists show initials. {key} shows names again.")
        } else {
            format!("Lists show names. {key} hides them again.")
        };
        vec![Step::Say(words)]
    }

    fn save_now(&mut self) -> Vec<Step> {
        if !self.save_drafts() {
            match self.sitting.saved {
                Some(at) => self.say(format!("Saved {}:{:02}.", at.time, at.second)),
                None => self.say("Everything is saved."),
            }
        }
        Vec::new()
    }

    /// Hands every unsaved draft to the service; says whether there was one.
    pub(super) fn save_drafts(&mut self) -> bool {
        let unsaved = self.unsaved();
        let any = !unsaved.is_empty();
        for (owner, save) in unsaved {
            let draft = (save.client, save.number);
            if self.sitting.waiting.values().any(|waiting| waiting.saves == Some((draft, false))) {
                // A slow disk is not given the same text twice: it is asked again when it has answered.
                self.take(desk::NOBODY, vec![Step::Unsaved]);
            } else {
                self.ask(owner.unwrap_or(desk::NOBODY), DocAsk::Save(save).into());
            }
        }
        any
    }

    /// Shows a text over the screen.
    pub(super) fn show(&mut self, title: &str, lines: Vec<String>) {
        self.over(Overlay::Message(Message::new(title, lines).keyed(&self.cx)));
    }
}

/// What people look for in the program and find elsewhere: backups, larger letters, paper.
fn how_to(cx: &Cx) -> Message {
    let last = match cx.signed_in.as_ref().map(|session| session.people.last_backup) {
        Some(LastBackup::Never) => "There is no backup yet.".to_owned(),
        Some(LastBackup::Days(days)) => format!("The last backup is {} old.", counted(days, "day", "days")),
        Some(LastBackup::NotNeeded) | None if cx.is_demo() => {
            "This is invented data, which needs no backup.".to_owned()
        }
        Some(LastBackup::NotNeeded) | None => "Nobody knows here how old the last backup is.".to_owned(),
    };
    let lines = [
        &format!(
            "Backup: {last} An admin makes one with [key:palette] \"back up\"; in a terminal, \"concord backup FOLDER\" does. Concord can stay open."
        ),
        "",
        "Restore: in a terminal, \"concord restore FILE --store FOLDER\" makes a store of a backup, in a folder where none is.",
        "",
        "Verify: \"concord verify\" reads the whole store again, \"concord verify FILE\" a backup.",
        "",
        "Import, with Concord closed: \"concord import csv FILE --login YOU\" from a spreadsheet (saved as CSV), \"concord import fhir FOLDER --login YOU\" from another system. Add \"--dry-run\" to try it first.",
        "",
        "Larger letters: the terminal draws the letters. Most terminals make them larger with Ctrl-Plus and smaller with Ctrl-Minus.",
        "",
        "Paper: the plan (page [key:room-plan] of a chart) and each signed note become a page with [key:make-page], as a PDF, as text, or on the printer.",
        "",
        "Not built yet: consents and releases of information, billing.",
    ];
    Message::new(
        "Backups, import, larger letters, what is not built yet",
        lines.map(|line| cx.keyed(line)).to_vec(),
    )
}
