//! How the plan looks: the line of agreement, the tree, and what is known of the highlighted row.

use super::rows::{self, Basic, Placed, Row};
use super::{Plan, Shown, changes, details, event, marks, turning, versions};
use crate::domain::{Party, Proposal, counted};
use crate::rules::plan::agreed::Counts;
use crate::rules::plan::tree::Show;
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screens::chart::blocks::Blocks;
use crate::tui::screens::chart::words::{gap, not_admitted, under};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::rule;
use crate::tui::widgets::table::{Cell, fitted};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// From this width on the details are beside the tree, else so many lines below it.
const WIDE: u16 = 130;
const BELOW: u16 = 4;

fn dim(words: impl Into<String>, cx: &Cx) -> Span<'static> {
    Span::styled(words.into(), cx.theme.style(Role::Dim))
}

/// Cells of a row of the tree: all there are, or what the details beside it leave.
fn tree_width(area: Rect) -> u16 {
    if area.width >= WIDE { area.width - (area.width * 2 / 5).min(80) - 1 } else { area.width }
}

/// The areas of head, tree and details. Below the tree the details have what its `lines` leave free.
fn areas(area: Rect, head: usize, lines: usize) -> (Rect, Rect, Rect) {
    let head = Rect { height: u16::try_from(head).unwrap_or(u16::MAX).min(area.height), ..area };
    let body = Rect { y: area.y + head.height, height: area.height - head.height, ..area };
    if area.width >= WIDE {
        let width = area.width - tree_width(area) - 1;
        let pane = Rect { x: body.right() - width, width, ..body };
        (head, Rect { width: body.width - width - 1, ..body }, pane)
    } else {
        let least = BELOW.max(body.height / 4).min(body.height / 3);
        let free = usize::from(body.height).saturating_sub(lines);
        let height = u16::try_from(free).unwrap_or(least).max(least);
        let pane = Rect { y: body.bottom() - height, height, ..body };
        (head, Rect { height: body.height - height, ..body }, pane)
    }
}

/// What is in the tray: what was active elsewhere first, then the newest.
fn tray(chart: &ChartView) -> Vec<&Proposal> {
    let mut open: Vec<&Proposal> =
        chart.imported.proposals.iter().filter(|proposal| proposal.accepted.is_none()).collect();
    open.sort_by_key(|proposal| {
        (proposal.status != "active", std::cmp::Reverse(proposal.onset), proposal.number)
    });
    open
}

/// Every row, from the top down, with how deep it is.
fn placed(room: &Plan, chart: &ChartView) -> Vec<Placed> {
    if let Some(then) = room.then.as_ref().filter(|then| then.compare) {
        return changes::rows(&then.plan, &chart.plan.plan);
    }
    let shown = room.shown(chart);
    let mut all: Vec<Placed> = vec![(Row::Basics, 0)];
    if room.unfolded.contains(&Row::Basics) {
        all.extend(Basic::ALL.into_iter().map(|which| (Row::Basic(which), 1)));
    }
    for placed in rows::tree(shown.plan, room.show) {
        all.push(placed);
        all.extend(marks::rows(placed, shown.plan, &room.unfolded));
    }
    if room.then.is_none() {
        let proposals = tray(chart);
        all.extend((!proposals.is_empty()).then_some((Row::Tray, 0)));
        let unfolded = proposals.iter().filter(|_| room.tray);
        all.extend(unfolded.map(|proposal| (Row::Proposal(proposal.number), 1)));
    }
    all
}

/// The rows in their order.
pub(super) fn keys(room: &Plan, chart: &ChartView) -> Vec<Row> {
    placed(room, chart).into_iter().map(|(row, _)| row).collect()
}

/// The rows of the tree, those near the highlight laid out.
fn blocks(room: &Plan, area: Rect, chart: &ChartView, cx: &Cx) -> Blocks<Row> {
    let shown = room.shown(chart);
    let width = usize::from(tree_width(area));
    let all = placed(room, chart);
    let here = room.here(chart);
    let at = all.iter().position(|(row, _)| Some(*row) == here).unwrap_or(0);
    let mut out = Blocks::new();
    for (index, (row, depth)) in all.iter().enumerate() {
        // Lines out of sight are counted, not laid out; what is unfolded has more than one.
        let near = index.abs_diff(at) <= usize::from(area.height) || room.unfolded.contains(row);
        let lines = if near { laid_out(room, (*row, *depth), &shown, width, cx) } else { vec![Vec::new()] };
        out.row(*row, lines);
    }
    if is_empty(&shown) {
        for line in nothing(chart, width, cx) {
            out.line(line);
        }
    }
    out
}

