//! Turning the screen to the client, from whichever page has something to turn.

use super::asking::asks;
use super::paper;
use crate::domain::Paper;
use crate::packs::{PageWords, page_languages, page_words};
use crate::rules::plan::staff_words::{staff_words, told};
use crate::service::api::{ChartView, TurnAsk};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::Question;
use crate::tui::screen::Step;
use crate::tui::widgets::choices::Item;

/// What the client is called.
pub(super) fn called(chart: &ChartView) -> &str {
    let client = &chart.client.value;
    if client.preferred.trim().is_empty() { client.name.given.trim() } else { client.preferred.trim() }
}

/// The key that turns it was pressed: the first time it says to whom, the second time it is done.
pub(super) fn turn(what: Paper, again: bool, scope: Scope, chart: &ChartView, cx: &Cx) -> Vec<Step> {
    let words = paper::spoken(chart);
    if again {
        return turn_in(what, chart, words);
    }
    let key = cx.key(Action::TurnScreen, scope);
    let asked = format!("Turn to {}, in {}: {key} again.", called(chart), words.name);
    vec![Step::Say([Some(asked), speaks(what, chart)].into_iter().flatten().collect::<Vec<_>>().join(" "))]
}

/// Asks for the language first.
pub(super) fn choose(what: Paper, chart: &ChartView) -> Step {
    let items = page_languages().iter().map(|words| Item::new(&words.language, &words.name, "")).collect();
    let client = chart.client.value.id;
    let title = format!("Turn the screen to {}, in which language", called(chart));
    Question::pick(title, items, move |key, cx| {
        cx.chart(client).map(|chart| turn_in(what, chart, page_words(key))).unwrap_or_default()
    })
    .lines(speaks(what, chart).into_iter().collect())
    .open()
}

/// Where the client's page speaks about them, before they see it.
pub(super) fn speaks(what: Paper, chart: &ChartView) -> Option<String> {
    let of_plan = matches!(what, Paper::ClientPage | Paper::Changes);
    of_plan.then(|| told(&staff_words(&chart.plan.plan, called(chart)))).flatten()
}

fn turn_in(what: Paper, chart: &ChartView, words: &PageWords) -> Vec<Step> {
    let (client, language) = (chart.client.value.id, words.language.clone());
    asks(TurnAsk::Turn { client, what, language })
}
