//! How a form looks: pointer, label, field, and what was understood of it or what to type beside it.

use super::choices::Item;
use super::field::{Field, Kind};
use super::form::Form;
use super::window;
use crate::domain::Date;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const LABEL: usize = 20;
/// Rows that a sentence may take while it is typed.
const ROWS: u16 = 3;
/// Cells that a typed field has at least before what is said of it.
const LEAST: u16 = 14;

/// Cells of a field behind pointer and label.
fn room(cells: u16) -> u16 {
    cells.saturating_sub(LABEL as u16 + 3)
}

/// Rows of a field in a form this wide: a sentence that has the focus wraps, and so does what is said of it where that does not fit
/// beside it.
pub(super) fn rows(form: &Form, at: usize, cells: u16) -> u16 {
    let field = &form.fields[at];
    if at != form.at {
        return 1;
    }
    match &field.kind {
        Kind::Text(line) if line.rows(room(cells)) > 1 => line.rows(room(cells)).min(ROWS),
        Kind::Choice { items, .. } if field.listed => {
            1 + listed(items, usize::from(room(cells))).len() as u16
        }
        // What a day is read as does not change how long the sentence about it is.
        _ => 1 + below(form, at, room(cells), Date::default()).len() as u16,
    }
}

/// What is said of a field that has the focus, in rows below it, where it does not fit beside it.
fn below(form: &Form, at: usize, room: u16, today: Date) -> Vec<String> {
    let field = &form.fields[at];
    let (before, said) = match &field.kind {
        Kind::Words(_) | Kind::YesNo(_) => return Vec::new(),
        Kind::Choice { .. } if field.listed => return Vec::new(),
        Kind::Choice { items, chosen } => {
            let chosen = items.iter().find(|item| item.key == *chosen);
            (chosen.map_or(1, |item| text::width(&item.label)) as u16 + 3, field.hint.clone())
        }
        _ => {
            let line = field.line().map_or(0, |line| text::width(line.value()) as u16);
            ((line + 2).max(LEAST) + 1, said_of(form, at, today).0)
        }
    };
    if before + text::width(&said) as u16 <= room {
        return Vec::new();
    }
    let mut rows = window::wrapped(&[said], usize::from(room));
    rows.truncate(usize::from(ROWS));
    rows
}

/// What is said of a typed field that has the focus: what is wrong with it, what was understood, or what could be typed. With the role
/// it is shown in.
fn said_of(form: &Form, at: usize, today: Date) -> (String, Role) {
    let field = &form.fields[at];
    let missing = form.marks(field);
    match field.read_back(today) {
        _ if missing && !field.hint.is_empty() => (format!("needed: {}", field.hint), Role::Error),
        _ if missing => ("needed".to_owned(), Role::Error),
        Ok(read) if read.is_empty() && !form.is_prefilled(at) => {
            let empty = field.line().is_some_and(super::line::Line::is_empty);
            (if empty { example(&field.hint) } else { String::new() }, Role::Dim)
        }
        Ok(read) => (read, Role::Dim),
        Err(why) => (why, Role::Dim),
    }
}

/// What there is to choose by its key, in rows: `1 on paper   2 spoken`.
fn listed(items: &[Item], cells: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    for item in items.iter().filter(|item| !item.key.is_empty()) {
        let words = format!("{} {}", item.key, item.label);
        match rows.last_mut() {
            Some(row) if row.is_empty() => *row = words,
            Some(row) if text::width(row) + 3 + text::width(&words) <= cells => {
                row.push_str("   ");
                row.push_str(&words);
            }
            _ => rows.push(words),
        }
    }
    rows
}

pub(super) fn draw(form: &Form, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    let lines = form.lines(area.width);
    let rows = window::list(area, lines.len());
    let height = usize::from(rows.height);
    let top = form.top(&lines, height);
    let in_sight: Vec<Option<usize>> = lines.iter().copied().skip(top).take(height).collect();
    for (row, line) in in_sight.iter().enumerate() {
        let place = Rect { y: area.y + row as u16, height: 1, ..area };
        // A field of several rows is drawn once, from its first one.
        let begins = row == 0 || in_sight[row - 1] != *line;
        match line {
            Some(at) if *at < form.fields.len() && begins => {
                let height = in_sight[row..].iter().take_while(|other| *other == line).count() as u16;
                field(form, *at, frame, Rect { height, ..place }, cx);
            }
            Some(at) if *at == form.fields.len() => save(form, frame, place, cx),
            _ => {}
        }
    }
    if rows.height < area.height {
        let stops: Vec<usize> = in_sight.iter().flatten().copied().collect();
        if let (Some(first), Some(last)) = (stops.first(), stops.last()) {
            window::sign(frame, rows, &(*first..last + 1), form.fields.len() + 1, cx);
        }
    }
}

/// The line that saves, and what the mark of a field means.
fn save(form: &Form, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    let here = form.at == form.fields.len();
    let mark = if here { cx.theme.glyphs.pointer } else { " " };
    let role = if here { Role::Selected } else { Role::Now };
    let mut spans =
        vec![Span::raw(format!("{mark} ")), Span::styled(format!(" {} ", form.done), cx.theme.style(role))];
    if form.asks_for_something() {
        spans.push(Span::styled(format!("   {NEEDED} needed"), cx.theme.style(Role::Dim)));
    }
    frame.render_widget(Line::from(spans), area);
}

