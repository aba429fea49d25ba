//! How the leaf *Due* looks: the strip, how many, and the list that every place shows.

use super::due::{Due, lines};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screens::work;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::empty;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use std::fmt::Write as _;

fn list_area(area: Rect) -> Rect {
    Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area }
}

pub(super) fn hit(due: &Due, at: Position, area: Rect, cx: &Cx) -> Option<usize> {
    work::hit(&due.list, &lines(cx), at, list_area(area))
}

pub(super) fn draw(due: &Due, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    let row = |y: u16| Rect { y: area.y + y, height: 1, ..area };
    frame.render_widget(super::view::strip(cx), row(0));
    let lines = lines(cx);
    let dim = cx.theme.style(Role::Dim);
    let over = lines.iter().filter(|line| line.owed.is_over(cx.now.moment, cx.today())).count();
    let mine = lines.iter().filter(|line| line.mine).count();
    let mut words = format!(" Yours: {mine}.");
    if lines.len() > mine {
        let _ = write!(words, " Your team's: {}.", lines.len() - mine);
    }
    if over > 0 {
        let _ = write!(words, " Overdue: {over}.");
    }
    frame.render_widget(Line::styled(words, dim), row(1));
    if let Some([(program, rules)]) = due.view.as_ref().map(|view| &view.rules[..]) {
        frame.render_widget(Line::styled(format!("{program}: {rules} "), dim).right_aligned(), row(1));
    }
    if lines.is_empty() {
        empty(frame, list_area(area), &nothing(cx), cx);
        return;
    }
    work::draw_list(&due.list, &lines, frame, list_area(area), cx);
}

fn nothing(cx: &Cx) -> Vec<String> {
    let key = |action| cx.key(action, Scope::Due);
    vec![
        "Nothing is due. This list shows immediate needs, notes to write and to sign, assessments and reviews that \
         come due, and tasks."
            .to_owned(),
        String::new(),
        format!("{} writes down a task, from anywhere.", key(Action::NewTask)),
    ]
}
