//! What is known of the highlighted row: below the tree, beside it, or under the row itself when it is unfolded.

use super::rows::{Basic, Row, mark};
use super::{Shown, advice, basics, event, log_shown, marks};
use crate::domain::{LineRef, Number, Party, Problem, ProblemStatus, Proposal, Stage, Taken, Trail};
use crate::rules::plan::agreed::{others, standing};
use crate::rules::plan::{AnyLine, words as said};
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screens::chart::words::{ago, dimension_long, gap, quoted, under};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::table::Cell;
use ratatui::text::Span;

/// Cells of a label.
const LABEL: usize = 13;

fn dim(words: impl Into<String>, cx: &Cx) -> Span<'static> {
    Span::styled(words.into(), cx.theme.style(Role::Dim))
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

/// What is known of a row.
pub(super) fn of(row: Row, shown: &Shown<'_>, width: u16, cx: &Cx) -> Vec<Cell> {
    with_hints(row, known(row, true, shown, width, cx), shown, width, cx)
}

fn with_hints(row: Row, mut lines: Vec<Cell>, shown: &Shown<'_>, width: u16, cx: &Cx) -> Vec<Cell> {
    let hints = advice::of(row, shown, cx);
    // Behind what was answered, before everything else.
    let at = lines.len().min(1);
    let hints = hints.iter().flat_map(|words| labelled("hint", words, width, cx));
    lines.splice(at..at, hints);
    lines
}

/// As [`of`], under the row itself: what notes say of a line has rows of its own there.
pub(super) fn unfolded(row: Row, shown: &Shown<'_>, width: u16, cx: &Cx) -> Vec<Cell> {
    with_hints(row, known(row, false, shown, width, cx), shown, width, cx)
}

fn known(row: Row, marks: bool, shown: &Shown<'_>, width: u16, cx: &Cx) -> Vec<Cell> {
    match row {
        Row::Basics => Basic::ALL
            .into_iter()
            .flat_map(|which| basics::whole(which, &shown.plan.basics, cx))
            .chain(event::told(shown.chart, cx))
            .flat_map(|(label, words)| labelled(label, &words, width, cx))
            .collect(),
        Row::Basic(which) => {
            let lines = basics::whole(which, &shown.plan.basics, cx);
            lines.iter().flat_map(|(label, words)| labelled(label, words, width, cx)).collect()
        }
        Row::Wants => wants(shown.chart, width, cx),
        Row::Problem(number) => {
            shown.plan.problem(number).map(|one| problem(one, width, cx)).unwrap_or_default()
        }
        Row::Line(name) => line(name, marks, shown, width, cx),
        Row::Mark(name, note) => one_mark(name, note, shown, width, cx),
        Row::Proposal(number) => {
            let all = shown.chart.imported.proposals.iter();
            let found = all.into_iter().find(|proposal| proposal.number == number);
            found.map(|found| proposal(found, width, cx)).unwrap_or_default()
        }
        Row::Tray => Vec::new(),
    }
}

fn wants(chart: &ChartView, width: u16, cx: &Cx) -> Vec<Cell> {
    let Some(kept) = &chart.wants else { return Vec::new() };
    let wants = &kept.value;
    let mut out = quoted(&wants.wants, "", 0, usize::from(width), cx);
    for (label, words) in [("In the way", &wants.barriers), ("Prefers", &wants.preferences)] {
        if !words.trim().is_empty() {
            out.extend(labelled(label, words, width, cx));
        }
    }
    out
}

/// Everything of a line, the answers first.
fn line(name: LineRef, marks: bool, shown: &Shown<'_>, width: u16, cx: &Cx) -> Vec<Cell> {
    let Some(any) = shown.plan.line(name) else { return Vec::new() };
    let mut out = answers(any, shown, width, cx);
    if marks {
        out.extend(progress(shown.plan.trail(name), any, width, cx));
    }
    out.extend(logged(any, !marks, shown, width, cx));
    for (label, words) in fields(any, cx) {
        if !words.trim().is_empty() {
            out.extend(labelled(label, &words, width, cx));
        }
    }
    let line = any.line();
    if !line.state_words.is_empty() {
        let since = when::short(line.state_on, cx.today());
        out.extend(labelled(line.state.word(), &format!("{}; {since}", line.state_words), width, cx));
    }
    if let Taken::Earlier { line: from, episode } = line.taken {
        let stay = shown.chart.episodes.iter().map(|kept| &kept.value).find(|one| one.number == episode);
        let began = stay.map(|one| format!(" of the stay from {}", when::short(one.admitted, cx.today())));
        let words = format!("from {from}{}", began.unwrap_or_default());
        out.extend(labelled("Copied", &words, width, cx));
    }
    let mut added = format!("{} by {}", ago(line.added_at, cx), line.added_by_name);
    if line.changed_at > line.added_at {
        added = format!("{added}; changed {} by {}", ago(line.changed_at, cx), line.changed_by_name);
    }
    out.extend(labelled("Added", &added, width, cx));
    out
}