fn laid_out(room: &Plan, (row, depth): Placed, shown: &Shown<'_>, width: usize, cx: &Cx) -> Vec<Cell> {
    if let Some(then) = room.then.as_ref().filter(|then| then.compare) {
        return changes::lines(row, &then.plan, shown, width, cx);
    }
    let first = match row {
        Row::Basics => rows::basics(shown, room.unfolded.contains(&row), width, cx),
        Row::Basic(which) => rows::basic(which, shown.plan, width, cx),
        Row::Wants => rows::wants(shown.chart.wants.as_ref().map(|kept| &kept.value), width, cx),
        Row::Problem(number) => {
            shown.plan.problem(number).map(|one| rows::problem(one, shown, width, cx)).unwrap_or_default()
        }
        Row::Line(name) => rows::line(name, depth, shown, width, cx),
        Row::Mark(line, note) => marks::row(line, note, depth, shown.plan, width, cx),
        Row::Tray => vec![dim(tray_words(room, shown.chart, cx), cx)],
        Row::Proposal(number) => {
            let found = tray(shown.chart).into_iter().find(|one| one.number == number);
            found.map(|one| proposal_line(one, width, cx)).unwrap_or_default()
        }
    };
    let mut lines = vec![first];
    if room.unfolded.contains(&row) && row != Row::Basics {
        lines.extend(indented(details::unfolded(row, shown, shrunk(width), cx), depth));
    }
    lines
}

fn shrunk(width: usize) -> u16 {
    u16::try_from(width.saturating_sub(8)).unwrap_or(u16::MAX)
}

fn indented(lines: Vec<Cell>, depth: u8) -> Vec<Cell> {
    let indent = usize::from(depth) * 2 + 4;
    lines
        .into_iter()
        .map(|mut line| {
            line.insert(0, gap(indent.min(8)));
            line
        })
        .collect()
}

fn tray_words(room: &Plan, chart: &ChartView, cx: &Cx) -> String {
    let count = tray(chart).len();
    let hint = if room.tray {
        format!("; {} accepts the one highlighted", cx.key(Action::AcceptProposal, Scope::Plan))
    } else {
        ", Right unfolds".to_owned()
    };
    format!("{}{hint}", counted(count, "proposal from another system", "proposals from another system"))
}

fn proposal_line(proposal: &Proposal, width: usize, cx: &Cx) -> Cell {
    let since = proposal.onset.map(|on| format!("since {}", when::short(on, cx.today()))).unwrap_or_default();
    let until = proposal.abated.map(|on| format!(" to {}", when::short(on, cx.today()))).unwrap_or_default();
    let said = format!("{}  {since}{until}", proposal.status);
    let rest = width.saturating_sub(text::width(&said) + 2 + 2 + 4);
    let mut line = vec![gap(2)];
    line.extend(fitted(vec![Span::raw(proposal.wording.clone())], rest, false, cx));
    line.push(dim(format!("  {said}"), cx));
    line
}

fn is_empty(shown: &Shown<'_>) -> bool {
    shown.plan.problems.is_empty() && shown.plan.goals.is_empty()
}

/// What an empty plan teaches.
fn nothing(chart: &ChartView, width: usize, cx: &Cx) -> Vec<Cell> {
    let add = cx.key(Action::AddBelow, Scope::Plan);
    let begin = match not_admitted(chart, cx) {
        Some(first) => first,
        None if !chart.may_write => "You can read this chart, not write in it.".to_owned(),
        None => format!(
            "{add} on Wants adds a goal, anywhere else a problem. {add} on a line adds what belongs under it."
        ),
    };
    let what = "A problem is what is between the person and what they want: a fact and their own words, \
     in one dimension. Below it are their goals, the steps they take, and what you do.";
    ["Nothing is on the plan yet.", what, &begin]
        .into_iter()
        .flat_map(|words| {
            let mut lines = vec![Vec::new()];
            lines.extend(under(words, 0, Role::Dim, width, cx));
            lines
        })
        .collect()
}

/// What calls for a look, how the plan is, and what was agreed.
fn head(room: &Plan, chart: &ChartView, cx: &Cx) -> Vec<Line<'static>> {
    let plan = &chart.plan.plan;
    let as_it_was = room.then.as_ref().filter(|then| !then.compare);
    let counts = as_it_was.map_or(plan, |then| &then.plan).agreed();
    let first = match (&room.walk, &room.then) {
        (Some(walk), _) => {
            let whose = match walk.whose() {
                Party::Client => chart.client.value.header_name(),
                Party::Guardian(name) | Party::Participant(name) => name.clone(),
            };
            let title = walk.title(plan);
            let whole = format!("{title}   asking: {whose}");
            // Whose plan it is is in the header, too.
            let fits = text::width(&whole) < usize::from(cx.content().width);
            if fits || *walk.whose() != Party::Client { whole } else { title }
        }
        (None, Some(then)) => {
            let day = when::short(then.day, cx.today());
            let title = |since: &str| changes::title(&then.plan, plan, since, then.seen.as_deref());
            match (then.compare, then.version) {
                (true, 0) => title(&day),
                (true, version) => title(&format!("version {version} ({day})")),
                (false, 0) if then.episode > 0 => {
                    format!("An earlier episode's plan when it ended, {day}. Press Esc to go back to today.")
                }
                (false, 0) => {
                    format!("The plan as it was at the end of {day}. Press Esc to go back to today.")
                }
                (false, version) => {
                    format!("Version {version} as it was signed {day}. Press Esc to go back to today.")
                }
            }
        }
        (None, None) => stands(room, chart, cx),
    };
    let now = room.walk.is_none() && room.then.is_none();
    let called = if now { event::line(chart, cx) } else { None };
    let marked = if now { turning::line(chart, cx) } else { None };
    let agreed = agreed(counts);
    let style = cx.theme.style(Role::Now);
    let mut lines: Vec<Line<'static>> =
        marked.into_iter().chain(called).chain([first]).map(|words| plain(words, cx)).collect();
    lines.push(Line::from(vec![Span::raw(" "), Span::styled(agreed, style), dim("   bond not asked", cx)]));
    lines
}

