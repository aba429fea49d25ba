//! Seven days of sessions on one page: one's own, or a colleague's.
//!
//! Owns which week and whose, and the highlight. A day is asked for as *Today* asks for it, so that both show the same.

use crate::domain::{ClientId, ClockTime, Date, Number, SessionNote, SessionState, StaffId, counted};
use crate::rules::when;
use crate::service::api::{Answer, DayLine, DayView, DaysAsk, GroupDay, Place};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::{News, Step, Tell, View};
use crate::tui::screens::days;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::frame::Header;
use crate::tui::widgets::table::{fitted, marked};
use crate::tui::widgets::window;
use chrono::Datelike;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

const DAYS: usize = 7;

/// A week.
#[derive(Debug)]
pub struct WeekScreen {
    monday: Date,
    /// Whose sessions; `None` = everybody's whom this person sees.
    whose: Option<StaffId>,
    days: [Option<Box<DayView>>; DAYS],
    cursor: Cursor,
    /// The day that is highlighted as the days come, until the highlight is moved by hand.
    wanted: Option<Date>,
}

/// A row that can be highlighted: a day without sessions, or one of its sessions.
#[derive(Clone, Copy, Debug)]
struct Row<'a> {
    date: Date,
    what: Option<What<'a>>,
}

/// A session of a day, of one client or of a group.
#[derive(Clone, Copy, Debug)]
enum What<'a> {
    Session(&'a DayLine),
    Group(&'a GroupDay),
}

impl What<'_> {
    fn start(self) -> ClockTime {
        match self {
            Self::Session(line) => line.session.value.start,
            Self::Group(line) => line.start,
        }
    }

    /// The client and the number of their session; neither for a group.
    fn session(self) -> (ClientId, Number) {
        match self {
            Self::Session(line) => (line.session.value.client, line.session.value.number),
            Self::Group(_) => Default::default(),
        }
    }
}

impl WeekScreen {
    /// The week of a day, of the person who is signed in.
    pub fn of(day: Date, cx: &Cx) -> Self {
        let whose = if cx.names_only() { None } else { cx.me() };
        let monday = day.plus_days(-(day.naive().weekday().num_days_from_monday() as i32));
        Self { monday, whose, days: Default::default(), cursor: Cursor::default(), wanted: Some(day) }
    }

    fn ask(&self, cx: &Cx) -> Vec<Step> {
        let all = self.whose != cx.me();
        let day = |at| self.monday.plus_days(at);
        (0..DAYS as i32).map(|at| Step::Ask(DaysAsk::Day { date: day(at), all }.into())).collect()
    }

    fn turn(&mut self, weeks: i32, cx: &Cx) -> Vec<Step> {
        let days = weeks * DAYS as i32;
        self.wanted = self.here(cx).map(|row| row.date.plus_days(days));
        self.monday = self.monday.plus_days(days);
        self.days = Default::default();
        self.ask(cx)
    }

