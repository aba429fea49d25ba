//! What the charts that are linked with this one hold: below each page of it, under their own record number, to read only.
//!
//! Owns what each page shows of another chart. A new page does not compile before it says so here.

use super::background::level_words;
use super::overview;
use super::words::dimension;
use crate::domain::{ImmediateNeed, Severity};
use crate::rules::plan::{contract, words};
use crate::rules::{short_forms, when};
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::opening::RoomName;
use crate::tui::text;
use crate::tui::theme::Role;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// The lines of a page about the linked charts; none if there are none.
pub(super) fn lines(room: RoomName, chart: &ChartView, cx: &Cx) -> Vec<Line<'static>> {
    let mut out = Vec::new();
    for other in &chart.also {
        let number = &other.client.value.record_no;
        let key = cx.key(Action::ActionsMenu, Scope::Everywhere);
        let heading = format!(" {number} (same person), read only; {key} goes to it");
        out.push(Line::styled(heading, cx.theme.style(Role::Now)));
        let content = content(room, other, cx);
        if content.is_empty() {
            out.push(Line::styled("   Nothing of this page is in it.", cx.theme.style(Role::Dim)));
        }
        out.extend(content);
    }
    out
}

/// An area for a page, and below it so many lines about the linked charts: a third of the area at most.
pub(super) fn split(area: Rect, lines: usize) -> (Rect, Rect) {
    let height = u16::try_from(lines).unwrap_or(u16::MAX).min(area.height / 3);
    let page = Rect { height: area.height - height, ..area };
    (page, Rect { y: page.bottom(), height, ..area })
}

fn content(room: RoomName, other: &ChartView, cx: &Cx) -> Vec<Line<'static>> {
    let told = match room {
        RoomName::Overview => return overview::of_linked(other, cx),
        RoomName::Grid => grid(other, cx),
        RoomName::Priorities => needs(other, cx),
        RoomName::Plan | RoomName::Review | RoomName::Discharge => plan(other),
        RoomName::Safety => Vec::new(),
        RoomName::Contract => contract_lines(other),
        RoomName::Notes => notes(other, cx),
        RoomName::Background => background(other, cx),
        RoomName::Alliance => checkins(other, cx),
        RoomName::Measures => measures(other, cx),
        RoomName::Forms => forms(other, cx),
        RoomName::History => vec![cx.keyed("Its history is a list of its own: press [key:linked-chart].")],
    };
    let cells = usize::from(cx.content().width).saturating_sub(4);
    let line = |words: String| {
        let words = text::line(&words).into_owned();
        Line::raw(format!("   {}", text::cut(&words, cells, cx.theme.glyphs.ellipsis)))
    };
    told.into_iter().map(line).collect()
}

/// The parts that say something, apart from each other.
fn parts<const N: usize>(parts: [&str; N]) -> String {
    let said: Vec<&str> = parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect();
    said.join("  ")
}

/// Signed assessments, the newest first, each with its ratings.
fn grid(other: &ChartView, cx: &Cx) -> Vec<String> {
    let drafts = other.drafts.iter().filter(|draft| draft.kind == crate::domain::DocKind::Assessment);
    let mut told: Vec<String> =
        drafts.map(|draft| parts(["Draft", &draft.about, &draft.by_name, "not signed"])).collect();
    told.extend(other.assessments.iter().rev().map(|one| {
        let rated =
            |severity: Option<Severity>| severity.map_or("-".to_owned(), |now| now.digit().to_string());
        let cells = one.cells.iter().map(|cell| format!("D{} {}", cell.dimension, rated(cell.severity)));
        let ratings: Vec<String> = cells.collect();
        let on = when::short(one.date, cx.today());
        parts([&on, &one.set, &ratings.join("  "), cx.staff_name(one.by)])
    }));
    told
}

/// Immediate needs, the open ones first.
fn needs(other: &ChartView, cx: &Cx) -> Vec<String> {
    let mut all: Vec<&ImmediateNeed> = other.needs.iter().map(|kept| &kept.value).collect();
    all.sort_by_key(|need| !need.state.open());
    let told = all.into_iter().map(|need| {
        let state = if need.state.open() { "NOW" } else { "was" };
        parts([state, &dimension(need.dimension.number, cx), &need.reason])
    });
    told.collect()
}

