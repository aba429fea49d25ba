//! How the priorities look.

use super::{Priorities, Row};
use crate::domain::{CriticalDone, DimensionRef, ImmediateNeed, NeedState, NeedStep, Number, Wants, counted};
use crate::packs;
use crate::rules::caseload::{columns, dimension_facts};
use crate::rules::deadline::until;
use crate::rules::need::story;
use crate::rules::priority::{DimensionFacts, Ranked, Tier, rank, step_down};
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screens::chart::blocks::Blocks;
use crate::tui::screens::chart::words::{at, dimension, dimension_ref, gap, quoted, under};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::cells;
use crate::tui::widgets::table::{Cell, fitted};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Span;

/// Cells of the tier's word, of a dimension, of a label.
const TIER: usize = 7;
const NAME: usize = 14;
const LABEL: usize = 11;
/// From this width on the dimension that is not rated stands beside the list, this wide.
const WIDE: u16 = 120;
const PANE: u16 = 40;

fn dim(words: impl Into<String>, cx: &Cx) -> Span<'static> {
    Span::styled(words.into(), cx.theme.style(Role::Dim))
}

/// The dimension of the agency's set that is talked about, not rated.
fn talked(cx: &Cx) -> Option<u8> {
    cx.set()?.dimensions.iter().find(|dimension| !dimension.rated).map(|dimension| dimension.number)
}

/// The list's part of the area.
pub(super) fn list_area(area: Rect, cx: &Cx) -> Rect {
    let pane = if area.width >= WIDE && talked(cx).is_some() { PANE + 2 } else { 0 };
    Rect { width: area.width - pane, ..area }
}

fn facts(chart: &ChartView, cx: &Cx) -> Vec<DimensionFacts> {
    let Some(context) = cx.caseload() else { return Vec::new() };
    dimension_facts(&chart.person.summary, cx.today(), cx.now.moment, &context)
}

/// The most pressing open need of a dimension of the agency's set.
pub(super) fn need_in(number: u8, chart: &ChartView, cx: &Cx) -> Option<Number> {
    let set = cx.set()?;
    let here = |of: &DimensionRef| packs::crosswalk(of, &set.key) == Some(number);
    open_needs(chart, cx).into_iter().find(|need| here(&need.dimension)).map(|need| need.number)
}

/// Open needs, most pressing first (`clinical.md` 2.4 step 3.1), then the oldest recheck, then as they were raised.
fn open_needs<'a>(chart: &'a ChartView, cx: &Cx) -> Vec<&'a ImmediateNeed> {
    let mut open: Vec<&ImmediateNeed> =
        chart.needs.iter().map(|kept| &kept.value).filter(|need| need.state.open()).collect();
    open.sort_by_key(|need| {
        let (pressing, recheck) = match need.state {
            NeedState::InHand { recheck_at, .. } => {
                (if recheck_at <= cx.now.moment { 0 } else { 3 }, recheck_at)
            }
            NeedState::Confirmed => (1, need.raised_at),
            _ => (2, need.raised_at),
        };
        (pressing, recheck, need.number)
    });
    open
}

/// Everything there is to see, a row of several lines each.
pub(super) fn blocks(room: &Priorities, chart: &ChartView, width: u16, cx: &Cx) -> Blocks<Row> {
    let width = usize::from(width);
    let mut out = Blocks::new();
    out.row(Row::Wants, wants(room, chart, width, cx));
    let open = open_needs(chart, cx);
    if !open.is_empty() {
        out.line(Vec::new());
        for need in &open {
            let unfolded = room.is_unfolded(Row::Need(need.number));
            out.row(Row::Need(need.number), need_lines(need, unfolded, width, chart, cx));
        }
    }
    out.line(Vec::new());
    ranked(room, chart, width, cx, &mut out);
    if cx.content().width < WIDE
        && let Some(number) = talked(cx)
    {
        for line in person_lines(number, chart, width, false, cx) {
            out.line(line);
        }
    }
    closed(room, chart, width, cx, &mut out);
    out
}

pub(super) fn draw(room: &Priorities, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
    let list = list_area(area, cx);
    let blocks = blocks(room, chart, list.width, cx);
    let here = room.spot.on(&blocks.keys());
    blocks.draw(frame, list, here, cx);
    if let Some(number) = talked(cx).filter(|_| list.width < area.width) {
        let mut side: Blocks<Row> = Blocks::new();
        let lines = person_lines(number, chart, usize::from(PANE), true, cx);
        for line in lines {
            side.line(line);
        }
        let pane = Rect { x: list.right() + 1, width: PANE + 1, ..area };
        side.draw(frame, pane, None, cx);
    }
}