/// The log of an objective; drawn where the line is unfolded.
fn logged(any: AnyLine<'_>, drawn: bool, shown: &Shown<'_>, width: u16, cx: &Cx) -> Vec<Cell> {
    let AnyLine::Objective(objective) = any else { return Vec::new() };
    let Some(log) = shown.plan.log(objective.line.number) else { return Vec::new() };
    let mut words = log_shown::sentence(&log, objective, cx);
    if super::log::is_open(&log, Some(objective)) && shown.chart.may_write {
        let key = cx.key(Action::KeepLog, Scope::Plan);
        words = format!("{words} {key} notes its days.");
    }
    let mut out = labelled("Log", &words, width, cx);
    if drawn {
        let cells = usize::from(width).saturating_sub(LABEL);
        for line in log_shown::unfolded(&log, cells, cx) {
            let mut cell = vec![gap(LABEL)];
            cell.extend(line.spans);
            out.push(cell);
        }
    }
    out
}

/// The answers of everybody who was asked, the client first.
fn answers(any: AnyLine<'_>, shown: &Shown<'_>, width: u16, cx: &Cx) -> Vec<Cell> {
    let plan = shown.plan;
    let terms = any.terms();
    let mut out = labelled("Client", &super::walk::before(any.name(), plan, cx), width, cx);
    for party in others(&plan.agreements) {
        let answer = standing(&plan.agreements, any.name(), &party, &terms);
        let Some(newest) = answer.newest() else { continue };
        let name = match &party {
            Party::Guardian(name) => format!("{name}, guardian"),
            Party::Participant(name) => name.clone(),
            Party::Client => continue,
        };
        let when = when::short(newest.given, cx.today());
        let before = if answer.is_open() { ", before it changed" } else { "" };
        let sign = mark(answer.assent(), cx);
        let words = format!("{sign} {}, {when}{before}. {}", newest.answer.word(), newest.words);
        out.extend(labelled(&name, &words, width, cx));
    }
    out
}

/// What the newest notes say, newest first.
fn progress(trail: Option<&Trail>, any: AnyLine<'_>, width: u16, cx: &Cx) -> Vec<Cell> {
    let marks = trail.into_iter().flat_map(|trail| trail.marks.iter().rev().take(marks::MOST));
    marks
        .flat_map(|mark| {
            labelled(&when::short(mark.on, cx.today()), &marks::words(mark, any.name()), width, cx)
        })
        .collect()
}

/// What one note says of a line, whole, and how to read the note.
fn one_mark(name: LineRef, note: Number, shown: &Shown<'_>, width: u16, cx: &Cx) -> Vec<Cell> {
    let marks = shown.plan.trail(name).map(|trail| trail.marks.as_slice()).unwrap_or_default();
    let Some(mark) = marks.iter().find(|mark| mark.note == note) else { return Vec::new() };
    let on = when::short(mark.on, cx.today());
    let mut out = labelled(&on, &marks::words(mark, name), width, cx);
    let key = cx.key(Action::Open, Scope::Plan);
    out.extend(under(
        &format!("{key} opens the note of {on}; Esc there comes back."),
        0,
        Role::Dim,
        usize::from(width),
        cx,
    ));
    out
}

/// What a line holds besides its wording.
fn fields(any: AnyLine<'_>, cx: &Cx) -> Vec<(&'static str, String)> {
    let plain = |label, words: &str| (label, words.trim().to_owned());
    let required = |by: &str| ("Required by", by.trim().to_owned());
    let now = |now: &crate::domain::Baseline| {
        let on = now.on.map(|on| format!(", {}", when::short(on, cx.today()))).unwrap_or_default();
        ("Now", if now.words.trim().is_empty() { String::new() } else { format!("{}{on}", now.words) })
    };
    match any {
        AnyLine::Goal(goal) => {
            let both = !goal.words.words.trim().is_empty();
            let how = format!("{}, {}", goal.words.how.word(), when::short(goal.words.on, cx.today()));
            vec![
                plain("Plain words", if both { &goal.wording } else { "" }),
                plain("We will know", &goal.know),
                plain("It matters", &goal.matters),
                plain("Tried", &goal.tried),
                now(&goal.baseline),
                plain("Builds on", &goal.strengths),
                ("Their words", if both { how } else { String::new() }),
                required(&goal.line.required_by),
            ]
        }
        AnyLine::Objective(one) => vec![
            plain("Reads", &said::objective_sentence(one, cx.today())),
            now(&one.baseline),
            plain("In the way", &one.barrier),
            plain("And then", &one.then),
            ("How sure", one.sure.map(|sure| format!("{sure} of 10")).unwrap_or_default()),
            required(&one.line.required_by),
        ],
        AnyLine::Method(one) => vec![
            plain("For", &one.purpose),
            ("Who", said::who(&one.who)),
            (
                "Referral",
                one.referral.as_ref().map(|referral| referral_words(referral, cx)).unwrap_or_default(),
            ),
            required(&one.line.required_by),
        ],
    }
}

