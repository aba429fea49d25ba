//! Today, and any other day: its sessions with what became of them, and the tasks due.
//!
//! Owns which day is shown and the highlight. What became of a session is the service's to write.

use super::{Opens, Purpose};
use crate::domain::{CancelledBy, ClientId, Date, Moment, Number, Outreach, Session, SessionState};
use crate::packs;
use crate::rules::when::Lean;
use crate::service::api::{Command, DayLine, DayView, DaysAsk, DueItem, Kept, Mark, Owed};
use crate::service::fault::Fault;
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::overlay::{Given, Item, Overlay, Picker, Prompt, Then};
use crate::tui::screen::Step;
use crate::tui::screens::Purpose as Wanted;
use crate::tui::screens::chart::asking::{Asking, Wrong};
use crate::tui::screens::chart::{Opening, RoomName};
use crate::tui::screens::days;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;

/// What this leaf asks overlays for; each carries the session it is about as it was read.
#[derive(Clone, Debug)]
pub enum Ask {
    /// Which day to turn to.
    Day,
    /// What became of it.
    State(ClientId, Number, u32),
    /// Who called it off, and why.
    Cancel(ClientId, Number, u32),
    /// How it was tried to reach them.
    Reach(ClientId, Number, u32),
    /// Why it needs no note.
    NoNote(ClientId, Number),
}

/// A day and its highlight.
#[derive(Debug, Default)]
pub struct Today {
    /// The day that is shown; `None` = today, whatever day that is by now.
    date: Option<Date>,
    pub(super) all: bool,
    pub(super) view: Option<Box<DayView>>,
    pub(super) cursor: Cursor,
    /// The session that is to be highlighted when the day is here; number 0: any of this client.
    wanted: Option<(ClientId, Number)>,
    /// The session that was just planned or moved: it is highlighted if it is on the day that comes next.
    written: Option<(ClientId, Number)>,
    asking: Asking,
}

