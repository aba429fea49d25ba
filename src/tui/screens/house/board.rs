//! Cover and teams: who stands in for whom and when, who works with whom.

use super::forms;
use super::leaving::LeavingScreen;
use crate::domain::{Cover, StaffId, Team};
use crate::service::api::{Answer, Board, Command, HouseAnswer, HouseAsk, Kept, Place};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::{Step, View};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::frame::{Header, empty};
use crate::tui::widgets::table::{fitted, marked};
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// The board.
#[derive(Debug, Default)]
pub struct BoardScreen {
    board: Option<Box<Board>>,
    cursor: Cursor,
    /// Whoever looks may also arrange.
    arranges: bool,
}

/// What a row shows.
#[derive(Clone, Copy, Debug)]
enum Row<'a> {
    Cover(&'a Kept<Cover>),
    Team(&'a Kept<Team>),
}

impl BoardScreen {
    fn rows(&self) -> Vec<Row<'_>> {
        let Some(board) = &self.board else { return Vec::new() };
        board.covers.iter().map(Row::Cover).chain(board.teams.iter().map(Row::Team)).collect()
    }

    fn edit(&self, cx: &Cx) -> Vec<Step> {
        let (Some(board), Some(row)) = (&self.board, self.rows().get(self.cursor.at).copied()) else {
            return Vec::new();
        };
        if let Some(why) = cx.never(Action::EditEntry) {
            return vec![Step::Warn(why)];
        }
        vec![match row {
            Row::Cover(kept) => forms::cover(Some(kept), board, cx),
            Row::Team(kept) => forms::team(Some(kept), board),
        }]
    }

    /// Lines with the row each belongs to.
    fn lines(&self, width: usize, cx: &Cx) -> Vec<(Option<usize>, Line<'static>)> {
        let Some(board) = &self.board else { return Vec::new() };
        let head = |words: &str| (None, Line::styled(format!(" {words}"), cx.theme.style(Role::Now)));
        let none = |words: String| {
            let lines = window::wrapped(&[words], width.saturating_sub(4)).into_iter();
            lines.map(|line| (None, Line::styled(format!("   {line}"), cx.theme.style(Role::Dim))))
        };
        let mut lines = vec![head("Cover")];
        let covers = board.covers.len();
        for (at, kept) in board.covers.iter().enumerate() {
            lines.push((Some(at), self.line(at, width, &cover_words(&kept.value, cx), cx)));
        }
        if covers == 0 {
            let key = cx.key(Action::AddCover, Scope::Board);
            let how = if self.arranges { format!("Press {key} to arrange cover.") } else { whom_to_ask(cx) };
            lines.extend(none(format!("Nobody is away at the moment. {how}")));
        }
        lines.push((None, Line::default()));
        lines.push(head("Teams"));
        for (n, kept) in board.teams.iter().enumerate() {
            lines.push((Some(covers + n), self.line(covers + n, width, &team_words(&kept.value, cx), cx)));
        }
        if board.teams.is_empty() {
            let key = cx.key(Action::AddTeam, Scope::Board);
            let how = if self.arranges {
                format!(" Press {key} to make one. Its members can share charts.")
            } else {
                String::new()
            };
            lines.extend(none(format!("There are no teams yet.{how}")));
        }
        lines
    }

    /// The first line in sight.
    fn top(&self, lines: &[(Option<usize>, Line<'static>)], area: Rect) -> usize {
        let here = lines.iter().position(|(row, _)| *row == Some(self.cursor.at)).unwrap_or(0);
        (here + 1).saturating_sub(usize::from(window::list(area, lines.len()).height))
    }

    fn line(&self, at: usize, width: usize, (words, dim): &(String, bool), cx: &Cx) -> Line<'static> {
        let role = if *dim { Role::Dim } else { Role::Normal };
        let words = Span::styled(text::line(words).into_owned(), cx.theme.style(role));
        marked(fitted(vec![words], width.saturating_sub(4), false, cx), self.cursor.at == at, width, cx)
    }
}

/// Who supervises the person here.
fn supervisor(cx: &Cx) -> Option<StaffId> {
    cx.signed_in.as_ref().and_then(|session| session.staff.supervisor)
}

/// Who arranges cover for somebody who does not, and how they are told.
fn whom_to_ask(cx: &Cx) -> String {
    let who = supervisor(cx).map_or("A supervisor or an admin arranges".to_owned(), |one| {
        format!("{}, your supervisor, or an admin arranges", cx.staff_name(one))
    });
    format!("{who} cover. {} leaves them a task with the days.", cx.key(Action::NewTask, Scope::Board))
}

/// `Malik Osei LADC for Rosa Imani LADC   21 Nov to 5 Dec   now`.
fn cover_words(cover: &Cover, cx: &Cx) -> (String, bool) {
    let today = cx.today();
    let state = if cover.holds_on(today) {
        "now"
    } else if cover.from > today {
        "to come"
    } else {
        "over"
    };
    let day = |date: crate::domain::Date| date.naive().format("%a %-d %b").to_string();
    let who = format!("{} for {}", cx.staff_name(cover.by), cx.staff_name(cover.away));
    let note = if cover.note.is_empty() { String::new() } else { format!("   {}", cover.note) };
    let words =
        format!("{}  {} to {}   {state}{note}", text::left(&who, 40, "…"), day(cover.from), day(cover.until));
    (words, state == "over")
}

fn team_words(team: &Team, cx: &Cx) -> (String, bool) {
    let program = if team.program.is_empty() { "every program" } else { &team.program };
    let names: Vec<&str> = team.members.iter().map(|id| cx.staff_name(*id)).collect();
    let shares = match (team.active, team.shares_charts) {
        (false, _) => "ended",
        (true, true) => "shares charts",
        (true, false) => "charts not shared",
    };
    (format!("{}  {program}, {shares}: {}", text::left(&team.name, 16, "…"), names.join(", ")), !team.active)
}

impl View for BoardScreen {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Board]
    }

    fn place(&self, place: &mut Place) {
        Action::CoverBoard.name().clone_into(&mut place.over);
    }

    fn header(&self, cx: &Cx) -> Header {
        Header::desk(cx, vec![("Cover and teams".to_owned(), Role::Focus)])
    }

    fn begin(&mut self, cx: &Cx) -> Vec<Step> {
        self.arranges = cx.may_do(Action::EditEntry);
        vec![Step::Ask(Command::House(HouseAsk::Board))]
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        let count = self.rows().len();
        if self.cursor.act(action, count, cx.page()) {
            return Vec::new();
        }
        let Some(board) = &self.board else { return Vec::new() };
        match action {
            Action::AddCover => vec![forms::cover(None, board, cx)],
            Action::AddTeam => vec![forms::team(None, board)],
            Action::LeavingOrAway => vec![LeavingScreen::ask_who(cx)],
            Action::EditEntry | Action::Open => self.edit(cx),
            _ => Vec::new(),
        }
    }

    /// Whoever does not arrange cover asks their supervisor to.
    fn asks_of(&self, cx: &Cx) -> Option<(StaffId, &'static str)> {
        let supervisor = supervisor(cx).filter(|_| !self.arranges)?;
        Some((supervisor, "Arrange cover for me: first day, last day"))
    }

    fn offers(&self, action: Action, _cx: &Cx) -> bool {
        !matches!(action, Action::EditEntry | Action::Open) || (self.arranges && !self.rows().is_empty())
    }

    fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Vec<Step> {
        let lines = self.lines(usize::from(area.width), cx);
        let row = usize::from(at.y.saturating_sub(area.y)) + self.top(&lines, area);
        let Some(row) = lines.get(row).and_then(|line| line.0) else { return Vec::new() };
        let again = self.cursor.at == row;
        self.cursor.at = row;
        if again { self.edit(cx) } else { Vec::new() }
    }

    fn reply(&mut self, answer: &Answer, _cx: &Cx) -> Vec<Step> {
        let Answer::House(HouseAnswer::Board(board)) = answer else { return Vec::new() };
        self.board = Some(board.clone());
        self.cursor.clamp(board.covers.len() + board.teams.len());
        if board.said.is_empty() { Vec::new() } else { vec![Step::Say(board.said.clone()), Step::Refresh] }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        if self.board.is_none() {
            empty(frame, area, &["One moment.".to_owned()], cx);
            return;
        }
        let lines = self.lines(usize::from(area.width), cx);
        let top = self.top(&lines, area);
        window::scrolled(frame, area, lines.into_iter().map(|(_, line)| line).collect(), top, cx);
    }
}