/// What the client wants, why now, what they put first; unfolded, what they said before.
fn wants(room: &Priorities, chart: &ChartView, width: usize, cx: &Cx) -> Vec<Cell> {
    let Some(wants) = chart.wants.as_ref().map(|kept| &kept.value) else {
        let key = cx.key(Action::ClientWants, Scope::Priorities);
        return vec![vec![dim(
            format!("What does the client want, and why now? Press {key} to write it down."),
            cx,
        )]];
    };
    let on = when::short(wants.on, cx.today());
    let more = match chart.wants_before.len() {
        0 => on,
        many if room.is_unfolded(Row::Wants) => format!("{on}; {many} earlier:"),
        many => format!("{on}, {many} earlier"),
    };
    let mut lines = Vec::new();
    if !wants.wants.is_empty() {
        lines.extend(labelled("Wants", &wants.wants, &more, width, cx));
    }
    if !wants.why_now.is_empty() {
        let behind = if lines.is_empty() { more.as_str() } else { "" };
        lines.extend(labelled("Why now", &wants.why_now, behind, width, cx));
    }
    let name = |number: &u8| dimension_ref(&DimensionRef { set: wants.set.clone(), number: *number }, cx);
    let order = |first: &[u8]| first.iter().map(name).collect::<Vec<_>>().join(", ");
    if !wants.first.is_empty() || !wants.words.is_empty() {
        let none = "nothing named".to_owned();
        let first = if wants.first.is_empty() { none } else { order(&wants.first) };
        let mut line = vec![dim(text::left("Puts first", LABEL, ""), cx), Span::raw(first)];
        if !wants.words.is_empty() {
            let used: usize = line.iter().map(|span| text::width(&span.content)).sum();
            line.push(gap(2));
            line.push(cells::quote(&wants.words, width.saturating_sub(used + 6), cx));
        }
        lines.push(line);
    }
    if room.is_unfolded(Row::Wants) {
        for Wants { on, wants: said, first, .. } in &chart.wants_before {
            let behind = if first.is_empty() { String::new() } else { format!("ranked {}", order(first)) };
            let when = when::short(*on, cx.today());
            lines.extend(labelled(&when, said, &behind, width, cx));
        }
    }
    lines
}

/// A label and the client's words beside it.
fn labelled(label: &str, words: &str, behind: &str, width: usize, cx: &Cx) -> Vec<Cell> {
    let mut lines = quoted(words, behind, LABEL, width, cx);
    if let Some(first) = lines.first_mut() {
        first[0] = dim(text::left(label, LABEL, cx.theme.glyphs.ellipsis), cx);
    }
    lines
}

fn need_lines(need: &ImmediateNeed, unfolded: bool, width: usize, chart: &ChartView, cx: &Cx) -> Vec<Cell> {
    let word = if need.state == NeedState::Proposed { "NOW?" } else { "NOW" };
    let mut first = vec![
        Span::styled(text::left(word, TIER, ""), cx.theme.style(Role::TierNow)),
        Span::raw(text::left(&dimension_ref(&need.dimension, cx), NAME, cx.theme.glyphs.ellipsis)),
    ];
    let waits = (cx.now.moment.0 - need.raised_at.0) / 60_000;
    match &need.state {
        NeedState::InHand { owner, recheck_at, .. } => {
            first.push(Span::raw(format!("in hand, {}   ", cx.staff_name(*owner))));
            let words = format!("recheck {}", until(*recheck_at, cx.now.moment));
            first.push(if *recheck_at <= cx.now.moment {
                Span::styled(words, cx.theme.style(Role::Overdue))
            } else {
                dim(words, cx)
            });
        }
        NeedState::Confirmed => first.push(Span::raw("confirmed, no action yet")),
        _ if waits >= 24 * 60 => {
            let words = format!("proposed, undecided for {}", when::span(waits));
            first.push(Span::styled(words, cx.theme.style(Role::Overdue)));
        }
        _ => first.push(Span::raw("proposed, to decide")),
    }
    let mut lines = vec![first];
    if let NeedState::InHand { action, .. } = &need.state {
        lines.extend(under(action, TIER, Role::Normal, width, cx));
    }
    // Whatever was said about danger stays in sight while the need is open, newest first, each with its date.
    for (place, said) in story::said(need) {
        let (by, on) = (cx.staff_name(said.by), at(said.at, chart, cx));
        let since = at(need.raised_at, chart, cx);
        let step = match said.step {
            NeedStep::Raised if need.raised_at != said.at => format!("since {since}, raised "),
            NeedStep::Raised => "raised ".to_owned(),
            NeedStep::Told if need.raised_at != said.at => format!("since {since}, passed on "),
            NeedStep::Told => "passed on ".to_owned(),
            _ => String::new(),
        };
        let corrected =
            story::corrected_at(need, place).map(|on| format!(", corrected {}", at(on, chart, cx)));
        let words = format!("{}; {step}{on} by {by}{}", said.words, corrected.unwrap_or_default());
        lines.extend(under(&words, TIER, Role::Normal, width, cx));
    }
    if story::said(need).is_empty() {
        let reason = if need.reason.is_empty() { source(need) } else { &need.reason };
        let (by, on) = (cx.staff_name(need.raised_by), at(need.raised_at, chart, cx));
        lines.extend(under(&format!("{reason}; raised {on} by {by}"), TIER, Role::Dim, width, cx));
    }
    if unfolded {
        lines.extend(history(need, width, chart, cx));
    }
    lines
}