/// A line that can be highlighted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Row<'a> {
    Session(&'a DayLine),
    Task(&'a DueItem),
}

impl Today {
    /// The day that is shown.
    pub(super) fn day(&self, cx: &Cx) -> Date {
        self.date.unwrap_or(cx.today())
    }

    /// With this client highlighted when the day is here.
    pub(super) fn at(client: Option<ClientId>) -> Self {
        Self { wanted: client.map(|client| (client, 0)), ..Self::default() }
    }

    /// What is shown afresh.
    pub(super) fn ask(&self, cx: &Cx) -> Vec<Step> {
        vec![Step::Ask(DaysAsk::Day { date: self.day(cx), all: self.all }.into())]
    }

    /// Turns to a day, and to a session on it.
    pub(super) fn turn(&mut self, date: Date, wanted: Option<(ClientId, Number)>, cx: &Cx) -> Vec<Step> {
        self.date = (date != cx.today()).then_some(date);
        self.wanted = wanted;
        self.cursor = Cursor::default();
        self.ask(cx)
    }

    /// A session was planned or moved from anywhere.
    pub(super) fn wrote(&mut self, session: (ClientId, Number)) {
        self.written = Some(session);
    }

    /// The day came.
    pub(super) fn came(&mut self, view: &DayView, cx: &Cx) {
        if view.date != self.day(cx) {
            return;
        }
        let here = self.wanted.take().or_else(|| self.here().map(key_of));
        self.view = Some(Box::new(view.clone()));
        let written = self.written.take();
        let written = written.and_then(|one| self.rows().iter().position(|row| key_of(*row) == one));
        let same = here.and_then(|here| {
            let any = |row: &Row<'_>| here.1 == 0 && key_of(*row).0 == here.0;
            self.rows().iter().position(|row| key_of(*row) == here || any(row))
        });
        let fresh = || self.rows().iter().position(|row| matches!(row, Row::Session(line) if !line.ended));
        self.cursor.at = written.or(same).or_else(fresh).unwrap_or(self.cursor.at);
        self.cursor.clamp(self.rows().len());
    }

    pub(super) fn rows(&self) -> Vec<Row<'_>> {
        let Some(view) = &self.view else { return Vec::new() };
        view.lines.iter().map(Row::Session).chain(view.tasks.iter().map(Row::Task)).collect()
    }

    pub(super) fn here(&self) -> Option<Row<'_>> {
        self.rows().get(self.cursor.at).copied()
    }

    fn line(&self) -> Option<&DayLine> {
        match self.here()? {
            Row::Session(line) => Some(line),
            Row::Task(_) => None,
        }
    }

    pub(super) fn subject(&self) -> Option<ClientId> {
        match self.here()? {
            Row::Session(line) => Some(line.session.value.client),
            Row::Task(item) => item.client,
        }
    }

    /// Whether an act has something to act on.
    pub(super) fn offers(&self, action: Action) -> bool {
        let state = self.line().map(|line| &line.session.value.state);
        match action {
            Action::SessionArrived
            | Action::SessionHeld
            | Action::SessionMissed
            | Action::SessionCancelled => state.is_some(),
            Action::MoveSession => self.here().is_some(),
            Action::RecordOutreach => {
                matches!(state, Some(SessionState::Missed | SessionState::Cancelled { .. }))
            }
            Action::NoNoteNeeded => matches!(state, Some(SessionState::Held)),
            Action::FinishTask => matches!(self.here(), Some(Row::Task(_))),
            _ => true,
        }
    }

    /// How many lines there are.
    pub(super) fn lines(&self) -> usize {
        self.rows().len()
    }

    pub(super) fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        if self.cursor.act(action, self.rows().len(), cx.page()) {
            return Vec::new();
        }
        match action {
            Action::PrevDay => return self.turn(self.day(cx).plus_days(-1), None, cx),
            Action::NextDay => return self.turn(self.day(cx).plus_days(1), None, cx),
            Action::OtherDay => return vec![other_day(self.day(cx))],
            Action::SwitchMineAll => {
                self.all = !self.all;
                return self.ask(cx);
            }
            _ => {}
        }
        match self.here() {
            Some(Row::Session(line)) => on_session(action, line, cx),
            Some(Row::Task(item)) => super::due::on_task(action, item, cx),
            None => vec![Step::Say("There is nothing on this day yet.".to_owned())],
        }
    }

    /// What an overlay was answered with.
    pub(super) fn answered(&mut self, ask: Ask, given: Given, cx: &Cx) -> Vec<Step> {
        match (ask, given) {
            (Ask::Day, Given::Filled(form)) => match form.date("day", cx.today()) {
                Some(date) => self.turn(date, None, cx),
                None => vec![Step::Warn("That is no day.".to_owned())],
            },
            (Ask::State(client, number, rev), Given::Picked(keys)) => {
                let picked = keys.first().map(String::as_str).unwrap_or_default();
                let mark = |state| vec![marked(client, number, rev, state, false)];
                match picked {
                    "arrived" => mark(SessionState::Arrived { at: Moment::default() }),
                    "held" => mark(SessionState::Held),
                    "missed" => mark(SessionState::Missed),
                    "planned" => mark(SessionState::Planned),
                    "cancelled" => self.line().map(|line| cancel(&line.session)).into_iter().collect(),
                    "move" => {
                        self.line().map(|line| days::session(line.session.clone(), cx)).into_iter().collect()
                    }
                    "outreach" => self.line().map(reach).into_iter().collect(),
                    _ => Vec::new(),
                }
            }
            (ask, Given::Filled(form)) => self.filled(ask, *form),
            _ => Vec::new(),
        }
    }

    fn filled(&mut self, ask: Ask, form: Form) -> Vec<Step> {
        let (title, read): (&str, Result<Command, Wrong>) = match &ask {
            Ask::Cancel(client, number, rev) => {
                let by = CancelledBy::ALL.into_iter().find(|by| by.word() == form.chosen("by"));
                let state = by.map(|by| SessionState::Cancelled {
                    by,
                    at: Moment::default(),
                    reason: form.typed("reason"),
                });
                let command = state.map(|state| {
                    let following = form.yes("following");
                    let (client, number, rev) = (*client, *number, *rev);
                    DaysAsk::Mark(Mark { client, number, rev, state, following }).into()
                });
                ("Called off", command.ok_or_else(|| Wrong::new("by", "Choose who called it off.")))
            }
            Ask::Reach(client, number, rev) => {
                let outreach = Outreach {
                    at: Moment::default(),
                    on: Date::default(),
                    by: crate::domain::StaffId::default(),
                    how: form.chosen("how").to_owned(),
                    reached: form.yes("reached"),
                    words: form.typed("words"),
                };
                let outreach = Box::new(outreach);
                (
                    "Outreach",
                    Ok(DaysAsk::Reach { client: *client, number: *number, rev: *rev, outreach }.into()),
                )
            }
            Ask::NoNote(client, number) => {
                let reason = form.typed("reason");
                ("No note needed", Ok(DaysAsk::NoNote { client: *client, number: *number, reason }.into()))
            }
            Ask::Day | Ask::State(..) => return Vec::new(),
        };
        let then = Then::Screen(Wanted::Home(Purpose::Today(ask)));
        self.asking.send(Prompt { title: title.to_owned(), lines: Vec::new(), form, then }, read)
    }

    pub(super) fn done(&mut self) {
        self.asking.done();
    }

    pub(super) fn failed(&mut self, fault: &Fault) -> Vec<Step> {
        self.asking.failed(fault)
    }
}

