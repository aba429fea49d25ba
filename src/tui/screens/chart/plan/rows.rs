//! The rows of the plan: which there are, and how each looks.

use super::Shown;
use super::worded::{initials, worded};
use crate::domain::{Assent, Date, LineRef, Number, Problem, ProblemStatus, Progress, Wants};
use crate::rules::plan::agreed::Standing;
use crate::rules::plan::tree::{Node, Show, is_open};
use crate::rules::plan::{AnyLine, Plan, coverage, words as said};
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::facts::Cx;
use crate::tui::legend::assent_sign;
use crate::tui::screens::chart::words::gap;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::cells;
use crate::tui::widgets::table::NARROW;
use crate::tui::widgets::table::{Cell, fitted};
use ratatui::text::Span;

/// What belongs to the plan besides its lines, each folded into one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui::screens::chart) enum Basic {
    /// Strengths, needs, abilities, preferences, and what makes it work for this person.
    Person,
    Supports,
    /// When the work here is done.
    Complete,
    /// What comes after that.
    After,
    /// Medication for addiction, and naloxone.
    Medication,
}

impl Basic {
    pub(super) const ALL: [Self; 5] =
        [Self::Person, Self::Supports, Self::Complete, Self::After, Self::Medication];

    /// What it is called in a row of them.
    fn short(self) -> &'static str {
        match self {
            Self::Person => "strengths",
            Self::Supports => "supports",
            Self::Complete => "complete when",
            Self::After => "after that",
            Self::Medication => "medication",
        }
    }

    /// What is before it.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Person => "Strengths, needs, abilities, preferences",
            Self::Supports => "Supports",
            Self::Complete => "Complete when",
            Self::After => "After that",
            Self::Medication => "Medication, naloxone",
        }
    }
}

/// A row of the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui::screens::chart) enum Row {
    /// What belongs to the plan besides its lines, folded or not.
    Basics,
    /// One of them.
    Basic(Basic),
    /// What the client wants.
    Wants,
    Problem(Number),
    Line(LineRef),
    /// What this note says of the unfolded line.
    Mark(LineRef, Number),
    /// What another system proposes, folded or not.
    Tray,
    /// A proposal in the unfolded tray.
    Proposal(Number),
}

impl Row {
    /// The line itself, where it is something that is said of a line.
    pub(super) fn of_line(self) -> Self {
        match self {
            Self::Mark(line, _) => Self::Line(line),
            other => other,
        }
    }
}

/// How deep a row is, and the row itself.
pub(super) type Placed = (Row, u8);

/// The rows of the tree, from the top down.
pub(super) fn tree(plan: &Plan, show: Show) -> Vec<Placed> {
    let row = |node| match node {
        Node::Wants => Row::Wants,
        Node::Problem(number) => Row::Problem(number),
        Node::Line(name) => Row::Line(name),
    };
    plan.rows(show).into_iter().map(|placed| (row(placed.node), placed.depth)).collect()
}

/// Cells of `P12`, of a mark, of progress, of a day.
const NAME: usize = 4;
const MARK: usize = 2;
const PROGRESS: usize = 13;
const DUE: usize = 8;

/// The day something is due; of another year month and year, for which there is room. The whole day stands in the details.
fn due_words(on: Date, today: Date) -> String {
    let short = when::short(on, today);
    if text::width(&short) > DUE { on.naive().format("%b %Y").to_string() } else { short }
}

/// Cells of progress and day at the right; less of both in a narrow terminal, where the words of a line go before them.
fn columns(width: usize) -> (usize, usize) {
    if width < usize::from(NARROW) { (9, DUE) } else { (PROGRESS, DUE) }
}

/// Cells that the margin takes.
const MARGIN: usize = 4;

pub(super) fn styled(words: impl Into<String>, role: Role, cx: &Cx) -> Span<'static> {
    Span::styled(words.into(), cx.theme.style(role))
}

/// Returns the mark of an answer: agreed, partly, declined, not asked.
pub(super) fn mark(assent: Assent, cx: &Cx) -> &'static str {
    assent_sign(assent, &cx.theme.glyphs)
}

/// What belongs to the plan besides its lines: what is written of it, and the title of the two columns at the right.
pub(super) fn basics(shown: &Shown<'_>, unfolded: bool, width: usize, cx: &Cx) -> Cell {
    let (plan, asking) = (shown.plan, shown.walk.is_some());
    let (of_progress, of_due) = columns(width);
    let rest = width.saturating_sub(MARGIN + of_progress + of_due + 1);
    let words = if unfolded { "Also here".to_owned() } else { besides(plan, rest, cx) };
    let mut line = fitted(vec![styled(words, Role::Dim, cx)], rest, false, cx);
    line.push(gap(1));
    if asking {
        line.push(styled(text::left("client's answer", of_progress + of_due, ""), Role::Dim, cx));
        return line;
    }
    line.push(styled(text::left("progress", of_progress, ""), Role::Dim, cx));
    line.push(styled(text::left("due", of_due, ""), Role::Dim, cx));
    line
}