/// The mark of a field that has to be filled in.
const NEEDED: &str = "*";

/// A label, with the mark of a field that has to be filled in.
fn label(field: &Field, cx: &Cx) -> String {
    let more = cx.theme.glyphs.ellipsis;
    if !field.required {
        return text::left(&field.label, LABEL, more);
    }
    let gap = if text::width(&field.label) + 2 > LABEL { "" } else { " " };
    text::left(&format!("{}{gap}{NEEDED}", text::cut(&field.label, LABEL - 1, more)), LABEL, more)
}

/// The choices of a field below it.
fn draw_listed(items: &[Item], frame: &mut Frame<'_>, rest: Rect, cx: &Cx) {
    let rows = listed(items, usize::from(rest.width)).into_iter();
    for (y, words) in (rest.y + 1..rest.bottom()).zip(rows) {
        let words = Span::styled(words, cx.theme.style(Role::Now));
        frame.render_widget(words, Rect { y, height: 1, ..rest });
    }
}

/// How one chooses in a field.
fn choosing(field: &Field) -> String {
    match field.digits() {
        Some((first, last)) if first != last => format!("{first}-{last}, or Enter to choose"),
        _ => "type or Enter to choose".to_owned(),
    }
}

fn field(form: &Form, at: usize, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    let (field, focus) = (&form.fields[at], at == form.at);
    let missing = form.marks(field);
    let more = cx.theme.glyphs.ellipsis;
    let mark = if focus { cx.theme.glyphs.pointer } else { " " };
    let role = match (focus, missing) {
        (_, true) => Role::Error,
        (true, false) => Role::Focus,
        (false, false) => Role::Dim,
    };
    let head =
        Line::from(vec![Span::raw(format!("{mark} ")), Span::styled(label(field, cx), cx.theme.style(role))]);
    frame.render_widget(head, Rect { height: 1.min(area.height), ..area });
    let used = area.width - room(area.width);
    let rest = Rect { x: area.x + used, width: area.width - used, ..area };
    let shown = if focus { Role::Focus } else { Role::Normal };
    let value = |word: &str, role: Role, hint: &str| {
        let word = text::cut(&text::line(word), usize::from(rest.width), more).into_owned();
        let room = usize::from(rest.width).saturating_sub(text::width(&word) + 3);
        let needed = if missing { "needed" } else { "" };
        let gap = if missing && !hint.is_empty() { "   " } else { "" };
        let room = room.saturating_sub(text::width(needed) + gap.len());
        let hint = text::cut(hint, room, more).into_owned();
        Line::from(vec![
            Span::styled(word, cx.theme.style(role)),
            Span::raw("   "),
            Span::styled(needed, cx.theme.style(Role::Error)),
            Span::raw(gap),
            Span::styled(hint, cx.theme.style(Role::Dim)),
        ])
    };
    match &field.kind {
        Kind::Choice { items, chosen } => {
            let item = items.iter().find(|item| item.key == *chosen);
            let label = item.map_or_else(String::new, |item| match item.digit {
                Some(digit) if !field.listed => format!("{digit} {}", item.label),
                _ => item.label.clone(),
            });
            let detail = item.map_or("", |item| item.detail.as_str());
            let label = if label.is_empty() { cx.theme.glyphs.none } else { &label };
            let keys = choosing(field);
            let hint = match field.hint.as_str() {
                "" if field.listed => "",
                "" if detail.is_empty() => &keys,
                "" => detail,
                hint => hint,
            };
            let first = Rect { height: 1.min(rest.height), ..rest };
            let under = if focus { below(form, at, rest.width, cx.today()) } else { Vec::new() };
            let beside = match (focus, under.is_empty()) {
                (true, true) => hint,
                (true, false) => "",
                (false, _) => detail,
            };
            frame.render_widget(value(label, shown, beside), first);
            draw_below(&under, Role::Dim, frame, rest, cx);
            if focus && field.listed {
                draw_listed(items, frame, rest, cx);
            }
        }
        Kind::YesNo(yes) => {
            let hint = if field.hint.is_empty() { "Enter turns it" } else { &field.hint };
            frame.render_widget(
                value(if *yes { "yes" } else { "no" }, shown, if focus { hint } else { "" }),
                rest,
            );
        }
        Kind::Words(words) => frame.render_widget(value(words, Role::Dim, ""), rest),
        _ => typed(form, at, missing, frame, rest, cx),
    }
}

/// What could be typed, in brackets: in every theme it is seen that nothing is there yet.
fn example(hint: &str) -> String {
    if hint.is_empty() { String::new() } else { format!("({hint})") }
}

/// That a field was filled in beforehand, and how something else comes into it.
fn prefilled(field: &Field, cx: &Cx) -> String {
    if field.selected {
        return "(filled in; type over it)".to_owned();
    }
    format!("(filled in; {} clears it)", cx.key(Action::ClearLine, Scope::FieldText))
}

