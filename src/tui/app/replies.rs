//! What the service answered, and whom it is for.

use super::hop::place_of;
use super::{App, Waiting, said};
use crate::domain::{Birth, ClientId};
use crate::service::api::{Answer, ChartView, Colleagues, Done, HouseAnswer, OwedLine, Person, Reply};
use crate::service::fault::{Fault, FaultKind};
use crate::tui::action::Action;
use crate::tui::facts::birth_typed;
use crate::tui::message::Made;
use crate::tui::screen::{Filled, News, ScreenId, Step};
use std::sync::Arc;

impl App {
    pub(super) fn reply(&mut self, reply: Reply) {
        let waiting = self.sitting.waiting.remove(&reply.ticket);
        if waiting.is_some_and(|waiting| waiting.tells)
            && let Ok(answer) = &reply.result
        {
            self.sitting.line.answer_comes(said::whose(answer));
        }
        self.take_in(reply, waiting);
        self.sitting.line.answered();
    }

    fn take_in(&mut self, reply: Reply, waiting: Option<Waiting>) {
        let owner = waiting.map(|waiting| waiting.owner);
        let saves = waiting.and_then(|waiting| waiting.saves);
        let stale = reply.epoch != self.epoch;
        if let Some(owed) = reply.owed.filter(|_| !stale) {
            self.owe(owed);
        }
        match reply.result {
            Ok(Answer::Locked { fault }) => self.locked(fault),
            Ok(Answer::Leaves(allowed)) if stale => {
                let made = Err("Concord was locked before the page was made.".to_owned());
                self.made(Made { pass: allowed.pass(), made });
            }
            Ok(Answer::BacksUp(ticket)) if stale => self.backs_up(*ticket),
            // Asked before a lock: nobody may see what it says now; whether it was written is for its owner.
            result if stale => self.after_lock.came(reply.ticket, &result),
            Ok(Answer::SignedIn(session)) => self.signed_in(*session),
            Ok(Answer::Leaves(allowed)) => self.leaves((reply.ticket, owner), allowed),
            Ok(Answer::BacksUp(ticket)) => {
                self.question_done(reply.ticket);
                self.backs_up(*ticket);
            }
            Ok(answer) => {
                self.question_done(reply.ticket);
                if let (Answer::Done(_), Some((draft, true))) = (&answer, saves) {
                    self.sitting.adrift.let_go(draft);
                }
                let day = match &answer {
                    Answer::Done(done) if waiting.is_some_and(|waiting| waiting.day) => Some(done.clone()),
                    _ => None,
                };
                self.answer(owner, answer);
                if let Some(done) = day {
                    self.day_written(&done);
                }
            }
            Err(fault) => {
                let fault = fault.worded(|words| self.cx.keyed(words));
                self.not_kept(reply.ticket);
                let said = saves.is_some_and(|(draft, leaving)| self.save_refused(draft, leaving, &fault));
                let inside = self.question_refused(reply.ticket, &fault);
                if !said {
                    self.refused(owner, inside, &fault);
                }
            }
        }
    }

    fn house_answered(&mut self, answer: &HouseAnswer) {
        match answer {
            HouseAnswer::Rules { front, settings, draft, .. } => {
                self.cx.front.front = front.as_ref().clone();
                if let Some(session) = &mut self.cx.signed_in {
                    session.settings = settings.as_ref().clone();
                    session.rules = draft.rules.clone();
                }
                self.touched();
            }
            HouseAnswer::AgencyRecord(lines) => self.show("What was done in the agency", lines.clone()),
            HouseAnswer::Mismatches(view) => self.mismatches_came(view),
            _ => {}
        }
    }

