//! How the problem list looks: rows of two lines, the tray, and what is known of the highlighted row below or beside.

use super::{Problems, Row, problem};
use crate::domain::{Problem, ProblemStatus, Proposal, Stage};
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screens::chart::blocks::Blocks;
use crate::tui::screens::chart::words::{
    ago, dimension_long, dimension_ref, gap, not_admitted, quoted, under,
};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::cells;
use crate::tui::widgets::frame::rule;
use crate::tui::widgets::table::{Cell, fitted};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Span;

/// Cells of `P12`, of a dimension, of a stage, of a status.
const NAME: usize = 4;
const DIMENSION: usize = 14;
const STAGE: usize = 17;
const LABEL: usize = 10;
/// From this width on the details stand beside the list, else so many lines below it.
const WIDE: u16 = 120;
const BELOW: u16 = 8;

fn dim(words: impl Into<String>, cx: &Cx) -> Span<'static> {
    Span::styled(words.into(), cx.theme.style(Role::Dim))
}

/// The area of the details; nothing of it if there is no room.
fn pane_area(area: Rect) -> Rect {
    if area.width >= WIDE {
        let width = (area.width * 2 / 5).min(80);
        Rect { x: area.right() - width, width, ..area }
    } else {
        let height = BELOW.min(area.height / 2);
        Rect { y: area.bottom() - height, height, ..area }
    }
}

/// The list's part of the area.
pub(super) fn list_area(area: Rect) -> Rect {
    let pane = pane_area(area);
    if pane.x > area.x {
        Rect { width: area.width - pane.width - 1, ..area }
    } else {
        Rect { height: area.height - pane.height, ..area }
    }
}

/// A revisit date that has passed calls for attention in every view.
fn is_over(problem: &Problem, cx: &Cx) -> bool {
    matches!(&problem.status, ProblemStatus::Deferred { revisit, .. } if *revisit < cx.today())
}

/// Problems in this view, in the order set by hand.
fn shown<'a>(room: &Problems, chart: &'a ChartView, cx: &Cx) -> Vec<&'a Problem> {
    let fits = |problem: &&Problem| room.all || problem.status.is_active() || is_over(problem, cx);
    chart.problems.iter().map(|kept| &kept.value).filter(fits).collect()
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

/// Everything there is to see in a list over an area of this width.
pub(super) fn blocks(room: &Problems, chart: &ChartView, area_width: u16, cx: &Cx) -> Blocks<Row> {
    let whole = Rect { x: 0, y: 0, width: area_width, height: 2 * BELOW };
    let width = usize::from(list_area(whole).width);
    let mut out = Blocks::new();
    let problems = shown(room, chart, cx);
    if !chart.problems.is_empty() {
        out.line(vec![dim(title(room, chart, cx), cx)]);
    }
    if problems.is_empty() {
        for line in nothing(room, chart, width, cx) {
            out.line(line);
        }
    }
    for problem in problems {
        out.row(Row::Problem(problem.number), row_lines(problem, width, cx));
    }
    let proposals = tray(chart);
    if !proposals.is_empty() {
        let (count, s) = (proposals.len(), if proposals.len() == 1 { "" } else { "s" });
        let hint = if room.tray {
            format!("; {} accepts the one highlighted", cx.key(Action::AcceptProposal, Scope::Problems))
        } else {
            ", Right unfolds".to_owned()
        };
        out.line(Vec::new());
        out.row(Row::Tray, vec![vec![dim(format!("{count} proposal{s} from another system{hint}"), cx)]]);
        for proposal in proposals.into_iter().filter(|_| room.tray) {
            out.row(Row::Proposal(proposal.number), vec![proposal_line(proposal, width, cx)]);
        }
    }
    out
}

/// `3 active   1 deferred, 2 resolved: Ctrl-W shows all`. Proposals are not counted.
fn title(room: &Problems, chart: &ChartView, cx: &Cx) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for problem in chart.problems.iter().map(|kept| &kept.value) {
        let word = problem.status.word();
        match counts.iter_mut().find(|(one, _)| *one == word) {
            Some((_, count)) => *count += 1,
            None => counts.push((word, 1)),
        }
    }
    let active = counts.iter().find(|(word, _)| *word == "active").map_or(0, |(_, count)| *count);
    let others: Vec<String> = counts
        .iter()
        .filter(|(word, _)| *word != "active" && (room.all || *word != "entered in error"))
        .map(|(word, count)| format!("{count} {word}"))
        .collect();
    let key = cx.key(Action::SwitchActiveAll, Scope::Problems);
    let others = if others.is_empty() { String::new() } else { format!(", {}", others.join(", ")) };
    let view = if room.all { "all, by hand;" } else { "active, by hand;" };
    let other = if room.all { "the active" } else { "all" };
    format!("{active} active{others}   {view} {key} shows {other}")
}

