//! How the ranking looks: the bar of dimensions, people by tier, the client's words, and the sentence that says why.

use super::{DimensionScreen, Stop};
use crate::domain::counted;
use crate::packs::DimensionSet;
use crate::rules::dimension_view::{DimensionView, Group, Row, WantsRow, why_above, why_below};
use crate::rules::priority::{Tier, rank};
use crate::rules::when;
use crate::service::api::Person;
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::cells;
use crate::tui::widgets::frame::empty;
use crate::tui::widgets::table::{NARROW, fitted, marked};
use crate::tui::widgets::window as parts;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// A line of the list that is only drawn if it is in sight, and which stop it belongs to.
type Entry<'a> = (Piece<'a>, Option<usize>);

/// What a line of the list shows.
enum Piece<'a> {
    Titles,
    Tier { group: &'a Group, shown: usize, selected: bool },
    Person { row: &'a Row, selected: bool },
    Words(&'a Row),
    More { hidden: usize, selected: bool },
    Line(Line<'static>),
}

impl Piece<'_> {
    fn line(self, cells: usize, cx: &Cx) -> Line<'static> {
        match self {
            Self::Titles => titles(cells, cx),
            Self::Tier { group, shown, selected } => title(group, shown, selected, cells, cx),
            Self::Person { row, selected } => person(row, selected, cells, cx),
            Self::Words(row) => words(row, cells, cx),
            Self::More { hidden, selected } => {
                let more = format!("{hidden} more, Right unfolds");
                marked(vec![Span::styled(more, cx.theme.style(Role::Dim))], selected, cells, cx)
            }
            Self::Line(line) => line,
        }
    }
}

pub(super) fn draw(screen: &DimensionScreen, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    let Some(set) = cx.set() else { return };
    frame.render_widget(bar(screen, set, usize::from(area.width), cx), Rect { height: 1, ..area });
    let (ranking, stops) = (screen.ranking(cx), screen.stops(cx));
    let here = screen.at(&stops, cx);
    let cells = usize::from(area.width);
    let sentence = sentence_lines(screen, &stops, here, cells, cx);
    let list = list_area(area, sentence.len());
    let entries = entries(screen, ranking.as_deref(), here, cells, cx);
    if entries.is_empty() {
        let words =
            ["Nobody here is ranked yet, because nobody is admitted. Press 0 to go back to the whole list."
                .to_owned()];
        empty(frame, list, &words, cx);
        return;
    }
    let list = parts::list(list, entries.len());
    let (height, count) = (usize::from(list.height), entries.len());
    let top = top(&entries, here, height);
    let in_sight = entries.into_iter().skip(top).take(height);
    parts::lines(frame, list, in_sight.map(|(piece, _)| piece.line(cells, cx)).collect());
    parts::sign(frame, list, &(top..count.min(top + height)), count, cx);
    let height = sentence.len() as u16;
    let why = Rect { y: area.bottom().saturating_sub(height), height, ..area };
    let dim = cx.theme.style(Role::Dim);
    parts::lines(
        frame,
        why,
        sentence.into_iter().map(|line| Line::styled(format!(" {line}"), dim)).collect(),
    );
}

/// The stop under a click.
pub(super) fn hit(screen: &DimensionScreen, at: Position, area: Rect, cx: &Cx) -> Option<usize> {
    let (ranking, stops) = (screen.ranking(cx), screen.stops(cx));
    let here = screen.at(&stops, cx);
    let list = list_area(area, sentence_lines(screen, &stops, here, usize::from(area.width), cx).len());
    let entries = entries(screen, ranking.as_deref(), here, usize::from(area.width), cx);
    let list = parts::list(list, entries.len());
    let top = top(&entries, here, usize::from(list.height));
    let row = usize::from(at.y.checked_sub(list.y)?);
    if !list.contains(at) {
        return None;
    }
    entries.get(top + row).and_then(|(_, stop)| *stop)
}

/// The list's part, above so many lines of the sentence.
fn list_area(area: Rect, below: usize) -> Rect {
    Rect { y: area.y + 1, height: area.height.saturating_sub(1 + below as u16), ..area }
}

/// First line in sight: whole pages, so that the highlighted person with their words stays in sight.
fn top(entries: &[Entry<'_>], here: usize, height: usize) -> usize {
    let mine = |(_, stop): &Entry<'_>| *stop == Some(here);
    let (first, last) = (entries.iter().position(mine), entries.iter().rposition(mine));
    (last.unwrap_or(0) + 1).saturating_sub(height).min(first.unwrap_or(0))
}

/// The dimensions by their keys, the one in view in brackets. Where their names do not fit only that one has its name.
fn bar(screen: &DimensionScreen, set: &DimensionSet, cells: usize, cx: &Cx) -> Line<'static> {
    let dim = cx.theme.style(Role::Dim);
    let whole: usize = set.dimensions.iter().map(|dimension| text::width(&dimension.short) + 4).sum();
    let fits = whole + 9 <= cells;
    let mut spans = vec![Span::styled(" 0 whole ", dim)];
    for dimension in &set.dimensions {
        let (number, name) = (dimension.number, &dimension.short);
        spans.push(if number == screen.number {
            Span::styled(format!("[{number} {name}]"), cx.theme.style(Role::Focus))
        } else if fits {
            Span::styled(format!(" {number} {name} "), dim)
        } else {
            Span::styled(format!(" {number} "), dim)
        });
    }
    Line::from(spans)
}

/// Every line of the list with the stop it belongs to; titles belong to none. `here` is the highlighted stop.
fn entries<'a>(
    screen: &DimensionScreen,
    ranking: Option<&'a DimensionView>,
    here: usize,
    cells: usize,
    cx: &Cx,
) -> Vec<Entry<'a>> {
    let mut out = Vec::new();
    match ranking {
        Some(DimensionView::Ranked(groups)) => {
            if !groups.is_empty() {
                out.push((Piece::Titles, None));
            }
            let mut stop = 0;
            for group in groups {
                of_group(screen, group, here, &mut stop, cells, cx, &mut out);
            }
        }
        Some(DimensionView::Unranked(rows)) => {
            for (stop, row) in rows.iter().enumerate() {
                let lines = wants(row, here == stop, cells, cx).into_iter();
                out.extend(lines.map(|line| (Piece::Line(line), Some(stop))));
            }
        }
        None => {}
    }
    out
}

