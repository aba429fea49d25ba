//! Immediate needs, raised and decided from any room of the chart: each asks for its words before anything is written.

use crate::domain::{ClientId, DimensionRef, ImmediateNeed, NeedSource, NeedState, Number};
use crate::packs;
use crate::rules::need::{USUAL_RECHECK, read_recheck};
use crate::service::api::{ChartAsk, ChartView, Command, Kept};
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::overlay::{Given, Item, Overlay, Prompt, Then};
use crate::tui::screen::Step;
use crate::tui::screens::Purpose as Wanted;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;

/// What the chart asks overlays for.
#[derive(Clone, Debug)]
pub enum Purpose {
    /// Dimension and reason of a new need.
    Raise,
    /// What is done, by whom, when to look again.
    InHand(Number),
    /// What was done or found.
    Resolve(Number),
    /// Why it was none.
    Dismiss(Number),
}

/// The choice of a dimension of the agency's set.
pub(super) fn dimension_items(set: &str) -> Vec<Item> {
    let dimensions = packs::set(set).map_or(&[][..], |set| &set.dimensions);
    dimensions
        .iter()
        .map(|d| Item::new(d.number.to_string(), format!("{} {}", d.number, d.name), ""))
        .collect()
}

/// The prompt that raises a need. Nothing is raised before Enter.
pub(crate) fn raise(dimension: Option<u8>, chart: &ChartView, cx: &Cx) -> Step {
    let set = cx.session.as_ref().map_or("", |session| session.settings.set.as_str());
    let at = dimension.map(|number| number.to_string()).unwrap_or_default();
    let form = Form::new(
        "Raise it",
        vec![
            Field::choice("dimension", "Dimension", dimension_items(set), &at).required(),
            Field::text("reason", "What is the danger?", "").required(),
        ],
    );
    let mut prompt = Prompt {
        title: "Immediate need".to_owned(),
        lines: vec![format!("For {}, {}.", chart.client.value.header_name(), chart.client.value.record_no)],
        form,
        then: Then::Screen(Wanted::Chart(Purpose::Raise)),
    };
    if dimension.is_some() {
        prompt.form.focus_on("reason");
    }
    Step::Over(Overlay::Prompt(prompt))
}

/// The need that an act speaks of: the newest that can be decided so.
fn newest(chart: &ChartView, fits: impl Fn(&NeedState) -> bool) -> Option<&Kept<ImmediateNeed>> {
    chart.needs.iter().find(|need| fits(&need.value.state))
}

/// Whether there is a need that an act speaks of; `None` if it speaks of something else.
pub(super) fn offers(action: Action, chart: &ChartView) -> Option<bool> {
    let any = |fits: &dyn Fn(&NeedState) -> bool| chart.needs.iter().any(|need| fits(&need.value.state));
    Some(match action {
        Action::RaiseNeed => chart.may_answer,
        Action::ConfirmNeed => any(&|state| *state == NeedState::Proposed),
        Action::TakeNeedInHand | Action::ResolveNeed | Action::DismissNeed => any(&NeedState::open),
        _ => return None,
    })
}

/// Whether an act is about needs.
pub(super) fn is_ours(action: Action) -> bool {
    matches!(
        action,
        Action::RaiseNeed
            | Action::ConfirmNeed
            | Action::TakeNeedInHand
            | Action::ResolveNeed
            | Action::DismissNeed
    )
}

/// Does what a key asks about needs; `None` if it is about something else.
pub(super) fn act(action: Action, chart: &ChartView, cx: &Cx) -> Option<Vec<Step>> {
    act_on(action, None, None, chart, cx)
}

/// As [`act`], about the need or the dimension that is highlighted, if one is.
pub(super) fn act_on(
    action: Action,
    highlighted: Option<Number>,
    dimension: Option<u8>,
    chart: &ChartView,
    cx: &Cx,
) -> Option<Vec<Step>> {
    if !is_ours(action) {
        return None;
    }
    if !chart.may_answer {
        let why = super::words::no_writing(chart, cx);
        return Some(vec![Step::Warn(
            why.unwrap_or_else(|| "You may not decide on needs in this chart.".to_owned()),
        )]);
    }
    if action == Action::RaiseNeed {
        return Some(vec![raise(dimension, chart, cx)]);
    }
    let fits = |state: &NeedState| match action {
        Action::ConfirmNeed => *state == NeedState::Proposed,
        _ => state.open(),
    };
    let chosen = chart.needs.iter().find(|need| Some(need.value.number) == highlighted);
    let need = chosen.filter(|need| fits(&need.value.state)).or_else(|| newest(chart, fits));
    let Some(need) = need else {
        return Some(vec![Step::Say("There is no immediate need to decide on.".to_owned())]);
    };
    let number = need.value.number;
    Some(vec![match action {
        Action::ConfirmNeed => decide(chart.client.value.id, need, NeedState::Confirmed),
        Action::TakeNeedInHand => prompt_in_hand(need, cx),
        Action::ResolveNeed => {
            words("Resolve the immediate need", "What came of it?", need, Purpose::Resolve(number))
        }
        _ => words("Dismiss the immediate need", "Why was it none?", need, Purpose::Dismiss(number)),
    }])
}