fn nothing(room: &Problems, chart: &ChartView, width: usize, cx: &Cx) -> Vec<Cell> {
    let add = cx.key(Action::AddProblem, Scope::Problems);
    let begin = match not_admitted(chart, cx) {
        Some(first) => first,
        None if !chart.may_write => "You may read this chart, not write in it.".to_owned(),
        None => format!("{add} adds one."),
    };
    let none = if room.all || chart.problems.is_empty() {
        "No problem is on the list."
    } else {
        "Nothing is active."
    };
    let what = "Here stands what is between the person and what they want: a fact and their own words, \
                in a dimension, with a stage of change.";
    [none, what, &begin]
        .into_iter()
        .flat_map(|words| {
            let mut lines = vec![Vec::new()];
            lines.extend(under(words, 0, Role::Dim, width, cx));
            lines
        })
        .collect()
}

/// `P3  D5 relapse    Drank within 2 h of each argument`, and under it stage, status, the client's words.
fn row_lines(problem: &Problem, width: usize, cx: &Cx) -> Vec<Cell> {
    let more = cx.theme.glyphs.ellipsis;
    let gone = matches!(problem.status, ProblemStatus::EnteredInError { .. });
    let role = if gone { Role::Dim } else { Role::Normal };
    let style = cx.theme.style(role);
    let mut first = vec![
        Span::styled(text::left(&format!("P{}", problem.number), NAME, more), style),
        Span::styled(text::left(&dimension_ref(&problem.dimension, cx), DIMENSION, more), style),
    ];
    let rest = width.saturating_sub(NAME + DIMENSION + 4);
    let wording = if problem.wording.is_empty() {
        cells::quote(&problem.words, rest, cx)
    } else {
        Span::styled(problem.wording.clone(), style)
    };
    first.extend(fitted(vec![wording], rest, false, cx));
    let (stage, asked) = match problem.stage() {
        Some(stage) => (stage.word(), Role::Normal),
        None => ("ask stage", Role::Dim),
    };
    let (status, status_role) = status_words(problem, cx);
    let mut second = vec![
        gap(NAME),
        Span::styled(text::left(stage, STAGE, more), cx.theme.style(if gone { Role::Dim } else { asked })),
        Span::styled(status.clone(), cx.theme.style(status_role)),
    ];
    let room = width.saturating_sub(NAME + STAGE + text::width(&status) + 2 + 4);
    if !problem.words.is_empty() && !problem.wording.is_empty() && room > 12 {
        let added = format!("  {}", ago(problem.added_at, cx));
        second.push(gap(2));
        second.push(cells::quote(&problem.words, room.saturating_sub(text::width(&added)), cx));
        second.push(dim(added, cx));
    }
    vec![first, second]
}

/// `active 12 d`, `deferred, revisit in 5 d`, `revisit 3 d over`.
fn status_words(problem: &Problem, cx: &Cx) -> (String, Role) {
    let today = cx.today();
    match &problem.status {
        ProblemStatus::Deferred { revisit, .. } if is_over(problem, cx) => {
            (format!("deferred, revisit {}", when::due(*revisit, today)), Role::Overdue)
        }
        ProblemStatus::Deferred { revisit, .. } => {
            (format!("deferred, revisit {}", when::due(*revisit, today)), Role::Dim)
        }
        ProblemStatus::Referred { to } => (format!("referred to {to}"), Role::Dim),
        status => (format!("{} {}", status.word(), when::ago(problem.status_on, today)), Role::Dim),
    }
}

fn proposal_line(proposal: &Proposal, width: usize, cx: &Cx) -> Cell {
    let since = proposal.onset.map(|on| format!("since {on}")).unwrap_or_default();
    let until = proposal.abated.map(|on| format!(" to {on}")).unwrap_or_default();
    let said = format!("{}  {since}{until}", proposal.status);
    let rest = width.saturating_sub(text::width(&said) + 2 + 2 + 4);
    let mut line = vec![gap(2)];
    line.extend(fitted(vec![Span::raw(proposal.wording.clone())], rest, false, cx));
    line.push(dim(format!("  {said}"), cx));
    line
}

