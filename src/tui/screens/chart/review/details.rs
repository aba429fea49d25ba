//! What is known of a row of a review, whole: what was planned, what notes said, the client's words.

use super::{Shown, line_of};
use crate::domain::{LineRef, ReviewRating};
use crate::rules::plan::review::Item;
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::facts::Cx;
use crate::tui::screens::chart::asked::quoted;

/// What is known of a row, whole: its wording, what notes said of it, the words of the ratings.
pub(super) fn of(item: Item, shown: &Shown<'_>, chart: &ChartView, cx: &Cx) -> Vec<String> {
    let mut lines = Vec::new();
    match item {
        Item::Line(name) => lines.extend(line_details(name, shown, chart, cx)),
        Item::Change(number) => lines.extend(line_details(LineRef::goal(number), shown, chart, cx)),
        Item::Wants | Item::Level | Item::Why => {
            if !shown.known.wants.wants.is_empty() && item == Item::Wants {
                lines.push(quoted(&shown.known.wants.wants, cx));
            }
            lines.extend(shown.known.ratings.iter().filter_map(|rating| rating_details(rating, cx)));
        }
        Item::Next => {
            lines.push("The next review is counted from the signature of this one.".to_owned());
        }
        _ => {}
    }
    lines
}

fn line_details(name: LineRef, shown: &Shown<'_>, chart: &ChartView, cx: &Cx) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(line) = line_of(&shown.known, name).filter(|line| !line.amount.is_empty()) {
        lines.push(format!("Planned: {}", line.amount));
    }
    if let Some(line) = line_of(&shown.known, name).filter(|line| !line.log.is_empty()) {
        lines.push(format!("Log: {}", line.log));
    }
    let marks = chart.plan.plan.trail(name).map_or(&[][..], |trail| &trail.marks);
    for mark in marks.iter().filter(|mark| mark.on > shown.known.from) {
        let sentence = if mark.sentence.is_empty() { String::new() } else { format!(": {}", mark.sentence) };
        lines.push(format!("{}  {}{sentence}", when::short(mark.on, cx.today()), mark.progress.word()));
    }
    if marks.iter().all(|mark| mark.on <= shown.known.from) {
        lines.push("No note of this span works on it.".to_owned());
    }
    lines
}

fn rating_details(rating: &ReviewRating, cx: &Cx) -> Option<String> {
    let then = quoted(&rating.then_words, cx);
    let now = quoted(&rating.now_words, cx);
    let said = match (then.is_empty(), now.is_empty() || now == then) {
        (true, true) => return None,
        (false, true) => format!("then {then}"),
        (true, false) => format!("now {now}"),
        (false, false) => format!("then {then}, now {now}"),
    };
    Some(format!("D{}  {said}", rating.dimension))
}