/// Problems, and the lines of the plan under them.
fn plan(other: &ChartView) -> Vec<String> {
    let problems = other.problems.iter().map(|kept| &kept.value);
    let problems =
        problems.map(|one| parts([&format!("P{}", one.number), &one.wording, &one.words, one.status.word()]));
    let plan = &other.plan.plan;
    let lines = plan.lines().map(|line| {
        let name = line.name().to_string();
        parts([&name, &words::wording(line), &words::amount(line), line.line().state.word()])
    });
    problems.chain(lines).collect()
}

fn contract_lines(other: &ChartView) -> Vec<String> {
    let contract = &other.plan.contract;
    let cells = contract.cells.iter().filter(|cell| !cell.written.words.trim().is_empty());
    let cells = cells.map(|cell| parts([contract::question(cell.row, cell.view), &cell.written.words]));
    let authority = Some(&contract.authority_wants.words).filter(|words| !words.trim().is_empty());
    cells.chain(authority.map(|words| parts(["The authority wants", words]))).collect()
}

fn notes(other: &ChartView, cx: &Cx) -> Vec<String> {
    let drafts = other.drafts.iter().filter(|draft| draft.kind == crate::domain::DocKind::Note);
    let drafts = drafts.map(|draft| parts(["Draft", &draft.about, &draft.by_name, "not signed"]));
    let signed = other.notes.iter().map(|head| {
        let on = when::short(head.facts.service.date, cx.today());
        parts([&on, cx.format_name(&head.facts.format), &head.signature.name, &head.facts.gist])
    });
    let older = other.older_notes.then(|| "There are older notes.".to_owned());
    drafts.chain(signed).chain(older).collect()
}

/// Check-ins, newest first.
fn checkins(other: &ChartView, cx: &Cx) -> Vec<String> {
    let mut all: Vec<_> = other.checkins.iter().map(|kept| &kept.value).collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.taken()));
    let lines = all.into_iter().map(|one| {
        let given = crate::rules::alliance::ITEMS
            .iter()
            .filter_map(|(item, label)| Some(format!("{} {}", label.to_lowercase(), one.reply(item).key()?)));
        let given = given.collect::<Vec<String>>().join(" ");
        let stands = if one.in_error.is_empty() { "" } else { "in error" };
        parts([&when::short(one.on, cx.today()), &one.about_name, &given, &one.words, stands])
    });
    lines.collect()
}

/// Filled-in measures, newest first, and critical answers nobody has decided on.
fn measures(other: &ChartView, cx: &Cx) -> Vec<String> {
    let waiting = super::critical::undecided(other);
    let waits = other.criticals.iter().filter(|kept| waiting.contains(&kept.value.number));
    let waits = waits.map(|kept| format!("{}: not decided", kept.value.about));
    let mut all: Vec<_> = other.measures.iter().map(|kept| &kept.value).collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.taken()));
    let filled = all.into_iter().map(|one| {
        let score = super::measures::score(cx.measure(&one.measure), one, cx);
        let stands = if one.in_error.is_empty() { "" } else { "in error" };
        parts([&one.measure, &score, &when::short(one.on, cx.today()), stands])
    });
    waits.chain(filled).collect()
}

/// Short forms, newest first.
fn forms(other: &ChartView, cx: &Cx) -> Vec<String> {
    let day = |on| when::short(on, cx.today());
    let all: Vec<_> = other.short.iter().collect();
    let lines = short_forms::threads(&all).into_iter().map(|thread| {
        let stands = if thread.counts() { "" } else { "in error" };
        parts([&day(thread.begun.on), &thread.begun.form_name, &thread.line(&day), stands])
    });
    lines.collect()
}

/// Diagnoses, decisions on the level of care, earlier help.
fn background(other: &ChartView, cx: &Cx) -> Vec<String> {
    let stands = |in_error: &str| if in_error.is_empty() { "" } else { "in error" };
    let diagnoses = other.diagnoses.iter().map(|kept| &kept.value);
    let diagnoses =
        diagnoses.map(|one| parts([&one.code, &one.wording, one.kind.word(), stands(&one.in_error)]));
    let levels = other.levels.iter().map(|kept| &kept.value);
    let levels = levels.map(|one| {
        let on = when::short(one.on, cx.today());
        parts(["Level", &level_words(one), &on, stands(&one.in_error)])
    });
    let helps = other.helps.iter().map(|kept| &kept.value);
    let helps = helps.map(|one| {
        let years = parts([&one.from, &one.until]);
        parts(["Earlier help", one.kind.word(), &one.place, &years, stands(&one.in_error)])
    });
    diagnoses.chain(levels).chain(helps).collect()
}
