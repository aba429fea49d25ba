//! What notes say of an unfolded line, a row for each note: from there its note is opened.

use super::rows::{Placed, Row, styled};
use crate::domain::{LineKind, LineRef, Number, TrailMark};
use crate::rules::plan::Plan;
use crate::rules::when;
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::to_room;
use crate::tui::screens::chart::notes::Notes;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Cell, fitted};

/// Notes that are shown of a line.
pub(super) const MOST: usize = 5;

/// The rows of an unfolded line, the newest note first.
pub(super) fn rows((row, depth): Placed, plan: &Plan, unfolded: &[Row]) -> Vec<Placed> {
    let Row::Line(line) = row else { return Vec::new() };
    let trail = plan.trail(line).filter(|_| unfolded.contains(&row));
    let newest = trail.into_iter().flat_map(|trail| trail.marks.iter().rev().take(MOST));
    newest.map(|mark| (Row::Mark(line, mark.note), depth + 1)).collect()
}

/// `some: the third began at three in the morning`; of a method, that it was held.
pub(super) fn words(mark: &TrailMark, line: LineRef) -> String {
    let what = match line.kind {
        LineKind::Method if mark.minutes > 0 => format!("held, {} min", mark.minutes),
        LineKind::Method => "held".to_owned(),
        _ => mark.progress.word().to_owned(),
    };
    let words = [what.as_str(), mark.sentence.trim()];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(": ")
}

/// `  21 Nov  some: the third began at three in the morning`.
pub(super) fn row(line: LineRef, note: Number, depth: u8, plan: &Plan, width: usize, cx: &Cx) -> Cell {
    let marks = plan.trail(line).map(|trail| trail.marks.as_slice()).unwrap_or_default();
    let Some(mark) = marks.iter().find(|mark| mark.note == note) else { return Vec::new() };
    let day = format!("{}note of {}  ", " ".repeat(usize::from(depth) * 2), when::short(mark.on, cx.today()));
    let rest = width.saturating_sub(text::width(&day) + 4);
    let mut cells = vec![styled(day, Role::Dim, cx)];
    cells.extend(fitted(vec![styled(words(mark, line), Role::Normal, cx)], rest, false, cx));
    cells
}

/// Reads a note; Esc comes back to the plan.
pub(super) fn open_note(note: Number) -> Vec<Step> {
    let mut steps = vec![Step::Run(Action::RoomNotes)];
    steps.extend(to_room(move |notes: &mut Notes, chart, _| notes.read_from_plan(note, chart)));
    steps
}