fn referral_words(referral: &crate::domain::Referral, cx: &Cx) -> String {
    let mut words = format!("to {}, {}", referral.to, referral.kept.word());
    if let Some((day, time)) = referral.appointment {
        let time = time.map(|time| format!(" {time}")).unwrap_or_default();
        words = format!("{words}; appointment {}{time}", when::short(day, cx.today()));
    }
    if let Some(again) = referral.look_again {
        words = format!("{words}; look again {}", when::due(again, cx.today()));
    }
    words
}

fn problem(problem: &Problem, width: u16, cx: &Cx) -> Vec<Cell> {
    let cells = usize::from(width);
    let mut out = Vec::new();
    if !problem.words.is_empty() {
        out.extend(quoted(&problem.words, "", 0, cells, cx));
    }
    if let Some((label, words)) = status_reason(problem, cx) {
        out.extend(labelled(label, &words, width, cx));
    }
    if !problem.explanation.trim().is_empty() {
        out.extend(labelled("They explain", &problem.explanation, width, cx));
    }
    let mut stage = stages(problem, cx);
    if problem.status.is_active() {
        stage = format!("{stage}; active {}", when::ago(problem.status_on, cx.today()));
    }
    out.extend(labelled("Stage", &stage, width, cx));
    let rulers = rulers(problem, cx);
    if !rulers.is_empty() {
        out.extend(labelled("Rulers", &rulers, width, cx));
    }
    let second = problem.second.as_ref().map(|of| format!("; touches {}", dimension_long(of, cx)));
    let stands = format!("{}{}", dimension_long(&problem.dimension, cx), second.unwrap_or_default());
    out.extend(labelled("Dimension", &stands, width, cx));
    if let Some(finding) = &problem.finding {
        out.extend(labelled("From", &super::problem::finding(finding, problem, cx), width, cx));
    }
    // It is in the row already, and is cut there where it is long.
    if !problem.wording.is_empty() {
        out.extend(labelled("Wording", &problem.wording, width, cx));
    }
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

fn stages(problem: &Problem, cx: &Cx) -> String {
    let stages: Vec<String> = problem
        .stages
        .iter()
        .rev()
        .map(|(on, stage)| format!("{} {}", Stage::word(*stage), when::short(*on, cx.today())))
        .collect();
    if stages.is_empty() { "not asked yet".to_owned() } else { stages.join(", before ") }
}

fn rulers(problem: &Problem, cx: &Cx) -> String {
    let rulers = &problem.rulers;
    [("importance", rulers.importance), ("confidence", rulers.confidence), ("readiness", rulers.readiness)]
        .into_iter()
        .filter_map(|(word, ruler)| {
            let (ruler, on) = ruler?;
            Some(format!("{word} {ruler}, {}", when::short(on, cx.today())))
        })
        .collect::<Vec<_>>()
        .join("; ")
}

/// Why it does not count as active, with the dates that go with it.
fn status_reason(problem: &Problem, cx: &Cx) -> Option<(&'static str, String)> {
    let since = when::short(problem.status_on, cx.today());
    Some(match &problem.status {
        ProblemStatus::Active => return None,
        ProblemStatus::Deferred { reason, revisit } => {
            ("Deferred", format!("{reason}; since {since}, look again {}", when::short(*revisit, cx.today())))
        }
        ProblemStatus::Referred { to, kept, look_again } => {
            let again = look_again
                .map(|on| format!(", look again {}", when::short(on, cx.today())))
                .unwrap_or_default();
            ("Referred", format!("to {to}, {}, {since}{again}", kept.word()))
        }
        ProblemStatus::Resolved { note } => ("Resolved", format!("{note}; {since}")),
        ProblemStatus::EnteredInError { reason } => ("In error", format!("{reason}; {since}")),
    })
}

fn proposal(proposal: &Proposal, width: u16, cx: &Cx) -> Vec<Cell> {
    let cells = usize::from(width);
    let mut out = under(&proposal.wording, 0, Role::Now, cells, cx);
    let key = cx.key(Action::AcceptProposal, Scope::Plan);
    let words = format!("It counts nowhere until you accept it. Press {key} and choose its dimension.");
    out.extend(under(&words, 0, Role::Dim, cells, cx));
    let date = |word: &str, on: Option<crate::domain::Date>| {
        on.map(|on| format!(", {word} {}", when::short(on, cx.today()))).unwrap_or_default()
    };
    let said =
        format!("{}{}{}", proposal.status, date("since", proposal.onset), date("until", proposal.abated));
    out.extend(with_label("Recorded", under(&said, LABEL, Role::Dim, cells, cx), cx));
    if let Some((system, code)) = &proposal.code {
        let code = format!("{system} {code}");
        out.extend(with_label("Code", under(&code, LABEL, Role::Dim, cells, cx), cx));
    }
    out
}
