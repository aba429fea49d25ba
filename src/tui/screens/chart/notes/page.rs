//! How a note being written looks: header lines, the stacked sections, what is beside and below them.
//!
//! Owns the layout. It changes nothing: what is in sight follows from the draft, the size and the scroll kept with it.

use super::super::texts::{found_in, mode_words};
use super::beside::View;
use super::insert::Around;
use super::writing::Writing;
use super::{Earlier, keys, linking, marks, signing, words, words::problem_words};
use crate::domain::{Date, LocalTime, Number, Served, counted};
use crate::rules::plan::agenda::Item;
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::editor::{Decoration, Editor, Look, SCROLL_MARGIN, Tag, scroll_to};
use crate::tui::facts::Cx;
use crate::tui::screens::chart::alliance::{answering, rupture, ways};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::rule;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// Longest row of prose.
pub(super) const PROSE: u16 = 76;
/// From this width on the chart is beside the note.
pub(super) const WIDE: u16 = 120;
/// Format and service, links, rule.
const ABOVE: u16 = 3;
/// Rule with the word count, header keys, last plan (on a wide terminal the chart is beside, the plan with it).
const BELOW: u16 = 3;
/// Rows the text keeps while the chart is below it.
const LEAST: u16 = 4;

/// Rows below the text.
fn below(area: Rect) -> u16 {
    if area.width >= WIDE { BELOW - 1 } else { BELOW }
}

/// Where the prose is: one column more than a row, for the cursor behind a full one. `chart`: the keys are in the chart,
/// which on a narrow terminal takes the lower half.
pub(super) fn text_area(area: Rect, chart: bool) -> Rect {
    let height = area.height.saturating_sub(ABOVE + below(area));
    let height = if chart && area.width < WIDE { (height / 3).max(LEAST).min(height) } else { height };
    Rect { x: area.x + 1, y: area.y + ABOVE, width: area.width.saturating_sub(2).min(PROSE + 1), height }
}

/// Where the chart is: beside the note on a wide terminal, below the text on a narrow one while the keys are in it.
pub(super) fn chart_area(area: Rect, chart: bool) -> Option<Rect> {
    if let Some(side) = side_area(area) {
        let height = area.height.saturating_sub(ABOVE + below(area));
        return Some(Rect { y: area.y + ABOVE, height, ..side });
    }
    let text = text_area(area, true);
    let height = (area.y + area.height).saturating_sub(text.bottom() + 1);
    chart.then_some(Rect { y: text.bottom() + 1, height, ..area })
}

/// What is beside the prose on a wide terminal.
pub(super) fn side_area(area: Rect) -> Option<Rect> {
    let x = area.x + PROSE + 6;
    let width = area.right().saturating_sub(x + 1);
    (area.width >= WIDE).then_some(Rect { x, width, ..area })
}

/// The page row of each section's title.
pub(super) fn tops(writing: &Writing, width: u16) -> Vec<usize> {
    let mut at = 0;
    writing
        .editors
        .iter()
        .map(|editor| {
            let top = at;
            at += 1 + editor.rows(width) + 1;
            top
        })
        .collect()
}

/// The first page row in sight: as kept, or as little moved as shows the cursor.
pub(super) fn scroll(writing: &Writing, area: Rect) -> usize {
    let tops = tops(writing, area.width);
    let rows = |at: usize| writing.editors[at].rows(area.width);
    let total = tops.last().map_or(0, |top| top + 1 + rows(tops.len() - 1));
    let at = writing.focus().min(tops.len().saturating_sub(1));
    let cursor = writing.editors[at].cursor_row(area.width);
    let height = usize::from(area.height);
    let top = scroll_to(writing.scroll, height, total, tops[at] + 1 + cursor, SCROLL_MARGIN);
    // The title of the section is worth a row more than the margin.
    if cursor == 0 { top.min(tops[at]) } else { top }
}