/// Everything that was said, changed and decided about a need, oldest first, each in the words of that moment.
fn history(need: &ImmediateNeed, width: usize, chart: &ChartView, cx: &Cx) -> Vec<Cell> {
    let mut lines = under(&format!("raised by {}", source(need)), TIER, Role::Dim, width, cx);
    for entry in story::as_written(need) {
        let (by, on) = (cx.staff_name(entry.by), at(entry.at, chart, cx));
        let words = if entry.words.is_empty() { String::new() } else { format!(": {}", entry.words) };
        let was = if entry.was.is_empty() { String::new() } else { format!(" (before: {})", entry.was) };
        let text = format!("{on} {by}, {}{words}{was}", story::step_words(entry.step));
        lines.extend(under(&text, TIER, Role::Dim, width, cx));
    }
    let critical = chart.criticals.iter().map(|kept| &kept.value).filter(|one| one.need == need.number);
    for done in critical.flat_map(|one| &one.done) {
        let text = format!("{} {}, {}", at(done.at, chart, cx), done.by_name, answered(done));
        lines.extend(under(&text, TIER, Role::Dim, width, cx));
    }
    lines
}

/// What was answered about a critical answer, each in its words.
fn answered(done: &CriticalDone) -> String {
    let said = |label: &str, words: &str| match (label, words) {
        (_, "") => None,
        ("", words) => Some(words.to_owned()),
        (label, words) => Some(format!("{label} {words}")),
    };
    let quote = if done.words.is_empty() { String::new() } else { format!("\u{201c}{}\u{201d}", done.words) };
    let parts = [
        said("the person was", &done.here),
        said("assessed", &done.assessed),
        said("said", &quote),
        said("", &done.decided),
        said("means at home:", &done.means),
        said("safety plan:", &done.plan),
        said("consulted:", &done.consult),
    ];
    parts.into_iter().flatten().collect::<Vec<String>>().join("; ")
}

fn source(need: &ImmediateNeed) -> &'static str {
    use crate::domain::NeedSource;
    match need.source {
        NeedSource::Clinician => "a person",
        NeedSource::Rating => "a rating of 4",
        NeedSource::Instrument => "an instrument",
        NeedSource::Caller => "what a caller said",
    }
}

fn ranked(room: &Priorities, chart: &ChartView, width: usize, cx: &Cx, out: &mut Blocks<Row>) {
    let facts = facts(chart, cx);
    let known = |row: &DimensionFacts| row.severity.is_some() || row.need.open() || row.rated_in.is_some();
    if !facts.iter().any(known) {
        let key = cx.key(Action::RoomGrid, Scope::Chart);
        out.line(vec![dim(format!("Nothing is rated yet. Press {key} to go to the assessment grid."), cx)]);
        return;
    }
    for row in rank(&facts) {
        let key = Row::Dimension(row.facts.dimension);
        let mut lines = vec![row_line(&row, chart, width, cx)];
        if room.is_unfolded(key) {
            lines.extend(trace(&row, chart, width, cx));
        }
        out.row(key, lines);
    }
    if let Some(prompt) = step_down(&facts) {
        let mut words = prompt.to_owned();
        words[..1].make_ascii_uppercase();
        out.line(Vec::new());
        out.line(vec![dim(format!("{words}."), cx)]);
    }
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

/// `PLAN   D5 relapse    3▲ engage    worse (2→3) · client's #1`.
fn row_line(row: &Ranked, chart: &ChartView, width: usize, cx: &Cx) -> Cell {
    const MODE: usize = 11;
    let mut line =
        vec![Span::styled(text::left(row.tier_word, TIER, ""), cx.theme.style(tier_role(row.tier)))];
    let name = dimension(row.facts.dimension, cx);
    line.push(Span::raw(text::left(&name, NAME, cx.theme.glyphs.ellipsis)));
    line.extend(severity(row, chart, cx));
    line.push(gap(1));
    line.push(Span::raw(text::left(row.mode.word(), MODE, "")));
    // The severity stands in its own column.
    let reasons: Vec<&str> =
        row.reasons.iter().map(String::as_str).filter(|reason| !reason.starts_with("severity ")).collect();
    let rest = width.saturating_sub(TIER + NAME + 2 + 1 + MODE + 4);
    line.extend(fitted(vec![dim(reasons.join(" · "), cx)], rest, false, cx));
    line
}

/// Digit and trend; a rating given in another set stands dim with its mark.
fn severity(row: &Ranked, chart: &ChartView, cx: &Cx) -> Vec<Span<'static>> {
    let summary = &chart.person.summary;
    let foreign = cx.set().filter(|_| row.facts.rated_in.is_some()).and_then(|set| {
        columns(summary, set).into_iter().find(|column| column.dimension == row.facts.dimension)
    });
    if let Some(value) = foreign.and_then(|column| column.value) {
        return vec![dim(format!("{}'", value.digit()), cx)];
    }
    let before = row.facts.previous.flatten();
    cells::severity(row.facts.severity, cells::trend(row.facts.severity, before), cx)
}