/// The lines of a tier; `stop` counts the stops so far, in the order of [`DimensionScreen::stops`].
fn of_group<'a>(
    screen: &DimensionScreen,
    group: &'a Group,
    here: usize,
    stop: &mut usize,
    cells: usize,
    cx: &Cx,
    out: &mut Vec<Entry<'a>>,
) {
    let shown = screen.in_sight(group.tier, group.rows.len());
    let folded = shown < group.rows.len();
    let selected = folded && shown == 0 && here == *stop;
    out.push((Piece::Tier { group, shown, selected }, (shown == 0).then_some(*stop)));
    for row in &group.rows[..shown] {
        let selected = here == *stop;
        out.push((Piece::Person { row, selected }, Some(*stop)));
        if selected && screen.trace {
            let lines = trace(row.index, screen.number, cells, cx).into_iter();
            out.extend(lines.map(|line| (Piece::Line(line), Some(*stop))));
        } else if !row.words.is_empty() {
            out.push((Piece::Words(row), Some(*stop)));
        }
        *stop += 1;
    }
    if folded && shown > 0 {
        let (hidden, selected) = (group.rows.len() - shown, here == *stop);
        out.push((Piece::More { hidden, selected }, Some(*stop)));
    }
    *stop += usize::from(folded);
}

fn tier_role(tier: Tier) -> Role {
    match tier {
        Tier::Now => Role::TierNow,
        Tier::Assess => Role::TierAssess,
        Tier::Plan => Role::TierPlan,
        Tier::Watch => Role::TierWatch,
        Tier::Steady => Role::TierSteady,
    }
}