fn plain(words: String, cx: &Cx) -> Line<'static> {
    Line::from(vec![Span::raw(" "), dim(words, cx)])
}

/// `Agreed: goals 2 of 2, tasks 5 of 7`.
fn agreed(counts: Counts) -> String {
    let of = |of: crate::rules::plan::agreed::Of| format!("{} of {}", of.agreed, of.of);
    format!("Agreed: goals {}, tasks {}", of(counts.goals), of(counts.tasks))
}

/// How the plan is: the newest version, what it shows, what is not asked yet. What does not fit is left out whole.
fn stands(room: &Plan, chart: &ChartView, cx: &Cx) -> String {
    let plan = &chart.plan.plan;
    let active = plan.problems.iter().filter(|problem| problem.status.is_active()).count();
    let unasked = plan.agreed().unasked;
    let view = match room.show {
        Show::Plan => "",
        Show::Problems => "problems only",
        Show::Everything => "everything there ever was",
    };
    let version = versions::top(chart, cx);
    let problems = counted(active, "active problem", "active problems");
    let mut pieces = vec![view.to_owned()];
    let unsigned = version.is_none();
    pieces.extend(version.unwrap_or_else(|| vec!["no signed version".to_owned()]));
    if unsigned {
        pieces.push(problems);
    }
    if !room.hints.is_empty() {
        pieces.push(counted(room.hints.len(), "hint", "hints"));
    }
    if unasked > 0 {
        pieces.push(format!("{unasked} not asked yet"));
    }
    // The key is in the hints, too.
    let key = |action| cx.key(action, Scope::Plan);
    pieces.push(format!("{} other views", key(Action::PlanViews)));
    pieces.extend(chart.may_write.then(|| format!("{} review", key(Action::ReviewPlan))));
    pieces.push(format!("{} page", key(Action::MakePage)));
    let mut words = String::new();
    for piece in pieces.into_iter().filter(|piece| !piece.is_empty()) {
        let gap = if words.is_empty() { "" } else { "   " };
        if text::width(&words) + gap.len() + text::width(&piece) < usize::from(cx.size.width) {
            words = format!("{words}{gap}{piece}");
        }
    }
    words
}

/// Whether what is shown is what changed: rows of several lines, counted only near the highlight.
fn is_compared(room: &Plan) -> bool {
    room.then.as_ref().is_some_and(|then| then.compare)
}

/// The row under a click.
pub(super) fn hit(room: &Plan, at: Position, area: Rect, chart: &ChartView, cx: &Cx) -> Option<Row> {
    let tree = blocks(room, area, chart, cx);
    let (_, place, _) = areas(area, head(room, chart, cx).len(), tree.count());
    if is_compared(room) {
        return tree.hit(at, place, room.here(chart));
    }
    tree.hit_kept(at, place, room.here(chart), &room.kept)
}

pub(super) fn draw(room: &Plan, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
    let rows = blocks(room, area, chart, cx);
    let head = head(room, chart, cx);
    let (top, tree, pane) = areas(area, head.len(), rows.count());
    for (y, line) in (top.y..top.bottom()).zip(head) {
        frame.render_widget(line, Rect { y, height: 1, ..top });
    }
    let here = room.here(chart);
    if is_compared(room) {
        rows.draw(frame, tree, here, cx);
    } else {
        rows.draw_kept(frame, tree, here, &room.kept, cx);
    }
    let Some(row) = here else { return };
    let lines = details::of(row, &room.shown(chart), pane.width, cx);
    let inner = if pane.x == tree.x {
        if pane.height > 0 {
            frame.render_widget(rule(pane.width, cx), Rect { height: 1, ..pane });
        }
        Rect { y: pane.y + 1.min(pane.height), height: pane.height.saturating_sub(1), ..pane }
    } else {
        for y in pane.y..pane.bottom() {
            let bar = Span::styled(cx.theme.glyphs.bar, cx.theme.style(Role::Rule));
            frame.render_widget(bar, Rect { y, height: 1, x: pane.x - 1, width: 1 });
        }
        pane
    };
    let mut side: Blocks<Row> = Blocks::new();
    for line in lines {
        side.line(line);
    }
    side.draw(frame, inner, None, cx);
}