    fn answer(&mut self, owner: Option<ScreenId>, mut answer: Answer) {
        if let Answer::Draft(view) = &mut answer
            && owner.is_some_and(|owner| self.screens.by_id(owner).is_some())
        {
            self.with_held_text(view);
        }
        let answer = &answer;
        match answer {
            Answer::People(list) => {
                if let Some(session) = &mut self.cx.signed_in {
                    session.people = list.clone();
                }
                self.recount();
                self.tell_all(&News::People);
                self.set_recheck();
                self.bottom_afresh();
            }
            Answer::Done(done) => {
                self.say_done(done);
                if let Some(chart) = &done.chart {
                    self.chart_changed(chart);
                }
            }
            Answer::House(house) => self.house_answered(house),
            Answer::Writing(view) => {
                if let Some(session) = &mut self.cx.signed_in {
                    session.phrases = Arc::clone(&view.phrases);
                    session.settings = view.settings.clone();
                }
                self.say(view.said.clone());
            }
            Answer::Staff { rows, said, undoable } => {
                if let Some(session) = &mut self.cx.signed_in {
                    session.colleagues = Colleagues::of(rows.iter().map(|row| &row.staff.value));
                }
                self.say_undoable(said, *undoable);
            }
            Answer::Hours(hours) => self.cx.hours = Some(hours.clone()),
            Answer::Founded { front, .. } => self.cx.front = front.as_ref().clone(),
            Answer::Pin { set, said } => {
                if let Some(session) = &mut self.cx.signed_in {
                    session.pin = *set;
                }
                self.say(said.clone());
            }
            Answer::Chart(chart) => self.chart_came(chart),
            Answer::Draft(draft) => {
                self.chart_came(&draft.chart);
                self.want_speller();
            }
            Answer::Document(note) => {
                if let Some(chart) = &note.chart {
                    self.chart_came(chart);
                }
            }
            Answer::Words { mine, agency, said } => self.words_changed(mine, agency, said),
            Answer::DraftSaved { client, number, edits, at } => {
                self.draft_stored((*client, *number), *edits, *at);
            }
            _ => {}
        }
        if let Some(owner) = owner {
            self.hand_on(owner, answer);
        }
    }

    /// What was done, and how it is taken back.
    fn say_done(&mut self, done: &Done) {
        let said = self.cx.listed_in(&done.said, &done.name);
        self.say_undoable(&said, done.undoable);
    }

    /// Says this, and the key that takes it back if it can be.
    fn say_undoable(&mut self, said: &str, undoable: bool) {
        let undo = self.cx.keymap.keys_for(Action::Undo, &self.scopes()).into_iter().next();
        match undo.filter(|_| undoable) {
            Some(key) => self.say(format!("{said} {key} undoes it.")),
            None if !said.is_empty() => self.say(said),
            None => {}
        }
    }

    /// An answer goes to the screen that asked, and what it opened is told.
    fn hand_on(&mut self, owner: ScreenId, answer: &Answer) {
        let cx = &self.cx;
        let steps = self.screens.by_id(owner).map(|screen| screen.reply(answer, cx));
        self.take(owner, steps.unwrap_or_default());
        match answer {
            Answer::Chart(chart) => self.arrived(chart),
            Answer::Draft(draft) => {
                if draft.unsaved {
                    self.take(owner, vec![Step::Unsaved]);
                }
                self.arrived(&draft.chart);
            }
            Answer::Document(note) => {
                if let Some(chart) = &note.chart {
                    self.arrived(chart);
                }
            }
            _ => {}
        }
    }

    /// A chart is open: if another one was left with a draft, both are named, so that nobody writes into the wrong one.
    /// Somebody with namesakes is named with what tells them apart, once.
    fn arrived(&mut self, chart: &ChartView) {
        let client = &chart.client.value;
        self.sitting.line.arrives(client.id);
        let left = self.sitting.left.take().filter(|(before, _)| *before != client.id);
        let known = self.sitting.arrived.replace(client.id) == Some(client.id);
        let mut said: Vec<String> = Vec::new();
        if let Some((_, name)) = left {
            said.push(format!("Draft for {name} kept. Now: {}.", client.header_name()));
        }
        if !known && let Some(other) = chart.namesakes.first() {
            let told = |number: &str, birth| match birth {
                Birth::Unknown => format!("{number}, no birth date"),
                birth => format!("{number}, born {}", birth_typed(birth)),
            };
            let (this, theirs) = (told(&client.record_no, client.birth), told(&other.record_no, other.birth));
            let many = match chart.namesakes.len() {
                1 => "A namesake is here".to_owned(),
                many => format!("{many} namesakes are here, one of them"),
            };
            said.push(format!("{many}: {theirs}. This is {this}."));
        }
        if !said.is_empty() {
            self.say(said.join(" "));
        }
    }