fn title(group: &Group, shown: usize, selected: bool, cells: usize, cx: &Cx) -> Line<'static> {
    let count = group.rows.len();
    let people = counted(count, "person", "people");
    let right = if shown == 0 { format!("{people}, Right unfolds ") } else { format!("{people} ") };
    let word = group.tier.word();
    let meaning = group.tier.meaning();
    if selected {
        return marked(vec![Span::raw(format!("{word}  {meaning}   {right}"))], true, cells, cx);
    }
    let used = 1 + text::width(word) + 2 + text::width(meaning) + text::width(&right);
    Line::from(vec![
        Span::styled(format!(" {word}"), cx.theme.style(tier_role(group.tier))),
        Span::styled(
            format!("  {meaning}{}{right}", " ".repeat(cells.saturating_sub(used))),
            cx.theme.style(Role::Dim),
        ),
    ])
}

/// Widths of the columns behind the name: now, earlier, client, mode, review, problems.
const WIDTHS: [usize; 6] = [3, 10, 6, 10, 10, 12];

fn titles(cells: usize, cx: &Cx) -> Line<'static> {
    let dim = cx.theme.style(Role::Dim);
    let words = ["now", "earlier", "client", "mode", "review", "problems"];
    let columns = words.iter().map(|word| vec![Span::styled(*word, dim)]).collect();
    across(vec![Span::raw("")], columns, false, cells, cx)
}

fn across(
    name: Vec<Span<'static>>,
    columns: Vec<Vec<Span<'static>>>,
    selected: bool,
    cells: usize,
    cx: &Cx,
) -> Line<'static> {
    // In a narrow terminal mode and problems go first.
    let shown = |at: usize| cells >= usize::from(NARROW) || !matches!(at, 3 | 5);
    let columns: Vec<_> = columns.into_iter().zip(WIDTHS).enumerate().filter(|(at, _)| shown(*at)).collect();
    let used: usize = columns.iter().map(|(_, (_, width))| width + 1).sum();
    let mut spans = fitted(name, cells.saturating_sub(used + 4).min(44), false, cx);
    for (_, (column, width)) in columns {
        spans.push(Span::raw(" "));
        spans.extend(fitted(column, width, false, cx));
    }
    marked(spans, selected, cells, cx)
}

fn person(row: &Row, selected: bool, cells: usize, cx: &Cx) -> Line<'static> {
    let none = cx.theme.glyphs.none;
    let name = cx.people().get(row.index).map_or("", |person| &person.summary.name);
    let name = cx.listed(name).into_owned();
    let digit = |severity: &Option<crate::domain::Severity>| {
        severity.map_or(none.to_owned(), |one| one.digit().to_string())
    };
    let mut now = cells::severity(row.now, row.trend, cx);
    if row.foreign {
        now = vec![Span::styled(format!("{}'", digit(&row.now)), cx.theme.style(Role::Dim))];
    }
    // The newest of the earlier ratings stands next to today's.
    let history: Vec<String> = row.earlier.iter().take(5).map(digit).collect();
    let review = match row.review_in {
        Some(days) => Span::styled(
            when::due_in(days),
            cx.theme.style(if days < 0 { Role::Overdue } else { Role::Normal }),
        ),
        None => Span::raw(none),
    };
    let problems = match (row.problems, row.uncovered) {
        (0, _) => none.to_owned(),
        (all, 0) => all.to_string(),
        (all, _) => format!("{all}, no goal"),
    };
    let columns = vec![
        now,
        vec![Span::styled(history.join(" "), cx.theme.style(Role::Dim))],
        vec![Span::raw(row.client_rank.map(|rank| format!("#{rank}")).unwrap_or_default())],
        vec![Span::raw(row.mode.word())],
        vec![review],
        vec![Span::raw(problems)],
    ];
    across(vec![Span::raw(name)], columns, selected, cells, cx)
}

