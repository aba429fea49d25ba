//! The signed safety plan as it is drawn, and the list of its versions.
//!
//! Owns where things are. It changes nothing.

use super::{read, shown};
use crate::domain::{SafetyPart, SafetyPlan};
use crate::rules::safety::{Item, SignedSafety, took_words};
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item as Choice, Question};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asked::{quoted, styled, under};
use crate::tui::screens::chart::blocks::Blocks;
use crate::tui::screens::chart::words;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::{empty, rule};
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

/// Cells before the words of a part.
const WORDS: usize = 2;

/// The rows that can be highlighted.
pub(super) fn rows(chart: &ChartView) -> Vec<Item> {
    let parts = SafetyPart::ALL.map(Item::Part);
    if shown(chart).is_some() { parts.to_vec() } else { Vec::new() }
}

/// Every part with its number, its heading and the client's words.
pub(super) fn part_rows(blocks: &mut Blocks<Item>, plan: &SafetyPlan, cx: &Cx, width: usize) {
    for (number, part) in (1..).zip(SafetyPart::ALL) {
        let said = plan.part(part).trim();
        let head = format!("{number} {}", part.title());
        let mut lines = if said.is_empty() {
            vec![vec![styled(head, Role::Dim, cx), styled(": nothing written yet", Role::Dim, cx)]]
        } else {
            vec![vec![styled(head, Role::Now, cx)]]
        };
        let said = quoted(said, cx);
        for line in said.lines() {
            lines.extend(under(line, WORDS, Role::Quote, cx, width));
        }
        blocks.row(Item::Part(part), lines);
    }
}

/// The plan of an earlier episode is called so before anything else; then how it was made and answered.
fn above(chart: &ChartView, of: &ChartView, plan: &SignedSafety, cx: &Cx) -> Vec<(String, Role)> {
    let open = of.open_episode().map(|episode| episode.number);
    let mut lines = Vec::new();
    if let Some(earlier) = plan.from_earlier(open) {
        let key = cx.key(Action::EditLine, Scope::Safety);
        lines.push((format!("{earlier}. {key} begins that."), Role::Overdue));
    }
    if of.client.value.id != chart.client.value.id {
        lines.push((format!("from the linked chart {}", of.client.value.record_no), Role::Overdue));
    }
    lines
}

/// How the client took part, and how they answered it.
fn made(plan: &SignedSafety, cx: &Cx) -> String {
    let took = plan.plan.as_ref().map_or("", |plan| took_words(plan.took_part));
    let took = if took.is_empty() { String::new() } else { format!("Made {took}. ") };
    let answered = match plan.answered.as_str() {
        "" => format!("{} turns it to the client, to be signed.", cx.key(Action::TurnScreen, Scope::Safety)),
        answered => format!("The client: {answered}."),
    };
    format!("{took}{answered} {} makes the card.", cx.key(Action::MakePage, Scope::Safety))
}

/// `look again in 12 d`, `look again 3 d over`.
fn look(of: &ChartView, plan: &SignedSafety, cx: &Cx) -> (String, Role) {
    let none = (String::new(), Role::Dim);
    let open = of.open_episode().map(|episode| episode.number);
    if Some(plan.episode) != open {
        return none;
    }
    let reckoned = cx.caseload().and_then(|context| context.due().safety(&of.person.summary, None));
    reckoned.map_or(none, |reckoned| {
        let role = if reckoned.on < cx.today() { Role::Overdue } else { Role::Dim };
        (format!("look again {}", when::coming(reckoned.on, cx.today())), role)
    })
}

/// The areas of the title with the lines below it, of the rows, and of what is below them.
fn areas(area: Rect, above: usize, below: usize) -> (Rect, Rect, Rect) {
    let top = (1 + u16::try_from(above).unwrap_or(1)).min(area.height);
    let below = (u16::try_from(below).unwrap_or(2) + 1).min(area.height.saturating_sub(top));
    let head = Rect { height: top, ..area };
    let rows = Rect { y: area.y + top, height: area.height - top - below, ..area };
    (head, rows, Rect { y: rows.bottom(), height: below, ..area })
}

