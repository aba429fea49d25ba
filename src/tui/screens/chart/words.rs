//! Words that the rooms of a chart share: names of dimensions, how long ago, who may not write and why.

use super::blocks::INDENT;
use super::same;
use crate::domain::{Date, DimensionRef, Moment};
use crate::packs;
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::table::Cell;
use crate::tui::widgets::window;
use ratatui::text::Span;

/// Longest line of prose.
pub(super) const PROSE: usize = 78;

/// `D5 relapse`, of the agency's set; `elsewhere` for one without a counterpart there.
pub(super) fn dimension(number: u8, cx: &Cx) -> String {
    if number == 0 {
        return "elsewhere".to_owned();
    }
    let short = cx.set().and_then(|set| set.dimension(number)).map_or("", |d| d.short.as_str());
    format!("D{number} {short}").trim_end().to_owned()
}

/// A dimension of any set: one of another set carries the mark `'`.
pub(super) fn dimension_ref(of: &DimensionRef, cx: &Cx) -> String {
    if cx.set().is_none_or(|set| set.key == of.set) {
        return dimension(of.number, cx);
    }
    let short = packs::set(&of.set).and_then(|set| set.dimension(of.number)).map_or("", |d| d.short.as_str());
    format!("D{} {short}'", of.number)
}

/// As [`dimension_ref`], with the edition spelled out where it is another.
pub(super) fn dimension_long(of: &DimensionRef, cx: &Cx) -> String {
    let set = packs::set(&of.set);
    let name = set.and_then(|set| set.dimension(of.number)).map_or("", |d| d.name.as_str());
    let foreign = cx.set().is_some_and(|agency| agency.key != of.set);
    let edition =
        if foreign { format!(" ({})", set.map_or(of.set.as_str(), |s| &s.edition)) } else { String::new() };
    format!("D{} {name}{edition}", of.number)
}

/// How long ago, by the clock: `just now`, `3 h ago`. The calendar date of an instant is the service's to say.
pub(super) fn ago(moment: Moment, cx: &Cx) -> String {
    match (cx.now.moment.0 - moment.0) / 60_000 {
        ..=0 => "just now".to_owned(),
        minutes => format!("{} ago", when::span(minutes)),
    }
}

/// When something about a need was: `20 Nov 14:05`, with the year if it is not this year's.
pub(super) fn at(moment: Moment, chart: &ChartView, cx: &Cx) -> String {
    let known = chart.times.iter().find(|(one, _)| *one == moment);
    known.map_or_else(
        || ago(moment, cx),
        |(_, local)| format!("{} {}", when::short(local.date, cx.today()), local.time),
    )
}

/// Why nothing can be written in this chart, if nothing can.
pub(super) fn no_writing(chart: &ChartView, cx: &Cx) -> Option<String> {
    let others = || "You can read this chart, not write in it: it is not one of yours.".to_owned();
    if let Some(leads) = same::leading(chart) {
        let words = format!("New entries go to {leads}, the same person's chart that leads. Press ");
        return Some(cx.keyed(&(words + "[key:linked-chart].")));
    }
    (!chart.may_write).then(|| not_admitted(chart, cx).unwrap_or_else(others))
}

/// Why a page of this chart is not shown. Whoever may never read one learns nothing of the person's stay from that.
pub(super) fn no_reading(chart: &ChartView, cx: &Cx) -> String {
    let said = if cx.reads_charts() { not_admitted(chart, cx) } else { None };
    said.unwrap_or_else(|| {
        let key = cx.key(Action::RoomOverview, Scope::Chart);
        format!("Your roles let you see this person's details, not the rest of the chart. {key} shows the details.")
    })
}

/// What must come before anything is written about a person who is not in care.
pub(super) fn not_admitted(chart: &ChartView, cx: &Cx) -> Option<String> {
    let in_care = chart.episodes.iter().any(|episode| episode.value.discharged.is_none());
    let admit = cx.key(Action::Admit, Scope::Chart);
    let name = chart.client.value.display_name();
    let left = chart.last_stay().and_then(|one| one.discharged).map(|(on, _)| when::short(on, cx.today()));
    let words = if let Some(left) = left {
        format!("The stay of {name} ended {left}. Press {admit} to admit them again, then write.")
    } else if cx.may_do(Action::Admit) {
        format!("{name} is not admitted yet. Press {admit} to admit, then write.")
    } else {
        format!("{name} is not admitted yet. A counselor or supervisor can admit them.")
    };
    (!in_care).then_some(words)
}

/// Why a plan does not change any more: the stay that it is of has ended.
pub(super) fn plan_closed(chart: &ChartView, cx: &Cx) -> Option<String> {
    let left = chart.last_stay().filter(|_| chart.open_episode().is_none())?;
    let (day, _) = left.discharged?;
    let (day, admit) = (when::short(day, cx.today()), cx.key(Action::Admit, Scope::Chart));
    Some(format!("The stay ended {day}, and its plan with it. {admit} admits again, with a new plan."))
}

/// A date that must not lie ahead, said by the field it stands in.
pub(super) fn is_ahead(date: Date, cx: &Cx) -> bool {
    date > cx.today()
}

/// Words under a row, wrapped, all in one role.
pub(super) fn under(words: &str, indent: usize, role: Role, width: usize, cx: &Cx) -> Vec<Cell> {
    let cells = width.min(PROSE).saturating_sub(indent + INDENT + 1);
    let lines = window::wrapped(&[words.to_owned()], cells);
    lines.into_iter().map(|line| vec![gap(indent), Span::styled(line, cx.theme.style(role))]).collect()
}

/// The client's words, wrapped between quotation marks, with what stands dim behind them.
pub(super) fn quoted(words: &str, behind: &str, indent: usize, width: usize, cx: &Cx) -> Vec<Cell> {
    let glyphs = &cx.theme.glyphs;
    let words = format!("{}{}{}", glyphs.quote_open, words.trim(), glyphs.quote_close);
    let mut lines = under(&words, indent, Role::Quote, width, cx);
    let Some(last) = lines.last_mut().filter(|_| !behind.is_empty()) else { return lines };
    let used: usize = last.iter().map(Span::width).sum();
    let behind = format!("  {behind}");
    if used + text::width(&behind) + INDENT <= width {
        last.push(Span::styled(behind, cx.theme.style(Role::Dim)));
    } else {
        lines.extend(under(behind.trim_start(), indent, Role::Dim, width, cx));
    }
    lines
}

/// Empty cells.
pub(super) fn gap(cells: usize) -> Span<'static> {
    Span::raw(" ".repeat(cells))
}
