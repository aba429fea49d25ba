//! What of the plan is shown: the list of views, and what looking back asks for.

use super::{Plan, advice, versions};
use crate::domain::{Date, Episode, Number};
use crate::rules::plan::tree::Show;
use crate::rules::when::{self, Lean};
use crate::service::api::{ChartView, PlanAsk};
use crate::tui::facts::Cx;
use crate::tui::overlay::Question;
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, asks, to_room};
use crate::tui::screens::chart::stays;
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// The list of views.
pub(super) fn choose(room: &Plan, chart: &ChartView) -> Step {
    let client = chart.client.value.id;
    let shows = |show| room.then.is_none() && room.show == show;
    let mut items = vec![
        Item::new("plan", "the plan", "open problems and lines").shown_now(shows(Show::Plan)),
        Item::new("problems", "problems only", "").shown_now(shows(Show::Problems)),
        Item::new("everything", "everything there ever was", "ended, stopped, in error too")
            .shown_now(shows(Show::Everything)),
        Item::new("hints", "hints", "what a reader of this plan would ask"),
        Item::new("versions", "signed versions and reviews", "what each said, and what changed since"),
        Item::new("since", versions::since(chart), "line by line"),
        Item::new("changed", "what changed since a day", ""),
        Item::new("seen", "what is new since the client last saw it", ""),
        Item::new("then", "the plan as it was on a day", ""),
        Item::new("earlier", "the plan of an earlier episode", "to read"),
    ];
    if let Some(other) = chart.also_open().next() {
        items.push(Item::new("stay", "the other open stay", other.program.clone()));
    }
    let unsigned = chart.plan.versions.is_empty();
    items.retain(|item| !(unsigned && item.key == "since"));
    items.retain(|item| !(item.key == "earlier" && earlier(chart).is_empty()));
    Question::pick("What to show", items, move |key, cx| {
        if key == "hints" {
            return to_room(|room: &mut Plan, _, cx| advice::question(&room.hints, cx));
        }
        if key == "versions" {
            return cx.chart(client).map(|chart| vec![versions::choose(chart, cx)]).unwrap_or_default();
        }
        if key == "stay" {
            return cx.chart(client).map(|chart| stays::work_in(chart, cx)).unwrap_or_default();
        }
        if key == "earlier" {
            let Some(chart) = cx.chart(client) else { return Vec::new() };
            return vec![which_episode(chart, cx, move |episode| {
                compared(PlanAsk::OfEpisode { client, episode }, false)
            })];
        }
        if key == "since" {
            return cx.chart(client).map(versions::changed_since_newest).unwrap_or_default();
        }
        let show = match key {
            "problems" => Show::Problems,
            "everything" => Show::Everything,
            "seen" => return compared(PlanAsk::SinceSeen { client }, true),
            "changed" | "then" => {
                let Some(chart) = cx.chart(client) else { return Vec::new() };
                let compare = key == "changed";
                let title = if compare { "What changed since" } else { "The plan as it was" };
                return vec![which_day(title, chart, move |day| {
                    compared(PlanAsk::At { client, day }, compare)
                })];
            }
            _ => Show::Plan,
        };
        to_room(move |room: &mut Plan, chart, _| {
            room.look(show, chart);
            Vec::new()
        })
    })
    .open()
}

/// Asks for an earlier plan, to be compared with the plan of now or to be shown as it was.
fn compared(ask: PlanAsk, compare: bool) -> Vec<Step> {
    let mut steps = to_room(move |room: &mut Plan, _, _| {
        room.look_back(compare);
        Vec::new()
    });
    steps.extend(asks(ask));
    steps
}

/// Episodes that have ended, besides the one whose plan is shown.
pub(in crate::tui::screens::chart) fn earlier(chart: &ChartView) -> Vec<&Episode> {
    let shown = chart
        .open_episode()
        .map_or_else(|| chart.episodes.first().map(|kept| kept.value.number), |open| Some(open.number));
    let all = chart.episodes.iter().map(|kept| &kept.value);
    all.filter(|one| one.discharged.is_some() && Some(one.number) != shown).collect()
}

/// The list of earlier episodes, and what choosing one leads to.
pub(in crate::tui::screens::chart) fn which_episode(
    chart: &ChartView,
    cx: &Cx,
    leads: impl Fn(Number) -> Vec<Step> + 'static,
) -> Step {
    let item = |episode: &Episode| {
        let (from, until) = (episode.admitted, episode.discharged.as_ref().map(|(day, _)| *day));
        let until = until.map(|day| when::short(day, cx.today())).unwrap_or_default();
        let days = format!("{} to {until}", when::short(from, cx.today()));
        Item::new(episode.number.to_string(), days, episode.program.clone())
    };
    let items = earlier(chart).into_iter().map(item).collect();
    Question::pick("Which episode", items, move |key, _| key.parse().map(&leads).unwrap_or_default()).open()
}

/// Asks for a day before today, and what it leads to.
pub(in crate::tui::screens::chart) fn which_day(
    title: &str,
    chart: &ChartView,
    leads: impl Fn(Date) -> Vec<Step> + 'static,
) -> Step {
    let fields =
        vec![Field::date("day", "Which day", None, Lean::Past).hint("T-7, 18 Nov, 4/25/26").required()];
    ask(chart, title, Form::new("Show it", fields), move |form, _, cx| {
        let day = form.date("day", cx.today()).ok_or_else(|| Wrong::new("day", "Type a day."))?;
        if day >= cx.today() {
            return Err(Wrong::new("day", "Choose a day before today."));
        }
        Ok(leads(day))
    })
    .open()
}
