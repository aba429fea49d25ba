//! Immediate needs, raised and decided from any room of the chart: each asks for its words before anything is written.

use super::asking::{ask, asks};
use crate::domain::{DimensionRef, ImmediateNeed, NeedSource, NeedState, Number};
use crate::rules::need::{USUAL_RECHECK, read_recheck};
use crate::service::api::{ChartAsk, ChartView, Kept};
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Read};
use crate::tui::screen::Step;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// The choice of a dimension of the agency's set.
pub(super) fn dimension_items(cx: &Cx) -> Vec<Item> {
    let dimensions = cx.set().map_or(&[][..], |set| &set.dimensions);
    dimensions
        .iter()
        .map(|d| Item::new(d.number.to_string(), format!("{} {}", d.number, d.name), ""))
        .collect()
}

/// The prompt that raises a need. Nothing is raised before Enter.
pub(crate) fn raise(dimension: Option<u8>, chart: &ChartView, cx: &Cx) -> Step {
    let at = dimension.map(|number| number.to_string()).unwrap_or_default();
    let form = Form::new(
        "Raise it",
        vec![
            Field::choice("dimension", "Dimension", dimension_items(cx), &at).required(),
            Field::text("reason", "What is the danger?", "").required(),
        ],
    );
    let question = ask(chart, "Immediate need", form, |form, chart, cx| {
        let number = form.chosen("dimension").parse().unwrap_or(0);
        let dimension = DimensionRef { set: cx.set_key().to_owned(), number };
        let (client, reason, source) = (chart.client.value.id, form.typed("reason"), NeedSource::Clinician);
        Ok(asks(ChartAsk::RaiseNeed { client, dimension, reason, source }))
    });
    let whose = format!("For {}, {}.", chart.client.value.header_name(), chart.client.value.record_no);
    question.lines(vec![whose]).at(if dimension.is_some() { "reason" } else { "dimension" }).open()
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
        return Some(vec![Step::Warn(why.unwrap_or_else(|| {
            "Your roles do not let you decide on immediate needs in this chart.".to_owned()
        }))]);
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
    let (number, state) = (need.value.number, need.value.state.clone());
    Some(match action {
        Action::ConfirmNeed => {
            decide(number, NeedState::Confirmed, chart).unwrap_or_else(|wrong| vec![Step::Warn(wrong.why)])
        }
        Action::TakeNeedInHand => vec![in_hand(number, &state, chart, cx)],
        Action::ResolveNeed => {
            let resolved = |outcome| NeedState::Resolved { outcome };
            vec![words("Resolve the immediate need", "What came of it?", need, resolved, chart)]
        }
        _ => {
            let dismissed = |reason| NeedState::Dismissed { reason };
            vec![words("Dismiss the immediate need", "Why is there no danger?", need, dismissed, chart)]
        }
    })
}

fn about(need: &ImmediateNeed) -> Vec<String> {
    vec![format!("D{}: {}", need.dimension.number, need.reason)]
}

fn words(
    title: &str,
    label: &str,
    need: &Kept<ImmediateNeed>,
    state: fn(String) -> NeedState,
    chart: &ChartView,
) -> Step {
    let number = need.value.number;
    let form = Form::new("Write it down", vec![Field::text("words", label, "").required()]);
    ask(chart, title, form, move |form, chart, _| decide(number, state(form.typed("words")), chart))
        .lines(about(&need.value))
        .open()
}

fn in_hand(number: Number, now: &NeedState, chart: &ChartView, cx: &Cx) -> Step {
    let key = |at: usize| at.to_string();
    let items =
        cx.colleagues().iter().enumerate().map(|(at, (_, name))| Item::new(key(at), name.clone(), ""));
    let me = cx.colleagues().iter().position(|(id, _)| Some(*id) == cx.me()).map(key).unwrap_or_default();
    // Taking it in hand again renews it: what was being done stands there to be changed.
    let action = match now {
        NeedState::InHand { action, .. } => action,
        _ => "",
    };
    let form = Form::new(
        "Take it in hand",
        vec![
            Field::text("action", "What is being done?", action).required(),
            Field::choice("owner", "Done by", items.collect(), &me).required(),
            Field::text("recheck", "Look again", USUAL_RECHECK).hint("+2h, +30m, +1d, 16:00").required(),
        ],
    );
    let need = chart.needs.iter().find(|need| need.value.number == number);
    ask(chart, "Take the immediate need in hand", form, move |form, chart, cx| {
        let recheck_at =
            read_recheck(&form.typed("recheck"), cx.now.moment, cx.now.local).ok_or_else(|| {
                Wrong::new("recheck", "\"Look again\" is not a time. Try +2h, +30m, +1d or 16:00.")
            })?;
        let owner = form.chosen("owner").parse::<usize>().ok().and_then(|at| cx.colleagues().get(at));
        let owner = owner.map(|(id, _)| *id).or(cx.me()).unwrap_or_default();
        decide(number, NeedState::InHand { action: form.typed("action"), owner, recheck_at }, chart)
    })
    .lines(need.map(|need| about(&need.value)).unwrap_or_default())
    .open()
}

fn decide(number: Number, state: NeedState, chart: &ChartView) -> Read {
    let need = chart.needs.iter().find(|need| need.value.number == number);
    let rev = need.ok_or_else(|| Wrong::new("", "That immediate need is not in the chart any more."))?.rev;
    Ok(asks(ChartAsk::DecideNeed { client: chart.client.value.id, number, rev, state }))
}