/// What stays the same when the day comes afresh.
fn key_of(row: Row<'_>) -> (ClientId, Number) {
    match row {
        Row::Session(line) => (line.session.value.client, line.session.value.number),
        Row::Task(item) => match &item.owed {
            // Tasks have no number: their id stands in for a client's.
            Owed::Task(kept) => (ClientId(kept.value.id.0), 0),
            _ => (ClientId::default(), 0),
        },
    }
}

/// What a key does to the highlighted session.
fn on_session(action: Action, line: &DayLine, cx: &Cx) -> Vec<Step> {
    let session = &line.session.value;
    let (client, number, rev) = (session.client, session.number, line.session.rev);
    let mark = |state| vec![marked(client, number, rev, state, false)];
    match action {
        Action::Open if line.may_read => Opens::chart(client, RoomName::Overview, Opening::Chart),
        Action::Open => vec![what_became(line, cx)],
        Action::NewNote if line.may_read => Opens::chart(client, RoomName::Notes, Opening::NoteOf(number)),
        Action::NewNote => vec![Step::Warn("Your roles show times here, not charts.".to_owned())],
        Action::SessionArrived => match line.arrived {
            // The time somebody came is not written over in passing.
            Some(time) => vec![Step::Say(format!("{} arrived at {time} already.", cx.listed(&line.name)))],
            None => mark(SessionState::Arrived { at: Moment::default() }),
        },
        Action::SessionHeld => mark(SessionState::Held),
        Action::SessionMissed => mark(SessionState::Missed),
        Action::SessionCancelled => vec![cancel(&line.session)],
        Action::MoveSession => vec![days::session(line.session.clone(), cx)],
        Action::RecordOutreach => match session.state {
            SessionState::Missed | SessionState::Cancelled { .. } => vec![reach(line)],
            _ => vec![Step::Say("Outreach belongs to a session that was missed or called off.".to_owned())],
        },
        Action::NoNoteNeeded if session.state == SessionState::Held => vec![no_note(client, number)],
        Action::NoNoteNeeded => vec![Step::Say("No note is owed of it.".to_owned())],
        _ => Vec::new(),
    }
}

