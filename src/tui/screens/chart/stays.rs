//! Stays that have ended: how each is called, and the summary that ended it.

use super::asking::asks;
use crate::domain::{Episode, LeaveKind};
use crate::rules::when;
use crate::service::api::{ChartView, DocAsk};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;

/// `IOP, 12 Oct to 21 Nov, completed`.
pub(super) fn words(episode: &Episode, chart: &ChartView, cx: &Cx) -> String {
    let short = |on| when::short(on, cx.today());
    let (on, kind) = episode.discharged.unwrap_or_default();
    let said = if chart.discharge_of(episode.number).is_some() { "" } else { ", without a summary" };
    format!(
        "{}, {} to {}, {}{said}",
        episode.program,
        short(episode.admitted),
        short(on),
        LeaveKind::word(kind)
    )
}

/// Opens the summary of the stay that ended; of several stays, one is chosen, the newest first.
pub(super) fn read(chart: &ChartView, cx: &Cx) -> Vec<Step> {
    let client = chart.client.value.id;
    let ended = chart.episodes.iter().map(|kept| &kept.value).filter(|one| one.discharged.is_some());
    let of = |episode: &Episode| {
        let doc = chart.discharge_of(episode.number)?.doc;
        Some(Item::new(doc.to_string(), words(episode, chart, cx), ""))
    };
    let items: Vec<Item> = ended.filter_map(of).collect();
    let open = move |key: &str| {
        key.parse().map(|number| asks(DocAsk::TakeUp { client, number })).unwrap_or_default()
    };
    match items.as_slice() {
        [] => vec![Step::Say("No stay of this person has ended with a discharge summary.".to_owned())],
        [one] => open(&one.key),
        _ => vec![Question::pick("Discharge summaries", items, move |key, _| open(key)).open()],
    }
}
