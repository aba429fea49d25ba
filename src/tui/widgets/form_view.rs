//! How a form looks: pointer, label, field, and what was understood of it or what to type beside it.

use super::field::{Field, Kind};
use super::form::Form;
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const LABEL: usize = 20;

pub(super) fn draw(form: &Form, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    let height = usize::from(area.height);
    let top = form.top(height);
    for (row, at) in (top..form.fields.len()).enumerate().take(height) {
        let line = Rect { y: area.y + row as u16, height: 1, ..area };
        field(&form.fields[at], at == form.at, frame, line, cx);
    }
    let row = form.fields.len() + 1 - top;
    if row < height {
        let here = form.at == form.fields.len();
        let mark = if here { cx.theme.glyphs.pointer } else { " " };
        let role = if here { Role::Selected } else { Role::Now };
        let save = Span::styled(format!(" {} ", form.done), cx.theme.style(role));
        let line = Line::from(vec![Span::raw(format!("{mark} ")), save]);
        frame.render_widget(line, Rect { y: area.y + row as u16, height: 1, ..area });
    }
}

fn field(field: &Field, focus: bool, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    let more = cx.theme.glyphs.ellipsis;
    let mark = if focus { cx.theme.glyphs.pointer } else { " " };
    let label = text::left(&field.label, LABEL, more);
    let role = if focus { Role::Focus } else { Role::Dim };
    let head = Line::from(vec![Span::raw(format!("{mark} ")), Span::styled(label, cx.theme.style(role))]);
    frame.render_widget(head, area);
    let used = (LABEL as u16 + 3).min(area.width);
    let rest = Rect { x: area.x + used, width: area.width - used, ..area };
    let shown = if focus { Role::Focus } else { Role::Normal };
    let value = |word: &str, role: Role, hint: &str| {
        let word = text::cut(&text::line(word), usize::from(rest.width), more).into_owned();
        let room = usize::from(rest.width).saturating_sub(text::width(&word) + 3);
        let hint = text::cut(hint, room, more).into_owned();
        Line::from(vec![
            Span::styled(word, cx.theme.style(role)),
            Span::styled(format!("   {hint}"), cx.theme.style(Role::Dim)),
        ])
    };
    match &field.kind {
        Kind::Choice { items, chosen } => {
            let label = items.iter().find(|item| item.key == *chosen).map_or("", |item| item.label.as_str());
            let label = if label.is_empty() { cx.theme.glyphs.none } else { label };
            let hint = if field.hint.is_empty() { "Right turns, Enter lists" } else { &field.hint };
            frame.render_widget(value(label, shown, if focus { hint } else { "" }), rest);
        }
        Kind::YesNo(yes) => {
            let hint = if field.hint.is_empty() { "Enter turns it" } else { &field.hint };
            frame.render_widget(
                value(if *yes { "yes" } else { "no" }, shown, if focus { hint } else { "" }),
                rest,
            );
        }
        Kind::Words(words) => frame.render_widget(value(words, Role::Dim, ""), rest),
        _ => typed(field, focus, frame, rest, cx),
    }
}

/// A typed field, with what was understood of it or what to type beside it.
fn typed(field: &Field, focus: bool, frame: &mut Frame<'_>, rest: Rect, cx: &Cx) {
    let (beside, role) = match field.read_back(cx.today()) {
        Ok(read) if read.is_empty() && focus => (field.hint.clone(), Role::Dim),
        Ok(read) => (read, Role::Dim),
        Err(why) => (why, if focus { Role::Dim } else { Role::Error }),
    };
    let Some(line) = field.line() else { return };
    let wanted = text::width(&beside) as u16;
    let needed = (text::width(line.value()) as u16 + 2).max(14);
    let room = if wanted == 0 {
        rest.width
    } else {
        rest.width.saturating_sub(wanted + 1).max(needed).min(rest.width)
    };
    line.draw(frame, Rect { width: room, ..rest }, focus, cx);
    if focus && field.selected {
        let shown = text::cut(line.value(), usize::from(room), "").into_owned();
        frame
            .render_widget(Span::styled(shown, cx.theme.style(Role::Selected)), Rect { width: room, ..rest });
    }
    if room + 1 < rest.width && wanted > 0 {
        let x = if field.hint == beside { rest.x + needed.min(room) + 1 } else { rest.x + needed.min(room) };
        let place = Rect { x, width: rest.right().saturating_sub(x), ..rest };
        let beside = text::cut(&beside, usize::from(place.width), cx.theme.glyphs.ellipsis).into_owned();
        frame.render_widget(Span::styled(beside, cx.theme.style(role)), place);
    }
}