fn marked(client: ClientId, number: Number, rev: u32, state: SessionState, following: bool) -> Step {
    Step::Ask(DaysAsk::Mark(Mark { client, number, rev, state, following }).into())
}

/// The question what became of a session, the likeliest answer highlighted.
pub(super) fn what_became(line: &DayLine, cx: &Cx) -> Step {
    let session = &line.session.value;
    let mut items = vec![
        Item::new("arrived", "Arrived", "is here"),
        Item::new("held", "Held", "it took place"),
        Item::new("missed", "Missed", "nobody came, no word"),
        Item::new("cancelled", "Cancelled", "somebody called it off"),
        Item::new("move", "Move or change", "another day or time"),
    ];
    items.retain(|item| item.key != "held" || line.may_hold);
    items.retain(|item| item.key != "arrived" || line.arrived.is_none());
    if !matches!(session.state, SessionState::Planned) {
        items.push(Item::new("planned", "Take it back", "still to come, or not yet said"));
    }
    if matches!(session.state, SessionState::Missed | SessionState::Cancelled { .. }) {
        items.push(Item::new("outreach", "Outreach", "you tried to reach them"));
    }
    let likely = if line.ended && line.may_hold { "held" } else { "arrived" };
    let ask = Ask::State(session.client, session.number, line.session.rev);
    let then = Then::Screen(Wanted::Home(Purpose::Today(ask)));
    let title = format!("{}, {}", cx.listed(&line.name), session.start);
    Step::Over(Overlay::Picker(Picker::one(&title, items, then).at(likely)))
}

fn cancel(kept: &Kept<Session>) -> Step {
    let session = &kept.value;
    let by: Vec<Item> = CancelledBy::ALL.iter().map(|by| Item::new(by.word(), by.word(), "")).collect();
    let mut fields = vec![
        Field::choice("by", "By", by, CancelledBy::Client.word()).required(),
        Field::text("reason", "Why", "").hint("as they said it; may be left empty"),
    ];
    if session.series > 0 {
        fields.push(Field::yes_no("following", "The later ones too", false));
    }
    prompt(
        "Called off",
        Form::new("Call it off", fields),
        Ask::Cancel(session.client, session.number, kept.rev),
    )
}

fn reach(line: &DayLine) -> Step {
    let how: Vec<Item> =
        packs::lists().outreach.iter().map(|word| Item::new(word.clone(), word.clone(), "")).collect();
    let first = packs::lists().outreach.first().cloned().unwrap_or_default();
    let mut fields = vec![
        Field::choice("how", "How", how, &first).required(),
        Field::yes_no("reached", "Reached them", false),
    ];
    // Words about a client belong to those who may read the chart.
    if line.may_read {
        fields.push(Field::text("words", "What was said", "").hint("risk, next step; may be left empty"));
    }
    let session = &line.session.value;
    prompt(
        "Outreach",
        Form::new("Write it down", fields),
        Ask::Reach(session.client, session.number, line.session.rev),
    )
}

fn no_note(client: ClientId, number: Number) -> Step {
    let fields = vec![Field::text("reason", "Why", "").required()];
    prompt("No note needed", Form::new("Write it down", fields), Ask::NoNote(client, number))
}

fn other_day(date: Date) -> Step {
    let fields =
        vec![Field::date("day", "Day", Some(date), Lean::Future).hint("T, T-1, mon, 2026-12-04").required()];
    let mut form = Form::new("Turn to it", fields);
    // The day that is shown is typed over at once.
    if let Some(line) = form.fields.first_mut().and_then(Field::line_mut) {
        line.set("");
    }
    prompt("Another day", form, Ask::Day)
}

fn prompt(title: &str, form: Form, ask: Ask) -> Step {
    let then = Then::Screen(Wanted::Home(Purpose::Today(ask)));
    Step::Over(Overlay::Prompt(Prompt { title: title.to_owned(), lines: Vec::new(), form, then }))
}