/// What gives way to what is typed.
fn draw_selected(field: &Field, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    let Some(line) = field.line().filter(|_| field.selected) else { return };
    let shown = text::cut(line.value(), usize::from(area.width), "").into_owned();
    frame.render_widget(Span::styled(shown, cx.theme.style(Role::Selected)), area);
}

/// Rows below the first one of a field.
fn draw_below(rows: &[String], role: Role, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    for (y, words) in (area.y + 1..area.bottom()).zip(rows) {
        let words = Span::styled(words.clone(), cx.theme.style(role));
        frame.render_widget(words, Rect { y, height: 1, ..area });
    }
}

/// A typed field, with what was understood of it or what to type beside it.
fn typed(form: &Form, at: usize, missing: bool, frame: &mut Frame<'_>, rest: Rect, cx: &Cx) {
    let (field, focus) = (&form.fields[at], at == form.at);
    let Some(line) = field.line() else { return };
    if matches!(field.kind, Kind::Text(_)) && line.rows(rest.width) > 1 && rest.height > 1 {
        // A sentence of several rows has all of the room.
        return line.draw(frame, rest, focus, cx);
    }
    let under = if focus { below(form, at, rest.width, cx.today()) } else { Vec::new() };
    if rest.height > 1 && !under.is_empty() {
        let first = Rect { height: 1, ..rest };
        line.draw(frame, first, focus, cx);
        draw_selected(field, frame, first, cx);
        return draw_below(&under, said_of(form, at, cx.today()).1, frame, rest, cx);
    }
    let rest = Rect { height: 1.min(rest.height), ..rest };
    let needed = (text::width(line.value()) as u16 + 2).max(LEAST);
    let (beside, role) = match field.read_back(cx.today()) {
        _ if missing && focus && !field.hint.is_empty() => (format!("needed: {}", field.hint), Role::Error),
        _ if missing => ("needed".to_owned(), Role::Error),
        Ok(read) if focus && form.is_prefilled(at) => {
            let gap = if read.is_empty() { "" } else { " " };
            let whole = format!("{read}{gap}{}", prefilled(field, cx));
            // Where both do not fit, what is in the field comes first.
            let fits = needed + (text::width(&whole) as u16) < rest.width;
            (if fits { whole } else { read }, Role::Dim)
        }
        Ok(read) if read.is_empty() && focus => (example(&field.hint), Role::Dim),
        Ok(read) => (read, Role::Dim),
        Err(why) => (why, if focus { Role::Dim } else { Role::Error }),
    };
    let wanted = text::width(&beside) as u16;
    let room = if wanted == 0 {
        rest.width
    } else {
        rest.width.saturating_sub(wanted + 1).max(needed).min(rest.width)
    };
    line.draw(frame, Rect { width: room, ..rest }, focus, cx);
    if focus {
        draw_selected(field, frame, Rect { width: room, ..rest }, cx);
    }
    if room + 1 < rest.width && wanted > 0 {
        let is_read = example(&field.hint) != beside && !missing;
        let x = if is_read { rest.x + needed.min(room) } else { rest.x + needed.min(room) + 1 };
        let place = Rect { x, width: rest.right().saturating_sub(x), ..rest };
        let beside = text::cut(&beside, usize::from(place.width), cx.theme.glyphs.ellipsis).into_owned();
        frame.render_widget(Span::styled(beside, cx.theme.style(role)), place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::app::rig::Rig;
    use crate::tui::overlay::Question;
    use crate::tui::widgets::form::FormStep;
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    fn drawn(question: &Question, cx: &Cx) -> String {
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        terminal.draw(|frame| question.draw(frame, frame.area(), cx)).unwrap();
        let lines = terminal.backend().buffer().content.chunks(80);
        lines
            .map(|cells| cells.iter().map(ratatui::buffer::Cell::symbol).collect::<String>() + "\n")
            .collect()
    }

    #[test]
    fn what_is_said_of_a_field_wraps_below_it_where_it_does_not_fit_beside_it() {
        let rig = Rig::home();
        let cx = rig.cx();
        let hint = "numbers, first first: 1 withdrawal, 2 health, 3 emotional, 4 readiness, 5 relapse";
        let fields = vec![
            Field::time("start", "At", "").hint("14:00"),
            Field::offered("first", "First", "").hint(hint),
        ];
        let mut form = Form::new("Save", fields);
        assert_eq!(form.height(68), 4, "what fits is beside it");
        assert!(matches!(form.text("x"), FormStep::Nothing));
        let question = Question::form("Form", form.clone(), |_, _| Ok(Vec::new()));
        let shown = drawn(&question, cx);
        assert!(shown.contains("This is not a time of day. Try 14:00, 930 or"), "{shown}");
        assert!(shown.contains(" 2:30 pm."), "the end of it, too: {shown}");
        assert!(shown.contains("Save"), "{shown}");
        form.focus_on("first");
        let question = Question::form("Form", form, |_, _| Ok(Vec::new()));
        let shown = drawn(&question, cx);
        for word in hint.split_whitespace() {
            assert!(shown.contains(word), "{word}: {shown}");
        }
    }
}
