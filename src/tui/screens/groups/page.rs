//! One group: who is in it, how they came over the last sessions, its sessions.

use super::curriculum::{self, Counts};
use super::forms;
use super::session::GroupSessionScreen;
use crate::domain::{ClientId, GroupId, GroupSession, Here, Topic};
use crate::rules::when;
use crate::service::api::{Answer, GroupAnswer, GroupAsk, GroupView, MemberLine};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::{News, Step, View};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::frame::{Header, empty};
use crate::tui::widgets::table::{fitted, marked};
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// Sessions that the attendance grid shows.
const GRID: usize = 12;
/// From this width on a name has all its room.
const WIDE: usize = 110;
/// From so many sessions missed in a row on somebody drifts away.
const DRIFTS: usize = 2;

/// A group.
#[derive(Debug)]
pub struct GroupScreen {
    group: GroupId,
    view: Option<Box<GroupView>>,
    cursor: Cursor,
    counts: Counts,
}

#[derive(Clone, Copy, Debug)]
enum Row<'a> {
    Member(&'a MemberLine),
    Topic(&'a Topic),
    Session(&'a GroupSession),
}

impl GroupScreen {
    /// Of this group.
    pub fn of(group: GroupId) -> Self {
        Self { group, view: None, cursor: Cursor::default(), counts: Counts::default() }
    }

    fn rows(&self) -> Vec<Row<'_>> {
        let Some(view) = &self.view else { return Vec::new() };
        let topics = view.group.value.curriculum.iter().map(Row::Topic);
        let members = view.members.iter().map(Row::Member);
        members.chain(topics).chain(view.sessions.iter().map(Row::Session)).collect()
    }

    fn here(&self) -> Option<Row<'_>> {
        self.rows().get(self.cursor.at).copied()
    }

    fn open(&self, cx: &Cx) -> Vec<Step> {
        let Some(view) = &self.view else { return Vec::new() };
        match self.here() {
            Some(Row::Member(member)) if member.until.is_none() => {
                vec![curriculum::of_member(view, member, cx)]
            }
            Some(Row::Topic(topic)) => curriculum::changed(&view.group, topic.number).into_iter().collect(),
            Some(Row::Session(session)) if view.leads => {
                vec![Step::Push(Box::new(GroupSessionScreen::of(self.group, session.date)))]
            }
            Some(Row::Session(_)) => {
                vec![Step::Say(
                    "Whoever led this session writes its parts; their notes are in the charts.".to_owned(),
                )]
            }
            Some(Row::Member(_)) => {
                vec![Step::Say("This member has left the group. Their row says when and why.".to_owned())]
            }
            None => Vec::new(),
        }
    }

    /// The newest day on which the group should have met.
    fn newest_day(&self, cx: &Cx) -> crate::domain::Date {
        let today = cx.today();
        let Some(view) = &self.view else { return today };
        let meets = |back: &i32| crate::rules::group::meets_on(&view.group.value, today.plus_days(-*back));
        (0..7).find(meets).map_or(today, |back| today.plus_days(-back))
    }

    /// The day of the highlighted session that is still open; else the next one on which the group meets.
    fn next_day(&self, cx: &Cx) -> crate::domain::Date {
        let today = cx.today();
        let Some(view) = &self.view else { return today };
        if let Some(Row::Session(session)) = self.here()
            && !crate::rules::group::is_settled(session)
        {
            return session.date;
        }
        let meets = |ahead: &i32| crate::rules::group::meets_on(&view.group.value, today.plus_days(*ahead));
        (0..7).find(meets).map_or(today, |ahead| today.plus_days(ahead))
    }

    /// Lines with the row each belongs to.
    fn lines(&self, width: usize, cx: &Cx) -> Vec<(Option<usize>, Line<'static>)> {
        let Some(view) = &self.view else { return Vec::new() };
        let head = |words: String| (None, Line::styled(format!(" {words}"), cx.theme.style(Role::Now)));
        let dim = |words: String| (None, Line::styled(format!("   {words}"), cx.theme.style(Role::Dim)));
        let group = &view.group.value;
        let closed = if group.closed { ", closed to new members" } else { "" };
        let mut lines = vec![dim(text::line(&format!(
            "In charts: {}. Led by {}{closed}.",
            group.neutral,
            view.facilitators.join(", ")
        ))
        .into_owned())];
        lines.push(head("Members, and the last sessions (newest on the right)".to_owned()));
        if view.members.is_empty() {
            let key = cx.key(Action::AddMember, Scope::Group);
            lines.push(dim(format!("Nobody is in it yet. Press {key} to add somebody.")));
        }
        for (at, member) in view.members.iter().enumerate() {
            lines.push((Some(at), self.member_line(at, member, width, cx)));
        }
        lines.push((None, Line::default()));
        if !view.group.value.curriculum.is_empty() {
            lines.push(head("Curriculum".to_owned()));
            for n in 0..view.group.value.curriculum.len() {
                let at = view.members.len() + n;
                let words = Span::raw(text::line(self.counts.topic(n)).into_owned());
                let cells = fitted(vec![words], width.saturating_sub(4), false, cx);
                lines.push((Some(at), marked(cells, self.cursor.at == at, width, cx)));
            }
            lines.push((None, Line::default()));
        }
        let key = cx.key(Action::ActionsMenu, Scope::Group);
        lines.push(head(format!("Sessions   ({key}: the curriculum, who leads one session)")));
        if view.sessions.is_empty() {
            let key = cx.key(Action::NewGroupSession, Scope::Group);
            lines.push(dim(format!("None is written yet. Press {key} to write one.")));
        }
        for (n, session) in view.sessions.iter().enumerate() {
            let at = view.members.len() + view.group.value.curriculum.len() + n;
            let words = session_words(session, view, cx);
            let cells = fitted(vec![Span::raw(words)], width.saturating_sub(4), false, cx);
            lines.push((Some(at), marked(cells, self.cursor.at == at, width, cx)));
        }
        lines
    }

    fn member_line(&self, at: usize, member: &MemberLine, width: usize, cx: &Cx) -> Line<'static> {
        // What somebody has had needs its room.
        let had = self.counts.member(member.client);
        let wide = if width < WIDE && !had.is_empty() { 18 } else { 24 };
        let name = text::left(&cx.listed(&member.name), wide, "…");
        let role = if member.until.is_some() { Role::Dim } else { Role::Normal };
        let mut cells = vec![Span::styled(format!("{name:<wide$} "), cx.theme.style(role))];
        let grid = self.grid(member.client);
        cells.push(Span::styled(format!("{grid:>12}  "), cx.theme.style(Role::Normal)));
        match member.until {
            Some(until) => cells.push(Span::styled(
                format!("until {}: {}", when::short(until, cx.today()), text::line(&member.reason)),
                cx.theme.style(Role::Dim),
            )),
            None if self.missed(member.client) >= DRIFTS => cells.push(Span::styled(
                format!("missed {} in a row", self.missed(member.client)),
                cx.theme.style(Role::Overdue),
            )),
            None if !had.is_empty() => {
                cells.push(Span::styled(had.to_owned(), cx.theme.style(Role::Dim)));
            }
            None => {
                let since = format!("since {}", when::short(member.from, cx.today()));
                cells.push(Span::styled(since, cx.theme.style(Role::Dim)));
            }
        }
        marked(fitted(cells, width.saturating_sub(4), false, cx), self.cursor.at == at, width, cx)
    }

    /// The sessions that were written, the newest first.
    fn past(&self) -> impl Iterator<Item = &GroupSession> {
        self.view.iter().flat_map(|view| &view.sessions).filter(|session| session.is_begun())
    }

    /// How somebody came over the last sessions, oldest first.
    fn grid(&self, client: ClientId) -> String {
        let of = |session: &GroupSession| session.entry(client).map_or(' ', |entry| sign(entry.here));
        self.past().take(GRID).map(of).collect::<Vec<_>>().into_iter().rev().collect()
    }

    /// Sessions somebody missed in a row, up to now.
    fn missed(&self, client: ClientId) -> usize {
        let entries = self.past().filter_map(|session| session.entry(client));
        entries.take_while(|entry| entry.here == Here::Absent).count()
    }

    fn top(&self, lines: &[(Option<usize>, Line<'static>)], area: Rect) -> usize {
        let here = lines.iter().position(|(row, _)| *row == Some(self.cursor.at)).unwrap_or(0);
        (here + 1).saturating_sub(usize::from(window::list(area, lines.len()).height))
    }
}

/// What became of somebody, in one letter: the page's help says which.
pub(super) fn sign(here: Here) -> char {
    match here {
        Here::NotMarked => '.',
        Here::Present => 'p',
        Here::Late => 'l',
        Here::LeftEarly => 'e',
        Here::Absent => 'A',
        Here::Excused => 'x',
    }
}

fn session_words(session: &GroupSession, view: &GroupView, cx: &Cx) -> String {
    let day = session.date.naive().format("%a %-d %b %Y");
    let stands_in = session.facilitators.iter().filter(|one| !view.group.value.facilitators.contains(one));
    let names: Vec<&str> = stands_in.map(|one| cx.staff_name(*one)).collect();
    let led = if names.is_empty() { String::new() } else { format!("   led by {}", names.join(" and ")) };
    if !session.is_begun() {
        return format!("{day} {}   to come{led}", session.start);
    }
    let signed = session.entries.iter().filter(|entry| entry.note > 0).count();
    let about = session.about();
    let topic = if about.is_empty() { about } else { format!("   {about}") };
    format!("{day} {}   {} present, {signed} signed{led}{topic}", session.start, session.present())
}

impl View for GroupScreen {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Group]
    }

    fn header(&self, cx: &Cx) -> Header {
        let name = self.view.as_ref().map_or_else(String::new, |view| view.group.value.name.clone());
        Header::desk(cx, vec![(format!("GROUP  {name}"), Role::Focus)])
    }

    fn begin(&mut self, _cx: &Cx) -> Vec<Step> {
        vec![Step::Ask(GroupAsk::Open(self.group).into())]
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        let count = self.rows().len();
        if self.cursor.act(action, count, cx.page()) {
            return Vec::new();
        }
        let Some(view) = &self.view else { return Vec::new() };
        match (action, self.here()) {
            (Action::Open, _) => self.open(cx),
            (Action::Curriculum, _) => vec![curriculum::question(view)],
            (Action::HandOnSession, _) => vec![forms::hand_on(&view.group, self.next_day(cx))],
            (Action::EditGroup, _) => vec![forms::group(Some(&view.group), cx)],
            (Action::AddMember, _) => vec![forms::join(&view.group, cx)],
            (Action::EndMember, Some(Row::Member(member))) if member.until.is_none() => {
                let name = cx.listed(&member.name).into_owned();
                vec![forms::part(&view.group, member.client, &name, cx)]
            }
            (Action::EndMember, _) => {
                vec![Step::Say("Highlight somebody who is in the group now.".to_owned())]
            }
            (Action::NewGroupSession, _) if view.leads => {
                vec![forms::which_day(self.group, &view.group.value.name, self.newest_day(cx))]
            }
            (Action::NewGroupSession, _) => {
                vec![Step::Warn("Whoever leads the group writes its sessions.".to_owned())]
            }
            _ => Vec::new(),
        }
    }

    fn offers(&self, action: Action, _cx: &Cx) -> bool {
        match action {
            Action::Open => match self.here() {
                Some(Row::Member(member)) => member.until.is_none(),
                other => other.is_some(),
            },
            Action::EndMember => matches!(self.here(), Some(Row::Member(member)) if member.until.is_none()),
            Action::NewGroupSession => self.view.as_ref().is_some_and(|view| view.leads),
            _ => true,
        }
    }

    fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Vec<Step> {
        let lines = self.lines(usize::from(area.width), cx);
        let row = usize::from(at.y.saturating_sub(area.y)) + self.top(&lines, area);
        let Some(row) = lines.get(row).and_then(|line| line.0) else { return Vec::new() };
        let again = self.cursor.at == row;
        self.cursor.at = row;
        if again { self.open(cx) } else { Vec::new() }
    }

    fn subject(&self, _cx: &Cx) -> Option<ClientId> {
        match self.here() {
            Some(Row::Member(member)) => Some(member.client),
            _ => None,
        }
    }

    fn hears(&mut self, news: &News<'_>, cx: &Cx) -> Vec<Step> {
        if matches!(news, News::OnTop) { self.begin(cx) } else { Vec::new() }
    }

    fn reply(&mut self, answer: &Answer, cx: &Cx) -> Vec<Step> {
        let Answer::Group(GroupAnswer::Group(view)) = answer else { return Vec::new() };
        if view.group.value.id != self.group {
            return Vec::new();
        }
        self.counts = Counts::of(view, cx);
        self.view = Some(view.clone());
        self.cursor.clamp(self.rows().len());
        if view.said.is_empty() { Vec::new() } else { vec![Step::Say(view.said.clone())] }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        if self.view.is_none() {
            empty(frame, area, &["One moment.".to_owned()], cx);
            return;
        }
        let lines = self.lines(usize::from(area.width), cx);
        let top = self.top(&lines, area);
        window::scrolled(frame, area, lines.into_iter().map(|(_, line)| line).collect(), top, cx);
    }
}