fn blocks(plan: &SafetyPlan, cx: &Cx, width: usize) -> Blocks<Item> {
    let mut blocks = Blocks::new();
    part_rows(&mut blocks, plan, cx, width);
    blocks
}

/// The row under a click.
pub(super) fn hit(here: Option<Item>, at: Position, area: Rect, chart: &ChartView, cx: &Cx) -> Option<Item> {
    let (of, plan) = shown(chart)?;
    let below = window::wrapped(&[made(plan, cx)], usize::from(area.width).saturating_sub(2)).len();
    let (_, rows, _) = areas(area, above(chart, of, plan, cx).len(), below);
    blocks(plan.plan.as_deref()?, cx, usize::from(area.width)).hit(at, rows, here)
}

/// Draws the plan that is shown, or says what the page is for.
pub(super) fn draw(here: Option<Item>, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
    let found = shown(chart).and_then(|(of, plan)| Some((of, plan, plan.plan.as_deref()?)));
    let Some((of, plan, text)) = found else {
        empty(frame, area, &teach(chart, cx), cx);
        return;
    };
    let width = usize::from(area.width);
    let lines = above(chart, of, plan, cx);
    let said = window::wrapped(&[made(plan, cx)], width.saturating_sub(2));
    let (head, rows, under) = areas(area, lines.len(), said.len());
    let title = format!(" Safety plan {}", plan.version);
    let signed = format!(", {}, {}", when::short(plan.on, cx.today()), plan.by);
    let left = [styled(title, Role::Now, cx), styled(signed, Role::Normal, cx)];
    let (look, role) = look(of, plan, cx);
    frame.render_widget(window::sides(&left, styled(format!("{look} "), role, cx), width), head);
    for (at, (line, role)) in (1..).zip(lines) {
        let row = Rect { y: head.y + at, height: 1, ..head };
        frame.render_widget(Line::styled(format!(" {line}"), cx.theme.style(role)), row);
    }
    blocks(text, cx, width).draw(frame, rows, here, cx);
    frame.render_widget(rule(area.width, cx), Rect { height: 1.min(under.height), ..under });
    let rest = Rect { y: under.y + 1, height: under.height.saturating_sub(1), ..under };
    let dim = |line: String| Line::styled(format!(" {line}"), cx.theme.style(Role::Dim));
    window::lines(frame, rest, said.into_iter().map(dim).collect());
}

/// What the page is for, and the key that begins it.
fn teach(chart: &ChartView, cx: &Cx) -> Vec<String> {
    let what = "No safety plan is signed in this chart. It says in the client's own words how they notice that it gets \
                dangerous, what they do then, and whom they call.";
    let next = words::no_writing(chart, cx).unwrap_or_else(|| {
        format!("{} begins it together with the client.", cx.key(Action::EditLine, Scope::Safety))
    });
    vec![what.to_owned(), next]
}

/// The versions of the safety plan, newest first; the one that is chosen is opened as a document.
pub(super) fn versions(chart: &ChartView, cx: &Cx) -> Vec<Step> {
    let item = |one: &SignedSafety| {
        let state = if one.stands { "" } else { ", does not count any more" };
        let words =
            format!("version {}, {}, {}{state}", one.version, when::short(one.on, cx.today()), one.by);
        Choice::new(one.doc.to_string(), words, "")
    };
    let items: Vec<Choice> = chart.safeties.iter().rev().map(item).collect();
    if items.is_empty() {
        return vec![Step::Say("No safety plan is signed in this chart.".to_owned())];
    }
    let client = chart.client.value.id;
    let open = move |key: &str, cx: &Cx| match (key.parse(), cx.chart(client)) {
        (Ok(number), Some(chart)) => read(number, chart),
        _ => Vec::new(),
    };
    vec![Question::pick("Versions of the safety plan", items, open).open()]
}