    /// What this person owes, told with the answer that changed it.
    fn owe(&mut self, owed: Arc<[OwedLine]>) {
        let Some(session) = &mut self.cx.signed_in else { return };
        session.owed = owed;
        self.recount();
        self.tell_all(&News::Owed);
    }

    /// Tells every screen, and takes what they want done about it.
    pub(super) fn tell_all(&mut self, news: &News<'_>) {
        let ids: Vec<ScreenId> = self.screens.iter().map(|(id, _)| id).collect();
        for id in ids {
            let cx = &self.cx;
            let steps = self.screens.by_id(id).map(|screen| screen.hears(news, cx));
            self.take(id, steps.unwrap_or_default());
        }
    }

    pub(super) fn chart_changed(&mut self, chart: &ChartView) {
        self.chart_came(chart);
        self.sitting.stale = true;
        self.tell_all(&News::Chart(chart));
        self.set_recheck();
    }

    /// A chart as it is now: whoever shows it sees that.
    fn chart_came(&mut self, chart: &ChartView) {
        self.fresh_row(chart.line.as_ref().unwrap_or(&chart.person));
        let client = chart.client.value.id;
        if self.is_open(client) {
            self.cx.charts.insert(client, Box::new(chart.clone()));
        }
    }

    /// Charts that no screen shows any more are forgotten.
    pub(super) fn forget_charts(&mut self) {
        let mut charts = std::mem::take(&mut self.cx.charts);
        charts.retain(|client, _| self.is_open(*client));
        self.cx.charts = charts;
    }

    fn is_open(&self, client: ClientId) -> bool {
        self.screens.iter().any(|(_, screen)| place_of(screen).chart == Some(client))
    }

    /// Puts a fresh line in the place of the old one. The order stays: a list never re-sorts under the cursor.
    fn fresh_row(&mut self, fresh: &Person) {
        let Some(session) = &mut self.cx.signed_in else { return };
        let rows = &session.people.rows;
        let Some(at) = rows.iter().position(|row| row.summary.client == fresh.summary.client) else { return };
        // In its place: the list is this session's alone by now, and may be long.
        Arc::make_mut(&mut session.people.rows)[at] = fresh.clone();
        self.recount();
    }

    /// Says that it was refused. `inside`: the question it came from says so.
    fn refused(&mut self, owner: Option<ScreenId>, inside: bool, fault: &Fault) {
        if fault.kind == FaultKind::Locked && self.cx.signed_in.is_some() {
            self.lock(false);
        }
        let text = fault.to_string();
        let title = match fault.kind {
            FaultKind::User | FaultKind::Doubt | FaultKind::Denied | FaultKind::Locked => "Not done",
            FaultKind::Conflict => "Somebody changed it",
            FaultKind::Config => "Settings",
            FaultKind::Storage | FaultKind::Stuck => "The disk or the store refused",
            FaultKind::Internal => "A fault in the program",
        };
        let fits = crate::tui::text::width(&text) + 2 <= usize::from(self.cx.size.width);
        // Over a text that is being written an overlay would swallow the next keys.
        let writing = self.sitting.overlays.is_empty() && self.screens.top().unsaved().is_some();
        let own = owner
            .and_then(|owner| self.screens.by_id(owner))
            .and_then(|screen| screen.filled())
            .is_some_and(Filled::shows_faults);
        if inside || own {
            // It stands where it was asked.
        } else if fits || writing || self.cx.signed_in.is_none() {
            self.warn(text);
        } else {
            let lines = std::iter::once(fault.what.clone()).chain(fault.hints.iter().cloned()).collect();
            self.show(title, lines);
        }
        let Some(owner) = owner else { return };
        let cx = &self.cx;
        let steps = self.screens.by_id(owner).map(|screen| screen.failed(fault, cx));
        self.take(owner, steps.unwrap_or_default());
    }
}