    /// The sessions of a day in the order of their hours. Groups are those this person leads, so a colleague's week has none.
    fn sessions(&self, at: usize, cx: &Cx) -> Vec<What<'_>> {
        let with_groups = self.whose.is_none() || self.whose == cx.me();
        let groups = self.days[at].iter().flat_map(|view| &view.groups).filter(|_| with_groups);
        let lines = self.days[at].iter().flat_map(|view| &view.lines);
        let theirs = |line: &&DayLine| {
            let session = &line.session.value;
            self.whose.is_none_or(|who| session.staff == who || session.others.contains(&who))
        };
        let mut all: Vec<What<'_>> =
            groups.map(What::Group).chain(lines.filter(theirs).map(What::Session)).collect();
        all.sort_by_key(|what| what.start());
        all
    }

    fn rows(&self, cx: &Cx) -> Vec<Row<'_>> {
        let mut rows = Vec::new();
        for at in 0..DAYS {
            let date = self.monday.plus_days(at as i32);
            let lines = self.sessions(at, cx);
            if lines.is_empty() {
                rows.push(Row { date, what: None });
            }
            rows.extend(lines.into_iter().map(|what| Row { date, what: Some(what) }));
        }
        rows
    }

    fn here(&self, cx: &Cx) -> Option<Row<'_>> {
        self.rows(cx).get(self.cursor.at).copied()
    }

    /// Whose week is shown.
    fn choose_whose(cx: &Cx) -> Step {
        let all = Item::new("all", "everybody", "whom you may see");
        let items = std::iter::once(all).chain(days::staff_items(None, cx)).collect();
        Question::pick("Whose week", items, |picked, cx| {
            let whose = days::staff_of(picked, cx);
            vec![Tell::to(move |week: &mut Self, cx| {
                week.whose = whose;
                week.turn(0, cx)
            })]
        })
        .open()
    }

    /// Lines with the row each belongs to: the first row of a day has the day before it.
    fn lines(&self, width: usize, cx: &Cx) -> Vec<(usize, Line<'static>)> {
        let (mut lines, mut last) = (Vec::new(), None);
        for (at, row) in self.rows(cx).into_iter().enumerate() {
            let day = if last == Some(row.date) {
                String::new()
            } else {
                row.date.naive().format("%a %-d %b").to_string()
            };
            last = Some(row.date);
            let role = if row.date == cx.today() { Role::Now } else { Role::Dim };
            let mut spans = vec![Span::styled(text::left(&day, 12, ""), cx.theme.style(role))];
            match row.what {
                Some(What::Session(line)) => spans.extend(session_words(line, self.whose.is_none(), cx)),
                Some(What::Group(line)) => spans.extend(group_words(line, cx)),
                None => spans.push(Span::styled(self.nothing(row.date), cx.theme.style(Role::Dim))),
            }
            let cells = width.saturating_sub(4);
            lines.push((at, marked(fitted(spans, cells, false, cx), self.cursor.at == at, width, cx)));
        }
        lines
    }

    /// What stands beside a day without sessions.
    fn nothing(&self, date: Date) -> String {
        let at = usize::try_from(date.days_since(self.monday)).unwrap_or_default();
        match self.days.get(at).and_then(Option::as_ref) {
            Some(view) if !view.holiday.is_empty() => view.holiday.clone(),
            Some(_) => "no sessions".to_owned(),
            None => "one moment".to_owned(),
        }
    }

    /// `23 Nov to 29 Nov, Malik Osei LADC: 17 sessions`.
    fn about(&self, cx: &Cx) -> String {
        let all: Vec<What<'_>> = (0..DAYS).flat_map(|at| self.sessions(at, cx)).collect();
        let groups = all.iter().filter(|what| matches!(what, What::Group(_))).count();
        let sessions = counted(all.len() - groups, "session", "sessions");
        let many = match groups {
            0 => sessions,
            _ => format!("{sessions}, {}", counted(groups, "group", "groups")),
        };
        let whose = match self.whose {
            Some(id) if Some(id) == cx.me() => "yours".to_owned(),
            Some(id) => cx.staff_name(id).to_owned(),
            None => "everybody".to_owned(),
        };
        let (from, until) =
            (when::short(self.monday, cx.today()), when::short(self.monday.plus_days(6), cx.today()));
        format!("{from} to {until}, {whose}: {many}.")
    }

    /// Below the line on the week.
    fn list(area: Rect) -> Rect {
        Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }
    }

    fn top(&self, count: usize, area: Rect) -> usize {
        (self.cursor.at + 1).saturating_sub(usize::from(window::list(area, count).height))
    }
}

/// Time and name of a group, and how far its notes are.
fn group_words(line: &GroupDay, cx: &Cx) -> Vec<Span<'static>> {
    let ends = ClockTime((line.start.0 + line.minutes) % (24 * 60));
    let name = text::left(&line.name, 20, cx.theme.glyphs.ellipsis);
    let state = match (line.begun, line.present - line.signed.min(line.present)) {
        (false, _) => counted(line.members, "member", "members"),
        (true, 0) if line.present == 0 => "begun".to_owned(),
        (true, 0) => format!("{} came, signed", line.present),
        (true, owed) => counted(owed, "note to write", "notes to write"),
    };
    let kind = Span::styled("group  ".to_owned(), cx.theme.style(Role::Dim));
    vec![Span::raw(format!("{}-{ends}  {name}  ", line.start)), kind, Span::raw(state)]
}