/// What is written of that and what is not, by name; by number where there is no room for the names.
fn besides(plan: &Plan, cells: usize, cx: &Cx) -> String {
    let is_written = |which: &Basic| super::basics::sketch(*which, &plan.basics, cx).is_some();
    let (there, missing): (Vec<Basic>, Vec<Basic>) = Basic::ALL.into_iter().partition(is_written);
    let names = |of: &[Basic]| of.iter().map(|which| which.short()).collect::<Vec<_>>().join(", ");
    let whole = match (there.is_empty(), missing.is_empty()) {
        (true, _) => format!("Also here  not yet: {}", names(&missing)),
        (false, true) => format!("Also here  {}", names(&there)),
        (false, false) => format!("Also here  {}  not yet: {}", names(&there), names(&missing)),
    };
    let (shorter, short) = if missing.is_empty() {
        let all = format!("Also here  all {} written", Basic::ALL.len());
        (all.clone(), all)
    } else {
        let some = format!("Also here  {} of {} written", there.len(), Basic::ALL.len());
        (some.clone(), format!("{some}; not yet: {}", names(&missing)))
    };
    let fits = |words: &String| text::width(words) <= cells;
    [whole, short].into_iter().find(fits).unwrap_or(shorter)
}

/// What the client wants.
pub(super) fn wants(wants: Option<&Wants>, width: usize, cx: &Cx) -> Cell {
    let mut line = vec![styled("Wants  ", Role::Dim, cx)];
    match wants.filter(|wants| !wants.wants.trim().is_empty()) {
        Some(wants) => {
            let on = when::short(wants.on, cx.today());
            let cells = width.saturating_sub(MARGIN + 7 + text::width(&on) + 2);
            line.push(cells::quote(&wants.wants, cells, cx));
            line.push(styled(format!("  {on}"), Role::Dim, cx));
        }
        None => line.push(styled("not asked yet", Role::Dim, cx)),
    }
    line
}

/// `P1 D3 3▲ Low mood after court days                     action`.
pub(super) fn problem(problem: &Problem, shown: &Shown<'_>, width: usize, cx: &Cx) -> Cell {
    let gone = !is_open(problem) || shown.chart.plan.undone.problem(problem.number).is_some();
    let role = if gone { Role::Dim } else { Role::Normal };
    let mut line = vec![styled(text::left(&format!("P{}", problem.number), NAME, ""), role, cx)];
    line.extend(dimension(problem, shown.chart, cx));
    let is_undone = shown.chart.plan.undone.problem(problem.number).is_some();
    let tail = if is_undone { "undone".to_owned() } else { problem_tail(problem, shown.plan, cx) };
    let used: usize = line.iter().map(|span| text::width(&span.content)).sum();
    let rest = width.saturating_sub(MARGIN + used + text::width(&tail) + 2);
    let words = if problem.wording.is_empty() {
        cells::quote(&problem.words, rest, cx)
    } else {
        styled(problem.wording.clone(), if gone { Role::Dim } else { Role::Now }, cx)
    };
    line.extend(fitted(vec![words], rest, false, cx));
    line.push(gap(2));
    line.push(styled(tail, Role::Dim, cx));
    line
}

/// `D3 3▲ `: the dimension, and its rating.
fn dimension(problem: &Problem, chart: &ChartView, cx: &Cx) -> Cell {
    let of = &problem.dimension;
    let mut cells = vec![styled(format!("D{} ", of.number), Role::Normal, cx)];
    let summary = &chart.person.summary;
    let rating = summary.ratings.iter().find(|one| one.dimension == of.number && *summary.set == *of.set);
    let spans = rating.map(|rating| cells::rating(rating, cx)).unwrap_or_default();
    let used: usize = spans.iter().map(|span| text::width(&span.content)).sum();
    cells.extend(spans);
    cells.push(gap(3_usize.saturating_sub(used)));
    cells
}

/// What is at the right of a problem: its stage, or its state, and what is missing.
fn problem_tail(problem: &Problem, plan: &Plan, cx: &Cx) -> String {
    let mut parts = Vec::new();
    match &problem.status {
        ProblemStatus::Active => {
            parts.push(problem.stage().map_or("no stage", |stage| stage.word()).to_owned());
        }
        ProblemStatus::Deferred { revisit, .. } => {
            parts.push(format!("deferred, look again {}", when::due(*revisit, cx.today())));
        }
        status => parts.push(status.word().to_owned()),
    }
    let covered = coverage::holds(plan.coverage(problem), cx.today());
    if problem.status.is_active() && !covered {
        parts.push("no goal".to_owned());
    }
    // The goal has its row under another problem.
    let above: Vec<String> =
        plan.goals_elsewhere(problem.number).iter().map(|number| format!("G{number}")).collect();
    if !above.is_empty() {
        parts.push(format!("also {}", above.join(", ")));
    }
    parts.join(", ")
}