/// The client's words in this dimension, under their line.
fn words(row: &Row, cells: usize, cx: &Cx) -> Line<'static> {
    let on = row.words_on.map(|on| when::brief(on, cx.today())).unwrap_or_default();
    Line::from(vec![
        Span::raw("     "),
        cells::quote(&row.words, cells.saturating_sub(18), cx),
        Span::styled(format!("  {on}"), cx.theme.style(Role::Dim)),
    ])
}

/// The rule step by step: why this person's dimension has its tier, and its place among their own.
fn trace(at: usize, dimension: u8, cells: usize, cx: &Cx) -> Vec<Line<'static>> {
    let Some(person) = cx.people().get(at) else { return Vec::new() };
    let facts: Vec<_> = person.standing.rows.iter().map(|row| row.facts.clone()).collect();
    let ranked = rank(&facts).into_iter().find(|row| row.facts.dimension == dimension);
    let steps = ranked.map(|row| row.trace).unwrap_or_default();
    let style = cx.theme.style(Role::Dim);
    // A step that takes more than its line goes on below, a little further in.
    let wrapped = steps.iter().flat_map(|step| {
        let lines = parts::wrapped(std::slice::from_ref(step), cells.saturating_sub(8));
        lines
            .into_iter()
            .enumerate()
            .map(|(at, line)| format!("{}{line}", if at == 0 { "     " } else { "       " }))
    });
    wrapped.map(|line| Line::styled(line, style)).collect()
}

fn wants(row: &WantsRow, selected: bool, cells: usize, cx: &Cx) -> Vec<Line<'static>> {
    let name = cx.people().get(row.index).map_or("", |person| &person.summary.name);
    let name = cx.listed(name).into_owned();
    let dim = cx.theme.style(Role::Dim);
    let mut lines = vec![marked(vec![Span::raw(name)], selected, cells, cx)];
    if row.wants.is_empty() {
        lines.push(Line::styled("     nothing written down yet", dim));
    } else {
        let on = row.on.map(|on| when::brief(on, cx.today())).unwrap_or_default();
        let quote = cells::quote(&row.wants, cells.saturating_sub(18), cx);
        lines.push(Line::from(vec![Span::raw("     "), quote, Span::styled(format!("  {on}"), dim)]));
    }
    for (label, words) in [("barriers", &row.barriers), ("preferences", &row.preferences)] {
        if !words.is_empty() {
            lines.push(Line::styled(format!("     {label}: {}", text::line(words)), dim));
        }
    }
    lines
}

/// The sentence in lines, one at least, so that the list does not jump.
fn sentence_lines(screen: &DimensionScreen, stops: &[Stop], at: usize, cells: usize, cx: &Cx) -> Vec<String> {
    parts::wrapped(&[sentence(screen, stops, at, cx)], cells.saturating_sub(2))
}

/// Why the highlighted person stands above the next, or below the one before.
fn sentence(screen: &DimensionScreen, stops: &[Stop], at: usize, cx: &Cx) -> String {
    let person = |at: usize| match stops.get(at) {
        Some(Stop::Person(index)) => cx.people().get(*index),
        _ => None,
    };
    let pair = |person: &'_ Person| (person.summary.clone(), person.standing.clone());
    let Some(here) = person(at).map(pair) else { return String::new() };
    if let Some(next) = person(at + 1).map(pair) {
        return why_above((&here.0, &here.1), (&next.0, &next.1), screen.number);
    }
    match at.checked_sub(1).and_then(person).map(pair) {
        Some(before) => why_below((&here.0, &here.1), (&before.0, &before.1), screen.number),
        None => String::new(),
    }
}