/// Time, person, type and what became of it.
fn session_words(line: &DayLine, with_staff: bool, cx: &Cx) -> Vec<Span<'static>> {
    let session = &line.session.value;
    let time = format!("{}-{}  ", session.start, line.ends);
    let name = text::left(&cx.listed(&line.name), 20, cx.theme.glyphs.ellipsis);
    let state = match (&session.state, &session.note) {
        (SessionState::Held, SessionNote::None) => "held, note to write",
        (SessionState::Held, SessionNote::Draft(_)) => "held, note begun",
        (SessionState::Held, _) => "held",
        (SessionState::Planned, _) if line.ended => "what became of it?",
        (SessionState::Planned, _) => "",
        (SessionState::Arrived { .. }, _) => "here",
        (SessionState::Missed, _) => "missed",
        (SessionState::Cancelled { .. }, _) => "called off",
    };
    let who = if with_staff { format!("{}  ", line.staff_name) } else { String::new() };
    let kind = if session.kind.is_empty() { String::new() } else { format!("{}  ", session.kind) };
    vec![
        Span::raw(time),
        Span::raw(format!("{name}  ")),
        Span::styled(format!("{who}{kind}"), cx.theme.style(Role::Dim)),
        Span::raw(state),
    ]
}

impl View for WeekScreen {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Week]
    }

    fn header(&self, cx: &Cx) -> Header {
        Header::desk(cx, vec![("Week".to_owned(), Role::Focus)])
    }

    fn place(&self, place: &mut Place) {
        Action::Week.name().clone_into(&mut place.over);
    }

    fn begin(&mut self, cx: &Cx) -> Vec<Step> {
        self.ask(cx)
    }

    fn hears(&mut self, news: &News<'_>, cx: &Cx) -> Vec<Step> {
        if matches!(news, News::OnTop | News::Session(..)) { self.ask(cx) } else { Vec::new() }
    }

    fn day(&self, cx: &Cx) -> Option<Date> {
        Some(self.here(cx).map_or(cx.today(), |row| row.date))
    }

    fn subject(&self, cx: &Cx) -> Option<ClientId> {
        let (client, number) = self.here(cx)?.what?.session();
        (number > 0).then_some(client)
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        if self.cursor.act(action, self.rows(cx).len(), cx.page()) {
            self.wanted = None;
            return Vec::new();
        }
        match action {
            Action::PrevWeek => self.turn(-1, cx),
            Action::NextWeek => self.turn(1, cx),
            Action::ChooseShown => vec![Self::choose_whose(cx)],
            Action::Open => {
                let Some(row) = self.here(cx) else { return Vec::new() };
                let (client, number) = row.what.map_or_else(Default::default, What::session);
                vec![Step::Day(row.date, client, number)]
            }
            _ => Vec::new(),
        }
    }

    fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Vec<Step> {
        let list = Self::list(area);
        let count = self.rows(cx).len();
        let row = usize::from(at.y.saturating_sub(list.y)) + self.top(count, list);
        if at.y < list.y || row >= count {
            return Vec::new();
        }
        let again = self.cursor.at == row;
        self.cursor.at = row;
        if again { self.act(Action::Open, cx) } else { Vec::new() }
    }

    fn reply(&mut self, answer: &Answer, cx: &Cx) -> Vec<Step> {
        if let Answer::Day(view) = answer
            && let Ok(at) = usize::try_from(view.date.days_since(self.monday))
            && let Some(day) = self.days.get_mut(at)
        {
            *day = Some(view.clone());
            let wanted = self.rows(cx).iter().position(|row| Some(row.date) == self.wanted);
            self.cursor.at = wanted.unwrap_or(self.cursor.at);
            let count = self.rows(cx).len();
            self.cursor.clamp(count);
        }
        Vec::new()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let about = Line::styled(format!(" {}", self.about(cx)), cx.theme.style(Role::Dim));
        frame.render_widget(about, Rect { height: 1.min(area.height), ..area });
        let list = Self::list(area);
        let lines = self.lines(usize::from(list.width), cx);
        let top = self.top(lines.len(), list);
        window::scrolled(frame, list, lines.into_iter().map(|(_, line)| line).collect(), top, cx);
    }
}
