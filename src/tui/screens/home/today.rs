//! Today, and any other day: its sessions with what became of them, and the tasks due.
//!
//! Owns which day is shown and the highlight. What became of a session is the service's to write.

use super::became::{about, cancel, no_note, reach};
use super::{Home, Opens, today_view};
use crate::domain::{ClientId, ClockTime, Date, Moment, Number, Session, SessionState};
use crate::rules::when::Lean;
use crate::service::api::{DayLine, DayView, DaysAsk, GroupDay, Kept, Mark, OwedLine, ToldLine};
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::opening::{Opening, RoomName};
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::{Step, Tell};
use crate::tui::screens::groups::session::GroupSessionScreen;
use crate::tui::screens::{danger, days};
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};
use ratatui::layout::{Position, Rect};

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
}

/// A line that can be highlighted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Row<'a> {
    /// Danger that was passed on.
    Told(&'a ToldLine),
    Group(&'a GroupDay),
    Session(&'a DayLine),
    Task(&'a OwedLine),
}

impl Today {
    /// The day that is shown.
    pub(super) fn day(&self, cx: &Cx) -> Date {
        self.date.unwrap_or(cx.today())
    }

    /// Whether the day that is shown is today.
    pub(super) fn is_today(&self) -> bool {
        self.date.is_none()
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

    /// Its lines: danger that was passed on, sessions and groups in the order of their hours, then tasks.
    pub(super) fn rows(&self) -> Vec<Row<'_>> {
        let Some(view) = &self.view else { return Vec::new() };
        let groups = view.groups.iter().map(|line| (line.start, Row::Group(line)));
        let lines = view.lines.iter().map(|line| (line.session.value.start, Row::Session(line)));
        let mut timed: Vec<(ClockTime, Row<'_>)> = groups.chain(lines).collect();
        timed.sort_by_key(|(start, _)| *start);
        let timed = timed.into_iter().map(|(_, row)| row);
        view.told.iter().map(Row::Told).chain(timed).chain(view.tasks.iter().map(Row::Task)).collect()
    }

    pub(super) fn here(&self) -> Option<Row<'_>> {
        self.rows().get(self.cursor.at).copied()
    }

    /// Asks what became of the session that somebody is expected for today, and highlights it.
    pub(super) fn awaited(&mut self, client: ClientId, cx: &Cx) -> Option<Step> {
        let is_it = |row: &Row<'_>| match row {
            Row::Session(DayLine { session: Kept { value, .. }, ended, .. }) => {
                value.client == client && value.state == SessionState::Planned && !ended
            }
            Row::Told(_) | Row::Group(_) | Row::Task(_) => false,
        };
        let at = self.rows().iter().position(is_it).filter(|_| self.date.is_none())?;
        self.cursor.at = at;
        self.line().map(|line| what_became(line, true, cx))
    }

    fn line(&self) -> Option<&DayLine> {
        match self.here()? {
            Row::Session(line) => Some(line),
            Row::Told(_) | Row::Group(_) | Row::Task(_) => None,
        }
    }

    pub(super) fn subject(&self) -> Option<ClientId> {
        match self.here()? {
            Row::Session(line) => Some(line.session.value.client),
            Row::Told(line) => Some(line.client),
            Row::Group(_) => None,
            Row::Task(line) => Some(line.owed.client).filter(|client| *client != ClientId::default()),
        }
    }

    /// A click on a line; says whether it was highlighted already.
    pub(super) fn clicked(&mut self, at: Position, area: Rect) -> bool {
        let Some(row) = today_view::hit(self, at, area) else { return false };
        let again = self.cursor.at == row;
        self.cursor.at = row;
        again
    }

    /// Whether an act has something to act on.
    pub(super) fn offers(&self, action: Action) -> bool {
        let state = self.line().map(|line| &line.session.value.state);
        match action {
            Action::SessionArrived
            | Action::SessionHeld
            | Action::SessionMissed
            | Action::SessionCancelled => state.is_some(),
            Action::MoveSession => matches!(self.here(), Some(Row::Told(_) | Row::Session(_) | Row::Task(_))),
            Action::State => self.here().is_some(),
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

    /// The list of what this page can show. What is not shown now is highlighted.
    fn choose_shown(&self) -> Step {
        let items = vec![
            Item::new("mine", "Mine", "your own sessions").shown_now(!self.all),
            Item::new("all", "All", "everybody's sessions").shown_now(self.all),
            Item::new("day", "Another day", ""),
            Item::new("week", "A week", "seven days, yours or a colleague's"),
        ];
        let shown = self.all;
        Question::pick("What to show", items, move |picked, _| match picked {
            "day" => vec![Step::Run(Action::OtherDay)],
            "week" => vec![Step::Run(Action::Week)],
            _ if (picked == "all") != shown => vec![Step::Run(Action::SwitchMineAll)],
            _ => Vec::new(),
        })
        .at(if shown { "mine" } else { "all" })
        .open()
    }

    pub(super) fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        if self.cursor.act(action, self.rows().len(), cx.page()) {
            return Vec::new();
        }
        match action {
            Action::PrevDay => return self.turn(self.day(cx).plus_days(-1), None, cx),
            Action::NextDay => return self.turn(self.day(cx).plus_days(1), None, cx),
            Action::OtherDay => return vec![other_day(self.day(cx))],
            Action::ChooseShown => return vec![self.choose_shown()],
            Action::SwitchMineAll => {
                self.all = !self.all;
                return self.ask(cx);
            }
            _ => {}
        }
        match self.here() {
            Some(Row::Told(line)) => on_told(action, line, cx),
            Some(Row::Group(line)) => on_group(action, line, self.day(cx)),
            Some(Row::Session(line)) => on_session(action, line, cx),
            Some(Row::Task(item)) => super::due::on_task(action, item, cx),
            None => vec![Step::Say("No session is planned for this day.".to_owned())],
        }
    }
}

/// What stays the same when the day comes afresh.
fn key_of(row: Row<'_>) -> (ClientId, Number) {
    match row {
        // Told from a session of the same client by a number that no session has.
        Row::Told(line) => (line.client, Number::MAX - 1 - line.need),
        Row::Group(line) => (ClientId(line.group.0), Number::MAX),
        Row::Session(line) => (line.session.value.client, line.session.value.number),
        // Tasks have no number: their id stands in for a client's.
        Row::Task(line) => {
            (line.task.as_ref().map_or(ClientId::default(), |kept| ClientId(kept.value.id.0)), 0)
        }
    }
}

/// What a key does to danger that was passed on: it is read whole, and corrected.
fn on_told(action: Action, line: &ToldLine, cx: &Cx) -> Vec<Step> {
    match action {
        Action::Open | Action::State | Action::MoveSession => vec![danger::correct(line, cx)],
        _ => Vec::new(),
    }
}

/// What a key does to the highlighted group: its session is written.
fn on_group(action: Action, line: &GroupDay, date: Date) -> Vec<Step> {
    match action {
        Action::Open | Action::NewNote | Action::State => {
            vec![Step::Push(Box::new(GroupSessionScreen::of(line.group, date)))]
        }
        _ => Vec::new(),
    }
}

/// What a key does to the highlighted session.
fn on_session(action: Action, line: &DayLine, cx: &Cx) -> Vec<Step> {
    let session = &line.session.value;
    let (client, number) = (session.client, session.number);
    let mark = |state| marked(&line.session, state, false);
    match action {
        Action::Open if line.may_read => Opens::chart(client, RoomName::Overview, Opening::Chart),
        Action::Open | Action::State => vec![what_became(line, false, cx)],
        Action::NewNote if line.may_read => Opens::chart(client, RoomName::Notes, Opening::NoteOf(number)),
        Action::NewNote => {
            vec![Step::Warn("Your roles let you see the times here, not the charts.".to_owned())]
        }
        Action::SessionArrived => match line.arrived {
            // The time somebody came is not written over in passing.
            Some(time) => {
                vec![Step::Say(format!("{} is marked as arrived at {time} already.", cx.listed(&line.name)))]
            }
            None => mark(SessionState::Arrived { at: Moment::default() }),
        },
        Action::SessionHeld => mark(SessionState::Held),
        Action::SessionMissed => missed(line, cx),
        Action::SessionCancelled => vec![cancel(line, cx)],
        Action::MoveSession => vec![days::session(line.session.clone(), cx)],
        Action::RecordOutreach => match session.state {
            SessionState::Missed | SessionState::Cancelled { .. } => vec![reach(line.clone(), cx)],
            _ => vec![Step::Say(
                "You can write down outreach only for a session that was missed or called off.".to_owned(),
            )],
        },
        Action::NoNoteNeeded if session.state == SessionState::Held => vec![no_note(line, cx)],
        Action::NoNoteNeeded => vec![Step::Say("This session needs no note.".to_owned())],
        _ => Vec::new(),
    }
}

pub(super) fn asks(ask: DaysAsk) -> Vec<Step> {
    vec![Step::Ask(ask.into())]
}

pub(super) fn marked(kept: &Kept<Session>, state: SessionState, following: bool) -> Vec<Step> {
    let (client, number, rev) = (kept.value.client, kept.value.number, kept.rev);
    asks(DaysAsk::Mark(Mark { client, number, rev, state, following }))
}

/// Marks a session as missed. Where the person is marked as arrived, that is asked about first.
fn missed(line: &DayLine, cx: &Cx) -> Vec<Step> {
    let kept = line.session.clone();
    let Some(time) = line.arrived else { return marked(&kept, SessionState::Missed, false) };
    let lines = vec![format!("{} is marked as arrived at {time}.", cx.listed(&line.name))];
    let yes = "missed even so";
    vec![
        Question::confirm(about("Missed", line, cx), lines, yes, move |_| {
            marked(&kept, SessionState::Missed, false)
        })
        .open(),
    ]
}

/// The question what became of a session, the likeliest answer highlighted; `found`: it was reached by the person's name.
pub(super) fn what_became(line: &DayLine, found: bool, cx: &Cx) -> Step {
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
    if session.state == SessionState::Held && line.may_hold {
        items.push(Item::new("no-note", "No note needed", "say why"));
    }
    if found {
        items.push(Item::new("plan", "Plan another session", ""));
    }
    let likely = if line.ended && line.may_hold { "held" } else { "arrived" };
    let title = format!("{}, {}", cx.listed(&line.name), session.start);
    let line = line.clone();
    Question::pick(title, items, move |picked, cx| became(picked, &line, cx)).at(likely).open()
}

/// What an answer to [`what_became`] leads to.
fn became(picked: &str, line: &DayLine, cx: &Cx) -> Vec<Step> {
    let kept = &line.session;
    match picked {
        "arrived" => marked(kept, SessionState::Arrived { at: Moment::default() }, false),
        "held" => marked(kept, SessionState::Held, false),
        "missed" => missed(line, cx),
        "planned" => marked(kept, SessionState::Planned, false),
        "cancelled" => vec![cancel(line, cx)],
        "move" => vec![days::session(kept.clone(), cx)],
        "outreach" => vec![reach(line.clone(), cx)],
        "plan" => {
            let client = Some(kept.value.client);
            vec![days::session(days::new_session(client, cx.today(), cx), cx)]
        }
        "no-note" => vec![no_note(line, cx)],
        _ => Vec::new(),
    }
}

fn other_day(date: Date) -> Step {
    let fields =
        vec![Field::date("day", "Day", Some(date), Lean::Future).hint("T, T-1, mon, 2026-12-04").required()];
    let mut form = Form::new("Show the day", fields);
    // The day that is shown is typed over at once.
    if let Some(line) = form.fields.first_mut().and_then(Field::line_mut) {
        line.set("");
    }
    Question::form("Another day", form, |form, cx| {
        let date = form.date("day", cx.today()).ok_or_else(|| {
            Wrong::new("day", "\"Day\" is not a date. Type it like T+1, mon or 2026-04-12.")
        })?;
        Ok(vec![Tell::to(move |home: &mut Home, cx| home.today.turn(date, None, cx))])
    })
    .open()
}
