//! Signed versions: where the newest one is, as the top line says it, and the list of all of them.

use super::Plan;
use crate::domain::{ClientId, Number, counted};
use crate::rules::plan::change::between;
use crate::rules::plan::review::SignedReview;
use crate::rules::plan::version::{OfAge, SignedVersion, VersionState, states, waits_for};
use crate::rules::when;
use crate::service::api::{ChartView, DocAsk, PlanAsk};
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{asks, to_room};

/// Every version with where it is, oldest first.
fn all<'a>(chart: &'a ChartView, cx: &Cx) -> Vec<(&'a SignedVersion, VersionState)> {
    let of = OfAge::of(&chart.client.value);
    let states = states(&chart.plan.versions, of, |episode| chart.has_ended(episode), cx.today());
    chart.plan.versions.iter().zip(states).collect()
}

/// `Plan 2, signed on paper 18 Nov, waits for guardian`, `in force: plan 1`, `5 changes since`; `None` if the episode has no signed
/// version.
pub(super) fn top(chart: &ChartView, cx: &Cx) -> Option<Vec<String>> {
    let episode = chart.episodes.first()?.value.number;
    let all = all(chart, cx);
    let counts = |(one, _): &&(&SignedVersion, VersionState)| one.episode == episode && !one.in_error;
    let (newest, state) = all.iter().rev().find(counts)?;
    let mut pieces = vec![format!("Plan {}, {}", newest.facts.version, how(newest, state, cx))];
    if let VersionState::Proposed(_) = state
        && let Some((one, _)) = all.iter().rev().find(|(_, state)| matches!(state, VersionState::Active(_)))
    {
        pieces.push(format!("in force: plan {}", one.facts.version));
    }
    let since = chart.plan.last.as_ref().map(|last| between(last, &chart.plan.plan)).unwrap_or_default();
    for (count, one, more) in
        [(since.count(), "change", "changes"), (since.answers.len(), "answer", "answers")]
    {
        pieces.extend((count > 0).then(|| format!("{} since", counted(count, one, more))));
    }
    Some(pieces)
}

/// `signed on paper 18 Nov`, `signed by you 18 Nov, waits for the client`.
fn how(version: &SignedVersion, state: &VersionState, cx: &Cx) -> String {
    let day = when::short(version.signed, cx.today());
    let words = match version.how() {
        how if how.is_empty() => {
            let me = cx.signed_in.as_ref().is_some_and(|one| one.staff.signature_name() == version.by);
            let by = if me { "you" } else { &version.by };
            format!("signed by {by} {day}")
        }
        how => format!("{how} {day}"),
    };
    let rest = match state {
        VersionState::Proposed(missing) => format!(", {}", waits_for(missing)),
        VersionState::Active(since) if *since != version.signed => {
            format!(", in force since {}", when::short(*since, cx.today()))
        }
        VersionState::Active(_) => String::new(),
        VersionState::Superseded => ", superseded".to_owned(),
        VersionState::Closed => ", closed with its episode".to_owned(),
        VersionState::InError => ", entered in error".to_owned(),
    };
    words + &rest
}

/// The list of versions and reviews, newest first; a version that the client declined to sign carries its mark.
pub(super) fn choose(chart: &ChartView, cx: &Cx) -> Step {
    let mut dated = Vec::new();
    for (version, state) in all(chart, cx) {
        let declined = if version.is_declined() { cx.theme.glyphs.declined } else { " " };
        let label = format!("{declined} Plan {}", version.facts.version);
        dated.push((version.signed, Item::new(version.doc.to_string(), label, how(version, &state, cx))));
    }
    dated.extend(chart.plan.reviews.iter().map(|review| {
        let item = Item::new(review.doc.to_string(), "  Review", reviewed(review, cx));
        (review.signed, item)
    }));
    // Of one day the review is above the version that was signed with it.
    dated.sort_by_key(|(on, _)| *on);
    let items: Vec<Item> = dated.into_iter().rev().map(|(_, item)| item).collect();
    if items.is_empty() {
        let key = cx.key(Action::Sign, crate::tui::action::Scope::Plan);
        return Step::Say(format!("No version is signed yet. {key} signs the first one."));
    }
    let client = chart.client.value.id;
    Question::pick("Signed versions and reviews", items, move |key, cx| {
        let Some(chart) = cx.chart(client) else { return Vec::new() };
        if let Some(review) = chart.plan.reviews.iter().find(|one| one.doc.to_string() == key) {
            return asks(DocAsk::TakeUp { client, number: review.doc });
        }
        let found = chart.plan.versions.iter().find(|one| one.doc.to_string() == key);
        found.map(|version| vec![look(version, chart)]).unwrap_or_default()
    })
    .open()
}

/// `13 Oct to 21 Nov, continue, by Rosa Imani LADC`.
fn reviewed(review: &SignedReview, cx: &Cx) -> String {
    let short = |on| when::short(on, cx.today());
    let choice = review.facts.choice.map_or("", |choice| choice.word());
    let state = if review.stands { "" } else { ", does not count any more" };
    format!("{} to {}, {choice}, by {}{state}", short(review.facts.from), short(review.on), review.by)
}

/// `what changed since version 2`.
pub(super) fn since(chart: &ChartView) -> String {
    let newest = chart.plan.versions.last().map_or(0, |newest| newest.facts.version);
    format!("what changed since version {newest}")
}

/// Shows what changed since the newest version.
pub(super) fn changed_since_newest(chart: &ChartView) -> Vec<Step> {
    let newest = chart.plan.versions.last();
    newest.map(|newest| show(chart.client.value.id, newest.doc, true)).unwrap_or_default()
}

/// Shows a version, or what changed since.
fn show(client: ClientId, version: Number, compare: bool) -> Vec<Step> {
    let mut steps = to_room(move |room: &mut Plan, _, _| {
        room.look_back(compare);
        Vec::new()
    });
    steps.extend(asks(PlanAsk::Version { client, version }));
    steps
}

/// What to see of a version.
fn look(version: &SignedVersion, chart: &ChartView) -> Step {
    let items = vec![
        Item::new("changed", "what changed since", ""),
        Item::new("tree", "the plan as it was signed", ""),
        Item::new("read", "read it", "with who signed it and how"),
    ];
    let (client, number) = (chart.client.value.id, version.doc);
    let title = format!("Plan {}, {}", version.facts.version, version.facts.kind.word());
    Question::pick(title, items, move |key, _| {
        if key == "read" {
            return asks(DocAsk::TakeUp { client, number });
        }
        show(client, number, key == "changed")
    })
    .open()
}