/// Why a row stands where it stands: the reasons in full, the client's words, the rule step by step.
fn trace(row: &Ranked, chart: &ChartView, width: usize, cx: &Cx) -> Vec<Cell> {
    let mut lines = under(&row.why(), TIER, Role::Normal, width, cx);
    let summary = &chart.person.summary;
    let same_set = cx.set().is_some_and(|set| *set.key == *summary.set);
    let rating = summary.ratings.iter().find(|rating| rating.dimension == row.facts.dimension && same_set);
    if let Some(rating) = rating.filter(|rating| !rating.words.is_empty()) {
        let on = rating.words_on.map(|on| when::short(on, cx.today())).unwrap_or_default();
        lines.extend(quoted(&rating.words, &on, TIER, width, cx));
    }
    for step in &row.trace {
        lines.extend(under(step, TIER, Role::Dim, width, cx));
    }
    lines
}

/// The dimension that is not rated: what they want, what stands in the way, what they prefer.
fn person_lines(number: u8, chart: &ChartView, width: usize, with_wants: bool, cx: &Cx) -> Vec<Cell> {
    let name = format!("{}, talked about and not rated", dimension(number, cx));
    let mut lines = vec![Vec::new(), vec![Span::styled(name, cx.theme.style(Role::Now))]];
    let wants = chart.wants.as_ref().map(|kept| kept.value.clone()).unwrap_or_default();
    let none = cx.theme.glyphs.none;
    let shown = [("Wants", &wants.wants), ("Barriers", &wants.barriers), ("Prefers", &wants.preferences)];
    for (label, words) in shown.into_iter().filter(|(label, _)| with_wants || *label != "Wants") {
        if words.is_empty() {
            lines.push(vec![dim(text::left(label, LABEL, ""), cx), dim(none, cx)]);
        } else {
            lines.extend(labelled(label, words, "", width, cx));
        }
    }
    lines
}

/// Needs that are over: a line that unfolds into what came of each.
fn closed(room: &Priorities, chart: &ChartView, width: usize, cx: &Cx, out: &mut Blocks<Row>) {
    let over: Vec<&ImmediateNeed> =
        chart.needs.iter().map(|kept| &kept.value).filter(|need| !need.state.open()).collect();
    if over.is_empty() {
        return;
    }
    let count = counted(over.len(), "immediate need", "immediate needs");
    let unfolded = room.is_unfolded(Row::Closed);
    let hint = match (unfolded, chart.may_answer) {
        (false, _) => ", Right shows what came of it",
        (true, true) => ", Enter opens one again",
        (true, false) => "",
    };
    let mut lines = vec![vec![dim(format!("{count} over{hint}"), cx)]];
    for need in over.into_iter().filter(|_| unfolded) {
        let (word, outcome) = match &need.state {
            NeedState::Resolved { outcome } => ("resolved", outcome),
            NeedState::Dismissed { reason } => ("dismissed", reason),
            _ => continue,
        };
        let (by, on) = (cx.staff_name(need.state_by), at(need.state_at, chart, cx));
        let name = dimension_ref(&need.dimension, cx);
        lines.extend(under(&format!("{name}, {word} {on} by {by}: {outcome}"), 2, Role::Normal, width, cx));
        lines.extend(history(need, width, chart, cx));
    }
    out.line(Vec::new());
    out.row(Row::Closed, lines);
}
