//! How the leaf *Due* looks: the strip, how many, and the list that every place shows.

use super::due::Due;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screens::work;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::empty;
use crate::tui::widgets::window::sides;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;

fn list_area(area: Rect) -> Rect {
    Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area }
}

pub(super) fn hit(due: &Due, at: Position, area: Rect, cx: &Cx) -> Option<usize> {
    work::hit(&due.list, &due.list.lines(cx), at, list_area(area))
}

pub(super) fn draw(due: &Due, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    let row = |y: u16| Rect { y: area.y + y, height: 1, ..area };
    frame.render_widget(super::strip::of(cx), row(0));
    let lines = due.list.lines(cx);
    let dim = cx.theme.style(Role::Dim);
    let over = lines.iter().filter(|line| line.owed.is_over(cx.now.moment, cx.today())).count();
    let mine = lines.iter().filter(|line| line.mine).count();
    let mut pieces = vec![format!(" Yours: {mine}.")];
    if lines.len() > mine {
        let whose = if lines.iter().any(|line| line.agencys) { "The agency's" } else { "Your team's" };
        pieces.push(format!(" {whose}: {}.", lines.len() - mine));
    }
    if over > 0 {
        pieces.push(format!(" Overdue: {over}."));
    }
    if due.list.filter.narrows() {
        pieces.push(format!(" Shown: {}.", due.list.filter.words(cx)));
    }
    let left: Vec<Span<'_>> = pieces.into_iter().map(|words| Span::styled(words, dim)).collect();
    let rules = match due.view.as_ref().map(|view| &view.rules[..]) {
        Some([(program, rules)]) => format!("{program}: {rules} "),
        _ => String::new(),
    };
    frame.render_widget(sides(&left, Span::styled(rules, dim), usize::from(area.width)), row(1));
    if lines.is_empty() {
        empty(frame, list_area(area), &nothing(due, cx), cx);
        return;
    }
    work::draw_list(&due.list, &lines, frame, list_area(area), cx);
}

fn nothing(due: &Due, cx: &Cx) -> Vec<String> {
    let key = |action| cx.key(action, Scope::Due);
    if due.list.filter != work::Filter::everybody() {
        let shows = key(Action::ChooseShown);
        return vec![format!("Nothing of this kind is due. Press {shows} to see everything.")];
    }
    vec![
        "Nothing is due. This page lists immediate needs, notes to write and to sign, assessments and reviews, \
         and tasks."
            .to_owned(),
        String::new(),
        format!("Press {} on any page to write down a task.", key(Action::NewTask)),
    ]
}