pub(super) fn draw(view: &View<'_>, frame: &mut Frame<'_>, area: Rect) {
    let View { writing, earlier, chart, cx } = view;
    let row = |y: u16, height: u16| Rect { y: area.y + y, height, ..area }.intersection(area);
    frame.render_widget(first_line(writing, chart, usize::from(area.width), cx), row(0, 1));
    frame.render_widget(links_line(writing, chart, usize::from(area.width), cx), row(1, 1));
    frame.render_widget(rule(area.width, cx), row(2, 1));
    let in_chart = writing.beside.is_some();
    let text = text_area(area, in_chart);
    let below = Rect { y: text.bottom(), height: 1, ..area };
    let room = counted_rule(writing, frame, below, cx);
    let mark = sections(writing, frame, text, chart, cx);
    agenda(view, frame, text);
    marked_words(mark, frame, Rect { width: room, ..below }, cx);
    if let Some(place) = chart_area(area, in_chart) {
        if side_area(area).is_some() {
            for y in place.y..place.bottom() {
                let bar = Span::styled(cx.theme.glyphs.bar, cx.theme.style(Role::Rule));
                frame.render_widget(bar, Rect { x: place.x - 2, y, width: 1, height: 1 });
            }
        }
        view.draw(frame, place);
    }
    if !in_chart || side_area(area).is_some() {
        let keys = Rect { y: text.bottom() + 1, height: 1, ..area };
        frame.render_widget(keys::line(&writing.frame, usize::from(area.width), cx), keys);
        if side_area(area).is_none()
            && let Some(line) = returned_line(writing, usize::from(area.width), cx)
                .or_else(|| ask_line(chart, usize::from(area.width), cx))
                .or_else(|| plan_line(earlier, usize::from(area.width), cx))
        {
            frame.render_widget(line, Rect { y: keys.y + 1, ..keys });
        }
    }
}

/// What the plan has for today, below the sections of a note in which nothing was written yet.
fn agenda(view: &View<'_>, frame: &mut Frame<'_>, area: Rect) {
    let View { writing, cx, .. } = view;
    let around = Around { earlier: view.earlier, chart: view.chart, cx };
    let note = &writing.frame;
    let begun = note.addendum_to > 0 || note.amends > 0 || writing.words() > 0;
    let items = if begun { Vec::new() } else { writing.agenda(around) };
    let top = tops(writing, area.width).last().map_or(0, |top| top + 3);
    let free = usize::from(area.height).saturating_sub(top);
    if items.is_empty() || free < 2 {
        return;
    }
    let key = cx.key(Action::TakeAgenda, Scope::NoteText);
    let title = format!("For today, from the plan. {key} puts it into the note.");
    let all = items.len();
    let shown = if all < free { all } else { free - 2 };
    let mut lines = vec![title];
    lines.extend(items.iter().take(shown).map(Item::line));
    if shown < all {
        lines.push(format!("{} {} more", cx.theme.glyphs.below, all - shown));
    }
    let dim = cx.theme.style(Role::Dim);
    for (y, line) in (top..).zip(lines) {
        let line = text::cut(&text::line(&line), usize::from(area.width), more(cx)).into_owned();
        let place = Rect { y: area.y + y as u16, height: 1, ..area };
        frame.render_widget(Span::styled(line, dim), place);
    }
}

/// What was heard and nobody has answered, or a rupture that is open, on one line: the newest.
fn ask_line(chart: &ChartView, cells: usize, cx: &Cx) -> Option<Line<'static>> {
    let alerts = answering::open(chart).map(|alert| format!("Ask: {}", answering::heard(alert, cx.today())));
    let ruptures = rupture::open(chart).map(|one| format!("Rupture, {}", rupture::heard(one, cx)));
    let mut open = alerts.chain(ruptures);
    let first = open.next();
    let rest = match open.count() {
        0 => String::new(),
        count => format!("   {count} more on the alliance"),
    };
    let role = if first.is_some() { Role::Overdue } else { Role::Normal };
    let done = || {
        let newest = answering::answered_since_note(chart).into_iter().next();
        newest.map(|alert| format!("Answered: {}", answering::heard_and_done(alert, cx.today())))
    };
    let hint = || answering::hints(chart, cx).into_iter().next().map(|words| format!("Ask: {words}"));
    let words = first.or_else(done).or_else(hint).or_else(|| ways::hint(chart))?;
    let room = cells.saturating_sub(text::width(&rest) + 1);
    let words = text::cut(&text::line(&words), room, more(cx)).into_owned();
    let words = format!(" {words}{rest}");
    Some(Line::styled(words, cx.theme.style(role)))
}

