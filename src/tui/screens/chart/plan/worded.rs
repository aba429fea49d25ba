//! The words of a line in its row: what has to be seen before them, and what stays whole behind them.

use super::Shown;
use super::rows::styled;
use crate::domain::{Goal, LineState, Taken};
use crate::rules::plan::{AnyLine, Plan, words as said};
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::cells;
use crate::tui::widgets::table::{Cell, fitted};

/// The words of a line in so many cells. What it is agreed to and what is not as usual stay whole where they leave three fifths of
/// the cells to the words.
pub(super) fn worded(any: AnyLine<'_>, shown: &Shown<'_>, role: Role, cells: usize, cx: &Cx) -> Cell {
    let wide = |of: &Cell| of.iter().map(|span| text::width(&span.content)).sum::<usize>();
    let (mut words, tail) = (wording(any, shown, role, cx), behind(any, shown, role, cx));
    let (of_words, of_tail) = (wide(&words), wide(&tail));
    if of_words + of_tail <= cells || 5 * of_tail > 2 * cells {
        words.extend(tail);
        return fitted(words, cells, false, cx);
    }
    let mut out = fitted(words, cells - of_tail, false, cx);
    out.extend(tail);
    out
}

/// What stands behind the words: how much or how often, and what is not as usual.
fn behind(any: AnyLine<'_>, shown: &Shown<'_>, role: Role, cx: &Cx) -> Cell {
    let amount = said::amount(any);
    let amount = (!amount.is_empty()).then(|| styled(format!(", {amount}"), role, cx));
    amount.into_iter().chain(remarks(any, shown, cx)).collect()
}

/// The words of a line, and what has to be seen before them.
fn wording(any: AnyLine<'_>, shown: &Shown<'_>, role: Role, cx: &Cx) -> Cell {
    let line = any.line();
    let mut cells = Vec::new();
    if shown.since.is_new(line.changed_by, line.changed_at, cx) {
        cells.push(styled(format!("{} changed this: ", initials(&line.changed_by_name)), Role::Now, cx));
    }
    if any.is_safety() {
        cells.push(styled("safety ", Role::Now, cx));
    }
    if !line.required_by.trim().is_empty() {
        cells.push(styled("req ", Role::Dim, cx));
    }
    let words = match any {
        AnyLine::Goal(goal) if !goal.words.words.trim().is_empty() => {
            cells::quote(&goal.words.words, usize::MAX / 2, cx)
        }
        _ => styled(said::wording(any), role, cx),
    };
    cells.push(words);
    cells
}

/// What is not as usual: a state, focus, a problem it answers too, a problem that is not open any more.
fn remarks(any: AnyLine<'_>, shown: &Shown<'_>, cx: &Cx) -> Cell {
    let plan = shown.plan;
    let mut words = Vec::new();
    if shown.chart.plan.undone.line(any.name()).is_some() {
        words.push("undone".to_owned());
    } else if any.line().state != LineState::Active {
        words.push(any.line().state.word().to_owned());
    }
    if any.line().taken != Taken::Own {
        words.push("copied".to_owned());
    }
    if let AnyLine::Goal(goal) = any {
        words.extend(old_quote(goal, shown.chart, cx));
        words.extend(of_goal(goal, plan));
    }
    words.into_iter().map(|word| styled(format!("  {word}"), Role::Dim, cx)).collect()
}

/// `said 12 Oct`, where the client said these words before this stay began.
fn old_quote(goal: &Goal, chart: &ChartView, cx: &Cx) -> Option<String> {
    let stay = chart.episodes.iter().map(|kept| &kept.value).find(|one| one.number == goal.line.episode)?;
    let old = !goal.words.words.trim().is_empty() && goal.words.on < stay.admitted;
    old.then(|| format!("said {}", when::short(goal.words.on, cx.today())))
}

fn of_goal(goal: &Goal, plan: &Plan) -> Vec<String> {
    let mut words = Vec::new();
    if goal.focus {
        words.push("focus".to_owned());
    }
    let also: Vec<String> = plan.also(goal).iter().map(|number| format!("P{number}")).collect();
    if !also.is_empty() {
        words.push(format!("also {}", also.join(", ")));
    }
    if plan.is_orphan(goal) {
        words.push("no open problem".to_owned());
    }
    words
}

/// `R.I.` of `Rosa Imani LADC`; what is one word stays.
pub(super) fn initials(name: &str) -> String {
    let capitals: Vec<char> = name
        .split_whitespace()
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_uppercase())
        .take(2)
        .collect();
    match capitals.as_slice() {
        [first, second] => format!("{first}.{second}."),
        _ => name.to_owned(),
    }
}