pub(super) fn draw(room: &Problems, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
    let (list, pane) = (list_area(area), pane_area(area));
    let blocks = blocks(room, chart, area.width, cx);
    let here = room.spot.on(&blocks.keys());
    blocks.draw(frame, list, here, cx);
    let below = pane.x == area.x;
    let lines = match here {
        Some(Row::Problem(number)) => {
            problem(number, chart).map(|kept| details(&kept.value, below, pane.width, cx)).unwrap_or_default()
        }
        Some(Row::Proposal(number)) => tray(chart)
            .into_iter()
            .find(|proposal| proposal.number == number)
            .map(|proposal| about_proposal(proposal, pane.width, cx))
            .unwrap_or_default(),
        _ => return,
    };
    let inner = if below {
        frame.render_widget(rule(pane.width, cx), Rect { height: 1, ..pane });
        Rect { y: pane.y + 1, height: pane.height.saturating_sub(1), ..pane }
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

/// A label and what is known under it.
fn labelled(label: &str, words: &str, width: u16, cx: &Cx) -> Vec<Cell> {
    with_label(label, under(words, LABEL, Role::Normal, usize::from(width), cx), cx)
}

fn with_label(label: &str, mut lines: Vec<Cell>, cx: &Cx) -> Vec<Cell> {
    if let Some(first) = lines.first_mut() {
        first[0] = dim(text::left(label, LABEL, cx.theme.glyphs.ellipsis), cx);
    }
    lines
}

/// What is known of a problem. Below the list there is little room: wording and words are cut to two lines there.
fn details(problem: &Problem, below: bool, width: u16, cx: &Cx) -> Vec<Cell> {
    let most = if below { 2 } else { usize::MAX };
    let cells = usize::from(width);
    let mut out = Vec::new();
    if !problem.wording.is_empty() {
        out.extend(under(&problem.wording, 0, Role::Now, cells, cx).into_iter().take(most));
    }
    if !problem.words.is_empty() {
        out.extend(quoted(&problem.words, "", 0, cells, cx).into_iter().take(most));
    }
    if let Some((label, words)) = status_reason(problem, cx) {
        out.extend(labelled(label, &words, width, cx));
    }
    let stages: Vec<String> = problem
        .stages
        .iter()
        .rev()
        .map(|(on, stage)| format!("{} {}", Stage::word(*stage), when::short(*on, cx.today())))
        .collect();
    let stages = if stages.is_empty() { "not asked yet".to_owned() } else { stages.join(", before ") };
    out.extend(labelled("Stage", &stages, width, cx));
    let second = problem.second.as_ref().map(|of| format!("; touches {}", dimension_long(of, cx)));
    let stands = format!("{}{}", dimension_long(&problem.dimension, cx), second.unwrap_or_default());
    out.extend(labelled("Dimension", &stands, width, cx));
    let mut added = format!("{} by {}", ago(problem.added_at, cx), problem.added_by_name);
    if problem.changed_at > problem.added_at {
        let by = cx.staff_name(problem.changed_by);
        added = format!("{added}; changed {} by {by}", ago(problem.changed_at, cx));
    }
    out.extend(labelled("Added", &added, width, cx));
    if let Some((system, code)) = &problem.code {
        out.extend(labelled("Code", &format!("{system} {code}"), width, cx));
    }
    out
}

/// Why it does not stand as active, with the dates that go with it.
fn status_reason(problem: &Problem, cx: &Cx) -> Option<(&'static str, String)> {
    let since = when::short(problem.status_on, cx.today());
    Some(match &problem.status {
        ProblemStatus::Active => return None,
        ProblemStatus::Deferred { reason, revisit } => {
            ("Deferred", format!("{reason}; since {since}, look again {}", when::short(*revisit, cx.today())))
        }
        ProblemStatus::Referred { to } => ("Referred", format!("to {to}, {since}")),
        ProblemStatus::Resolved { note } => ("Resolved", format!("{note}; {since}")),
        ProblemStatus::EnteredInError { reason } => ("In error", format!("{reason}; {since}")),
    })
}

fn about_proposal(proposal: &Proposal, width: u16, cx: &Cx) -> Vec<Cell> {
    let mut out = under(&proposal.wording, 0, Role::Now, usize::from(width), cx);
    let date = |word: &str, on: Option<crate::domain::Date>| {
        on.map(|on| format!(", {word} {on}")).unwrap_or_default()
    };
    let said =
        format!("{}{}{}", proposal.status, date("since", proposal.onset), date("until", proposal.abated));
    out.extend(with_label("Recorded", under(&said, LABEL, Role::Dim, usize::from(width), cx), cx));
    if let Some((system, code)) = &proposal.code {
        out.extend(with_label(
            "Code",
            under(&format!("{system} {code}"), LABEL, Role::Dim, usize::from(width), cx),
            cx,
        ));
    }
    let key = cx.key(Action::AcceptProposal, Scope::Problems);
    out.extend(under(
        &format!("Counted nowhere until {key} accepts it with a dimension."),
        0,
        Role::Dim,
        usize::from(width),
        cx,
    ));
    out
}