/// Why the note was returned, on one line.
fn returned_line(writing: &Writing, cells: usize, cx: &Cx) -> Option<Line<'static>> {
    let words = format!(" {}", text::line(&writing.returned_words(cx)?));
    let words = text::cut(&words, cells, more(cx)).into_owned();
    Some(Line::styled(words, cx.theme.style(Role::Now)))
}

/// What was planned last, on one line.
fn plan_line(earlier: &Earlier, cells: usize, cx: &Cx) -> Option<Line<'static>> {
    let (note, plan) = earlier.plan()?;
    let head = format!(" Last note {}  ", when::short(note.date, cx.today()));
    let words = format!("{}: {}", plan.title, plan.text.trim());
    let room = cells.saturating_sub(text::width(&head));
    let words = text::cut(&text::line(&words), room, more(cx)).into_owned();
    Some(Line::from(vec![Span::styled(head, cx.theme.style(Role::Dim)), Span::raw(words)]))
}

fn more(cx: &Cx) -> &'static str {
    cx.theme.glyphs.ellipsis
}

/// `amends the note of 20 Nov`.
fn amends(number: Number, chart: &ChartView, cx: &Cx) -> String {
    let amended = chart.notes.iter().find(|head| head.number == number);
    match amended {
        Some(head) => format!("amends the note of {}", when::short(head.service.date, cx.today())),
        None => "amends a signed note".to_owned(),
    }
}

/// Format, type, date, times, minutes; on the right whether it is saved.
fn first_line(writing: &Writing, chart: &ChartView, cells: usize, cx: &Cx) -> Line<'static> {
    let note = &writing.frame;
    let what = if note.addendum_to > 0 {
        "Addendum".to_owned()
    } else if note.amends > 0 {
        format!("{}  {}", cx.format_name(&note.format), amends(note.amends, chart, cx))
    } else {
        cx.format_name(&note.format).to_owned()
    };
    let service = words::service(&note.service, cx.today());
    let late = if signing::is_late(note, cx) { "  LATE" } else { "" };
    let guessed = if note.guessed { "  time guessed" } else { "" };
    let marks = format!("{guessed}{late}{}", if writing.overlaps.is_empty() { "" } else { "  overlaps" });
    let (state, role) = match &writing.trouble {
        Some(why) => (format!("Not saved: {}. Concord keeps trying.", short_reason(why)), Role::Error),
        None if writing.is_saved() => {
            let how = if writing.recovered { "Recovered, saved" } else { "Saved" };
            (format!("{how} {}", saved_at(writing.saved, cx.today())), Role::Dim)
        }
        None => ("Not saved yet".to_owned(), Role::Dim),
    };
    // The service gives way to a fault, never the other way round.
    let name = text::width(&what) + 3;
    let state = text::cut(&state, cells.saturating_sub(name + 3), more(cx)).into_owned();
    let room = cells.saturating_sub(name + text::width(&state) + 3);
    // What is marked is shown whole; how and where it was gives way.
    let service = text::cut(whole(&service, room.saturating_sub(marks.len())), room, more(cx));
    let service = format!("{service}{marks}");
    Line::from(vec![
        Span::styled(format!(" {what}  "), cx.theme.style(Role::Now)),
        Span::raw(text::left(&service, room, more(cx))),
        Span::raw("  "),
        Span::styled(state, cx.theme.style(role)),
    ])
}