fn about(need: &ImmediateNeed) -> Vec<String> {
    vec![format!("D{}: {}", need.dimension.number, need.reason)]
}

fn words(title: &str, label: &str, need: &Kept<ImmediateNeed>, purpose: Purpose) -> Step {
    Step::Over(Overlay::Prompt(Prompt {
        title: title.to_owned(),
        lines: about(&need.value),
        form: Form::new("Write it down", vec![Field::text("words", label, "").required()]),
        then: Then::Screen(Wanted::Chart(purpose)),
    }))
}

fn prompt_in_hand(need: &Kept<ImmediateNeed>, cx: &Cx) -> Step {
    let colleagues = cx.session.as_ref().map_or(&[][..], |session| &session.colleagues);
    let items: Vec<Item> = colleagues
        .iter()
        .enumerate()
        .map(|(at, (_, name))| Item::new(at.to_string(), name.clone(), ""))
        .collect();
    let me = colleagues
        .iter()
        .position(|(id, _)| Some(*id) == cx.me())
        .map(|at| at.to_string())
        .unwrap_or_default();
    // Taking it in hand again renews it: what was being done stands there to be changed.
    let action = match &need.value.state {
        NeedState::InHand { action, .. } => action,
        _ => "",
    };
    let form = Form::new(
        "Take it in hand",
        vec![
            Field::text("action", "What is being done?", action).required(),
            Field::choice("owner", "By whom", items, &me).required(),
            Field::text("recheck", "Look again", USUAL_RECHECK).hint("+2h, +30m, +1d, 16:00").required(),
        ],
    );
    over_in_hand(need, form)
}

fn over_in_hand(need: &Kept<ImmediateNeed>, form: Form) -> Step {
    Step::Over(Overlay::Prompt(Prompt {
        title: "Take the immediate need in hand".to_owned(),
        lines: about(&need.value),
        form,
        then: Then::Screen(Wanted::Chart(Purpose::InHand(need.value.number))),
    }))
}

fn decide(client: ClientId, need: &Kept<ImmediateNeed>, state: NeedState) -> Step {
    let (number, rev) = (need.value.number, need.rev);
    Step::Ask(Command::Chart(ChartAsk::DecideNeed { client, number, rev, state }))
}

/// In hand as filled in; a time that does not read brings the prompt back with all that was typed.
fn in_hand(need: &Kept<ImmediateNeed>, mut form: Form, cx: &Cx) -> Vec<Step> {
    let Some(recheck_at) = read_recheck(&form.typed("recheck"), cx.now.moment, cx.now.local) else {
        form.focus_on("recheck");
        let why = "When to look again: +2h, +30m, +1d or 16:00.".to_owned();
        return vec![over_in_hand(need, form), Step::Warn(why)];
    };
    let colleagues = cx.session.as_ref().map_or(&[][..], |session| &session.colleagues);
    let owner = form.chosen("owner").parse::<usize>().ok().and_then(|at| colleagues.get(at));
    let owner = owner.map(|(id, _)| *id).or(cx.me()).unwrap_or_default();
    let state = NeedState::InHand { action: form.typed("action"), owner, recheck_at };
    vec![decide(need.value.client, need, state)]
}

/// What an overlay was answered with.
pub(super) fn answered(purpose: &Purpose, given: Given, chart: &ChartView, cx: &Cx) -> Vec<Step> {
    let Given::Filled(form) = given else { return Vec::new() };
    let client = chart.client.value.id;
    let by_number = |number: Number| chart.needs.iter().find(|need| need.value.number == number);
    let step = match *purpose {
        Purpose::Raise => {
            let set = cx.session.as_ref().map(|session| session.settings.set.clone()).unwrap_or_default();
            let dimension = DimensionRef { set, number: form.chosen("dimension").parse().unwrap_or(0) };
            let (reason, source) = (form.typed("reason"), NeedSource::Clinician);
            Some(Step::Ask(Command::Chart(ChartAsk::RaiseNeed { client, dimension, reason, source })))
        }
        Purpose::InHand(number) => {
            return by_number(number).map(|need| in_hand(need, *form, cx)).unwrap_or_default();
        }
        Purpose::Resolve(number) => by_number(number)
            .map(|need| decide(client, need, NeedState::Resolved { outcome: form.typed("words") })),
        Purpose::Dismiss(number) => by_number(number)
            .map(|need| decide(client, need, NeedState::Dismissed { reason: form.typed("words") })),
    };
    step.into_iter().collect()
}
