//! Groups: the list of them, one group with its roster and sessions, and a session written in one pass.

mod curriculum;
mod forms;
mod marks;
pub mod page;
mod part;
mod risk;
mod same;
pub mod session;
mod session_view;
mod signing;
mod slips;
mod taking;
mod texts;

use super::days;
use crate::domain::GroupId;
use crate::service::api::{Answer, GroupAnswer, GroupAsk, GroupLine, Place};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::{News, Step, View};
use crate::tui::theme::Role;
use crate::tui::widgets::frame::{Header, empty};
use crate::tui::widgets::list::{List, NOTHING_FOUND};
use crate::tui::widgets::table::{Cell, Column};
use page::GroupScreen;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;

/// The groups one may see.
#[derive(Debug, Default)]
pub struct GroupsScreen {
    groups: Option<Vec<GroupLine>>,
    list: List,
}

#[derive(Clone, Copy, Debug)]
enum Col {
    Name,
    Meets,
    Members,
    Open,
    Leads,
    Kind,
}

/// From this width on the kind is shown.
const WIDE: u16 = 110;

fn columns() -> [Column<Col>; 6] {
    [
        Column::left(Col::Name, "Group", 24),
        Column::left(Col::Meets, "Meets", 10),
        Column::left(Col::Members, "Members", 8),
        Column::left(Col::Open, "Unsigned", 9),
        Column::left(Col::Leads, "Led by", 0),
        Column::left(Col::Kind, "Kind", 26).from(WIDE),
    ]
}

fn texts(groups: &[GroupLine]) -> impl Iterator<Item = [&str; 3]> {
    groups.iter().map(|line| [&*line.name, &*line.kind, &*line.program])
}

impl GroupsScreen {
    fn all(&self) -> &[GroupLine] {
        self.groups.as_deref().unwrap_or_default()
    }

    fn shown(&self) -> Vec<&GroupLine> {
        self.list.shown(texts(self.all())).into_iter().map(|at| &self.all()[at]).collect()
    }

    fn here(&self) -> Option<GroupId> {
        self.shown().get(self.list.cursor.at).map(|line| line.group)
    }

    fn open(&self) -> Vec<Step> {
        self.here().map(|group| Step::Push(Box::new(GroupScreen::of(group)))).into_iter().collect()
    }

    fn rows(area: Rect) -> Rect {
        Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }
    }
}

impl View for GroupsScreen {
    fn scopes(&self) -> Vec<Scope> {
        self.list.scopes(Scope::Groups)
    }

    fn place(&self, place: &mut Place) {
        Action::Groups.name().clone_into(&mut place.over);
    }

    fn header(&self, cx: &Cx) -> Header {
        Header::desk(cx, vec![("Groups".to_owned(), Role::Focus)])
    }

    fn begin(&mut self, _cx: &Cx) -> Vec<Step> {
        vec![Step::Ask(GroupAsk::List.into())]
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        let all = self.groups.as_deref().unwrap_or_default();
        if self.list.act(action, texts(all), cx.page()) {
            return Vec::new();
        }
        match action {
            Action::Open => self.open(),
            Action::AddGroup => vec![forms::group(None, cx)],
            _ => Vec::new(),
        }
    }

    fn offers(&self, action: Action, _cx: &Cx) -> bool {
        action != Action::Open || !self.all().is_empty()
    }

    fn text(&mut self, text: &str, _cx: &Cx) -> Vec<Step> {
        self.list.text(text);
        Vec::new()
    }

    fn back(&mut self, _cx: &Cx) -> Option<Vec<Step>> {
        let all = self.groups.as_deref().unwrap_or_default();
        self.list.back(texts(all)).then(Vec::new)
    }

    fn click(&mut self, at: Position, area: Rect, _cx: &Cx) -> Vec<Step> {
        let (columns, count) = (columns(), self.shown().len());
        let row = self.list.table(&columns, count).hit(at, Self::rows(area));
        if row.is_some_and(|row| self.list.clicked(row)) { self.open() } else { Vec::new() }
    }

    fn hears(&mut self, news: &News<'_>, _cx: &Cx) -> Vec<Step> {
        if !matches!(news, News::OnTop) {
            return Vec::new();
        }
        // Whoever comes back from a group finds all of them, the highlight on that one.
        self.list.back(texts(self.groups.as_deref().unwrap_or_default()));
        vec![Step::Ask(GroupAsk::List.into())]
    }

    fn reply(&mut self, answer: &Answer, _cx: &Cx) -> Vec<Step> {
        match answer {
            Answer::Group(GroupAnswer::List(lines)) => {
                let here = self.here();
                let place = here.and_then(|here| lines.iter().position(|line| line.group == here));
                self.groups = Some(lines.clone());
                self.list.put_on(place, texts(self.groups.as_deref().unwrap_or_default()));
                Vec::new()
            }
            // A group that was just made is opened, so that its members are added next.
            Answer::Group(GroupAnswer::Group(view)) => {
                let screen = GroupScreen::of(view.group.value.id);
                vec![Step::Say(view.said.clone()), Step::Push(Box::new(screen))]
            }
            _ => Vec::new(),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        if self.groups.is_none() {
            empty(frame, area, &["One moment.".to_owned()], cx);
            return;
        }
        if self.all().is_empty() {
            let key = cx.key(Action::AddGroup, Scope::Groups);
            let words = format!(
                "This page lists the groups that you lead and those of your programs, each with its members and sessions. \
                     There is none yet. Press {key} to begin a group."
            );
            empty(frame, area, &[words], cx);
            return;
        }
        let first = Rect { height: 1, ..area };
        if self.list.is_narrowed() {
            self.list.draw_find(frame, first, cx);
        } else {
            let words = " Rosters stand in no chart: a chart shows the neutral name and nobody else.";
            frame.render_widget(Span::styled(words, cx.theme.style(Role::Dim)), first);
        }
        let shown = self.shown();
        if shown.is_empty() {
            empty(frame, Self::rows(area), &[NOTHING_FOUND.to_owned()], cx);
            return;
        }
        let cells = |at: usize, col| shown.get(at).map_or_else(Vec::new, |line| cell(line, col, cx));
        self.list.table(&columns(), shown.len()).draw(frame, Self::rows(area), cx, cells);
    }
}

fn cell(line: &GroupLine, col: Col, cx: &Cx) -> Cell {
    let role = if line.ended { Role::Dim } else { Role::Normal };
    let plain = |text: String| vec![Span::styled(text, cx.theme.style(role))];
    match col {
        Col::Name => plain(line.name.clone()),
        Col::Meets if line.ended => plain("ended".to_owned()),
        Col::Meets => plain(line.meets.clone()),
        Col::Members => plain(line.members.to_string()),
        Col::Open if line.open > 0 => {
            vec![Span::styled(line.open.to_string(), cx.theme.style(Role::Overdue))]
        }
        Col::Open => Vec::new(),
        Col::Leads => plain(line.facilitators.join(", ")),
        Col::Kind => plain(line.kind.clone()),
    }
}