/// As many pieces of the service as fit, from the first on; the first one at least.
fn whole(service: &str, cells: usize) -> &str {
    let mut fits = service;
    while text::width(fits) > cells
        && let Some((first, _)) = fits.rsplit_once("  ")
    {
        fits = first;
    }
    fits
}

/// The second it was saved; of another day, the day and the minute.
fn saved_at(saved: LocalTime, today: Date) -> String {
    if saved.date == today {
        format!("{}:{:02}", saved.time, saved.second)
    } else {
        format!("{} {}", when::short(saved.date, today), saved.time)
    }
}

/// Why it is not saved, in so few words that the rest of the line fits; the message line has the whole sentence.
fn short_reason(why: &str) -> String {
    let why = why.strip_prefix("Not saved: ").unwrap_or(why);
    let first = why.split(';').next().unwrap_or(why);
    text::line(first.trim_end_matches('.')).into_owned()
}

/// What the note works on, or the key that links them; on the right the blanks that are left.
fn links_line(writing: &Writing, chart: &ChartView, cells: usize, cx: &Cx) -> Line<'static> {
    let blanks = match writing.blanks() {
        0 => String::new(),
        many => counted(many, "blank", "blanks"),
    };
    let label = Span::styled(" works on  ", cx.theme.style(Role::Dim));
    let room = cells.saturating_sub(13 + text::width(&blanks));
    let (words, role) = served(writing, chart, room, cx);
    Line::from(vec![
        label,
        Span::styled(text::left(&words, room, more(cx)), cx.theme.style(role)),
        Span::styled(blanks, cx.theme.style(Role::Now)),
    ])
}

fn served(writing: &Writing, chart: &ChartView, room: usize, cx: &Cx) -> (String, Role) {
    let note = &writing.frame;
    let none = note.links.is_empty() && note.lines.is_empty();
    if none && !note.serves_nothing.is_empty() {
        return (format!("nothing on the plan: {}", text::line(&note.serves_nothing)), Role::Normal);
    }
    if none {
        let key = cx.key(Action::LinkProblems, Scope::NoteText);
        return (format!("nothing linked yet; {key} links it to the plan"), Role::Dim);
    }
    let each = room / (note.links.len() + note.lines.len()).clamp(1, 3);
    let each = each.saturating_sub(3);
    let line = |served: &Served| {
        let words = linking::line_words(served.line, &chart.plan.plan);
        format!("{words}  {}", served.progress.sign()).trim_end().to_owned()
    };
    let lines = note.lines.iter().map(line);
    let problems = note.links.iter().map(|number| problem_words(*number, chart));
    let all = lines.chain(problems).map(|words| text::cut(&words, each, more(cx)).into_owned());
    (all.collect::<Vec<String>>().join("   "), Role::Normal)
}

/// The lower rule, with the count of words on its right; gives back how much of it is free on the left.
fn counted_rule(writing: &Writing, frame: &mut Frame<'_>, line: Rect, cx: &Cx) -> u16 {
    frame.render_widget(rule(line.width, cx), line);
    let count = counted(writing.words(), "word", "words");
    let mode = mode_words(&writing.editors, cx);
    let copied = match writing.copies() {
        0 => String::new(),
        many => format!("{} copied, not yet edited   ", counted(many, "passage", "passages")),
    };
    let said = format!(" {copied}{mode}{count} ");
    let width = text::width(&said) as u16;
    let place = Rect { x: line.right().saturating_sub(width + 2), width, ..line }.intersection(line);
    frame.render_widget(Span::styled(said, cx.theme.style(Role::Dim)), place);
    place.x.saturating_sub(line.x)
}

