//! What the desk does when the screen is turned to a client, and when it is turned back. What happens in between is not its own.

use super::App;
use crate::service::api::{Ask, ChartView, Command, DraftSave, Epoch, Now, Ticket};
use crate::tui::message::{Alarm, Effect};
use crate::tui::screen::ScreenId;
use crate::tui::screens::chart::after_turn;
use crate::tui::theme::Theme;

impl App {
    /// How everything looks.
    pub(in crate::tui) fn theme(&self) -> &Theme {
        &self.cx.theme
    }

    /// The screen is turned away: the desk waits, and no alarm of its own rings.
    pub(in crate::tui) fn turned_away(&mut self, ticket: Ticket, epoch: Epoch, now: Now) -> Vec<Effect> {
        self.cx.now = now;
        self.sitting.waiting.remove(&ticket);
        self.question_done(ticket);
        self.epoch = epoch;
        (self.sitting.warned, self.sitting.autosave) = (false, false);
        self.sitting.line.hush();
        self.sitting.pending.clear();
        for alarm in [Alarm::IdleWarning, Alarm::Lock, Alarm::Autosave, Alarm::Recheck] {
            self.out.push(Effect::ClearAlarm(alarm));
        }
        std::mem::take(&mut self.out)
    }

    /// The screen is turned back: what may have changed meanwhile is asked for, and what the client marked is shown.
    pub(in crate::tui) fn turned_back(&mut self, epoch: Epoch, chart: &ChartView, now: Now) -> Vec<Effect> {
        self.cx.now = now;
        self.epoch = epoch;
        self.out.push(Effect::ClearAlarm(Alarm::Lock));
        self.touched();
        self.set_recheck();
        self.chart_changed(chart);
        self.refresh();
        self.say("The screen is turned back.");
        let top: ScreenId = self.screens.top_id();
        if chart.answers.is_some() {
            self.take(top, after_turn());
        }
        if !self.unsaved().is_empty() {
            self.take(top, vec![crate::tui::screen::Step::Unsaved]);
        }
        self.make_room_for_words();
        std::mem::take(&mut self.out)
    }

    /// An ask of the turned screen's.
    pub(in crate::tui) fn ask_for_turned(&mut self, command: Command) -> Ask {
        self.last_ticket += 1;
        Ask { ticket: self.last_ticket, epoch: self.epoch, command }
    }

    /// Locks while the screen is turned.
    pub(in crate::tui) fn lock_turned(&mut self, idle: bool, now: Now) -> Vec<Effect> {
        self.cx.now = now;
        self.lock(idle);
        self.make_room_for_words();
        std::mem::take(&mut self.out)
    }

    /// Holds text that no screen of the desk holds, until it is on disk.
    pub(in crate::tui) fn hold(&mut self, save: &DraftSave) {
        self.sitting.adrift.hold(save);
    }
}