/// `O1 ✓ Call L. before 20:00 on court days, 4 of 4        0 + ++      2 Dec`.
pub(super) fn line(name: LineRef, depth: u8, shown: &Shown<'_>, width: usize, cx: &Cx) -> Cell {
    let Some(any) = shown.plan.line(name) else { return Vec::new() };
    let open = any.line().state.is_open() && shown.chart.plan.undone.line(name).is_none();
    let role = if open { Role::Normal } else { Role::Dim };
    let indent = usize::from(depth) * if width < usize::from(NARROW) { 1 } else { 2 };
    let standing = shown.plan.answered(any);
    let mut cells = vec![
        gap(indent),
        styled(text::left(&name.to_string(), NAME, ""), role, cx),
        styled(text::left(mark(standing.assent(), cx), MARK, ""), mark_role(standing), cx),
    ];
    let (progress, due) = right(any, shown.plan, cx);
    let (of_progress, of_due) = columns(width);
    // Words take the room of what is not there.
    let (of_progress, of_due) = match (progress.is_empty(), due.is_empty()) {
        _ if shown.walk.is_some() => (of_progress, of_due),
        (true, true) => (0, 0),
        (true, false) => (0, of_due),
        _ => (of_progress, of_due),
    };
    let rest = width.saturating_sub(MARGIN + indent + NAME + MARK + of_progress + of_due + 1);
    cells.extend(worded(any, shown, role, rest, cx));
    cells.push(gap(1));
    if let Some(walk) = shown.walk {
        if shown.plan.counts(any) {
            let said = walk.column(name, shown.plan, of_progress + of_due, cx);
            let role = if standing.is_open() { Role::Normal } else { Role::Dim };
            cells.push(styled(said, role, cx));
        }
        return cells;
    }
    cells.push(styled(text::left(&progress, of_progress, cx.theme.glyphs.ellipsis), Role::Normal, cx));
    let late = open && said::due(any).is_some_and(|due| due < cx.today());
    cells.push(styled(due, if late { Role::Overdue } else { Role::Dim }, cx));
    cells
}

fn mark_role(standing: Standing<'_>) -> Role {
    match standing.assent() {
        Assent::Agreed => Role::Success,
        Assent::Declined => Role::Now,
        _ => Role::Normal,
    }
}

/// Progress (for a method: how much was held, or who does it) and the day.
fn right(any: AnyLine<'_>, plan: &Plan, cx: &Cx) -> (String, String) {
    let due = said::due(any).map(|on| due_words(on, cx.today())).unwrap_or_default();
    let trail = plan.trail(any.name());
    let progress = match (any, trail) {
        (AnyLine::Method(method), trail) => {
            let held = trail.map_or(0, |trail| trail.count);
            match crate::rules::plan::often::planned(method) {
                Some(planned) if held <= planned => format!("{held} of {planned}"),
                Some(_) => format!("{held} held"),
                None if held > 0 => format!("{held} held"),
                None => initials(&said::who(&method.who)),
            }
        }
        (_, Some(trail)) => {
            let signs = trail.marks.iter().filter(|mark| mark.progress != Progress::Unsaid);
            let mut newest: Vec<&str> = signs.rev().take(3).map(|mark| mark.progress.sign()).collect();
            newest.reverse();
            newest.join(" ")
        }
        (_, None) => String::new(),
    };
    (progress, due)
}

/// What belongs to the plan besides its lines, as one row.
pub(super) fn basic(which: Basic, plan: &Plan, width: usize, cx: &Cx) -> Cell {
    let label = format!("{}  ", which.label());
    let words = super::basics::sketch(which, &plan.basics, cx);
    let rest = width.saturating_sub(MARGIN + text::width(&label));
    let mut line = vec![styled(label, Role::Dim, cx)];
    match words {
        Some(words) => line.extend(fitted(vec![styled(words, Role::Normal, cx)], rest, false, cx)),
        None => line.push(styled("nothing written yet", Role::Dim, cx)),
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{DUE, due_words};
    use crate::domain::Date;
    use crate::tui::text;

    #[test]
    fn a_day_of_another_year_says_its_year_and_is_not_cut() {
        let day = |year, month, day| Date::from_ymd(year, month, day).unwrap();
        let today = day(2026, 11, 28);
        assert_eq!(due_words(day(2026, 12, 5), today), "5 Dec");
        assert_eq!(due_words(day(2027, 1, 5), today), "Jan 2027");
        for month in 1..=12 {
            assert!(text::width(&due_words(day(2027, month, 28), today)) <= DUE);
        }
    }
}