/// Why the place of the cursor is marked, on the left of the lower rule.
fn marked_words(mark: Option<marks::Mark>, frame: &mut Frame<'_>, line: Rect, cx: &Cx) {
    let Some(mark) = mark else { return };
    let key = match mark.what {
        marks::What::Misspelled => format!("   {}", cx.key(Action::NextMistake, Scope::NoteText)),
        _ => String::new(),
    };
    // The rule is seen on both sides of the words.
    let room = usize::from(line.width).saturating_sub(6 + text::width(&key));
    let said = text::cut(&text::line(&mark.what.said(cx.today())), room, more(cx)).into_owned();
    let said = format!(" {said}{key} ");
    let place = Rect { x: line.x + 2, width: text::width(&said) as u16, ..line }.intersection(line);
    frame.render_widget(Span::styled(said, cx.theme.style(Role::Normal)), place);
}

/// The sections with their texts; gives back the mark the cursor is in.
fn sections(
    writing: &Writing,
    frame: &mut Frame<'_>,
    area: Rect,
    chart: &ChartView,
    cx: &Cx,
) -> Option<marks::Mark> {
    let scroll = scroll(writing, area);
    let height = usize::from(area.height);
    let format = cx.format(&writing.frame.format);
    let look = Look { text: cx.theme.style(Role::Normal), selection: cx.theme.style(Role::Selected) };
    let (mut cursor, mut mark): (Option<Position>, _) = (None, None);
    for (at, top) in tops(writing, area.width).into_iter().enumerate() {
        let (section, editor) = (&writing.frame.sections[at], &writing.editors[at]);
        let focus = at == writing.focus();
        if (scroll..scroll + height).contains(&top) {
            let role = if focus { Role::Focus } else { Role::Dim };
            let title =
                text::cut(&text::line(&section.title), usize::from(area.width), more(cx)).into_owned();
            let line = Rect { y: area.y + (top - scroll) as u16, height: 1, ..area };
            frame.render_widget(Span::styled(title, cx.theme.style(role)), line);
        }
        let first = scroll.saturating_sub(top + 1);
        let y = (top + 1).saturating_sub(scroll);
        let rows = editor.rows(area.width).saturating_sub(first).min(height.saturating_sub(y));
        if rows == 0 {
            continue;
        }
        let place = Rect { y: area.y + y as u16, height: rows as u16, ..area };
        if editor.is_empty()
            && let Some(wanted) =
                format.and_then(|format| format.sections.iter().find(|one| one.key == section.key))
        {
            let prompt = text::cut(&wanted.prompt, usize::from(area.width), more(cx)).into_owned();
            frame.render_widget(Span::styled(prompt, cx.theme.style(Role::Dim)), place);
        }
        let seen = editor.seen(first, rows, place.width);
        let mut all = decorations(editor, cx);
        let marked = marks::in_sight(writing, at, &seen, chart, cx);
        let here = focus.then(|| editor.cursor());
        all.extend(marks::decorations(&marked, here, cx));
        all.extend(found_in(editor, writing.editors.sought(), (first, rows), area.width, cx));
        let found = editor.draw_decorated(first, place, frame.buffer_mut(), look, &all);
        if let Some(here) = here {
            cursor = found;
            mark = marks::at_cursor(marked, here);
        }
    }
    // While the keys are in the chart nothing is typed here.
    if let Some(cursor) = cursor.filter(|_| writing.beside.is_none()) {
        frame.set_cursor_position(cursor);
    }
    mark
}

/// How blanks and copied passages stand out.
pub(in crate::tui::screens) fn decorations(editor: &Editor, cx: &Cx) -> Vec<Decoration> {
    let style = |tag: Tag| match tag {
        Tag::Blank => Some(cx.theme.style(Role::Blank)),
        Tag::Copied => Some(cx.theme.style(Role::Copied)),
        Tag::Filled => None,
    };
    let mut out = Vec::new();
    for passage in editor.passages() {
        let Some(style) = style(passage.tag) else { continue };
        for paragraph in passage.from.paragraph..=passage.to.paragraph {
            let start = if paragraph == passage.from.paragraph { passage.from.byte } else { 0 };
            let whole = editor.paragraph(paragraph).len();
            let end = if paragraph == passage.to.paragraph { passage.to.byte } else { whole };
            out.push(Decoration { paragraph, range: start..end, style });
        }
    }
    out
}
