//! Immediate needs, raised, decided and corrected from any room of the chart: each asks for its words before anything is written.

mod correct;

use super::asking::{ask, asks};
use super::critical;
use super::words::at;
use crate::domain::{DimensionRef, ImmediateNeed, Moment, NeedSource, NeedState, Number, StaffId};
use crate::rules::need::{USUAL_RECHECK, read_recheck};
use crate::service::api::{ChartAsk, ChartView, Kept, NeedDone, NeedSaid};
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question, Read};
use crate::tui::screen::Step;
use crate::tui::screens::{days, who};
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// The choice of a dimension of the agency's set.
pub(in crate::tui::screens) fn dimension_items(cx: &Cx) -> Vec<Item> {
    let dimensions = cx.set().map_or(&[][..], |set| &set.dimensions);
    dimensions.iter().map(|d| Item::keyed(d.number, d.name.as_str())).collect()
}

/// The prompt that raises a need. Nothing is raised before Enter.
pub(crate) fn raise(dimension: Option<u8>, chart: &ChartView, cx: &Cx) -> Step {
    let at = dimension.map(|number| number.to_string()).unwrap_or_default();
    let mut fields = vec![Field::choice("dimension", "Dimension", dimension_items(cx), &at).required()];
    fields.extend(danger_fields(""));
    let question = ask(chart, "Immediate need", Form::new("Raise it", fields), |form, chart, cx| {
        let dimension = dimension_chosen(form, cx);
        let (client, source) = (chart.client.value.id, NeedSource::Clinician);
        let (reason, done) = danger_said(form, cx)?;
        Ok(asks(ChartAsk::RaiseNeed { client, dimension, reason, source, done }))
    });
    let whose = format!("For {}, {}.", chart.client.value.header_name(), chart.client.value.record_no);
    question.lines(vec![whose]).at(if dimension.is_some() { "reason" } else { "dimension" }).open()
}

/// What is asked of whoever raises a need: the danger, and what is already being done about it.
pub(in crate::tui::screens) fn danger_fields(reason: &str) -> Vec<Field> {
    vec![
        Field::text("reason", "What is the danger?", reason).required(),
        Field::text("done", "What is being done?", "").hint("called 911; may stay empty"),
        recheck_field().hint("+2h, +30m, 16:00"),
    ]
}

/// What [`danger_fields`] hold: the danger, and what is done by whoever raises it.
pub(in crate::tui::screens) fn danger_said(
    form: &Form,
    cx: &Cx,
) -> Result<(String, Option<NeedDone>), Wrong> {
    let action = form.typed("done");
    let done =
        if action.is_empty() { None } else { Some(NeedDone { action, recheck_at: recheck(form, cx)? }) };
    Ok((form.typed("reason"), done))
}

fn recheck_field() -> Field {
    Field::offered("recheck", "Look again", USUAL_RECHECK)
}

fn recheck(form: &Form, cx: &Cx) -> Result<Moment, Wrong> {
    read_recheck(&form.typed("recheck"), cx.now.moment, cx.now.local)
        .ok_or_else(|| Wrong::new("recheck", "\"Look again\" is not a time. Try +2h, +30m, +1d or 16:00."))
}

pub(in crate::tui::screens) fn dimension_chosen(form: &Form, cx: &Cx) -> DimensionRef {
    let number = form.chosen("dimension").parse().unwrap_or(0);
    DimensionRef { set: cx.set_key().to_owned(), number }
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
        Action::NeedHistory => !chart.needs.is_empty(),
        Action::CorrectNeed => chart.may_answer && !chart.needs.is_empty(),
        Action::ReopenNeed => chart.may_answer && any(&|state| !state.open()),
        Action::ConfirmNeed => any(&|state| *state == NeedState::Proposed),
        Action::AnswerNeed | Action::TakeNeedInHand | Action::ResolveNeed | Action::DismissNeed => {
            any(&NeedState::open)
        }
        _ => return None,
    })
}

/// Whether an act is about needs.
pub(super) fn is_ours(action: Action) -> bool {
    matches!(
        action,
        Action::RaiseNeed
            | Action::AnswerNeed
            | Action::ConfirmNeed
            | Action::TakeNeedInHand
            | Action::ResolveNeed
            | Action::DismissNeed
            | Action::CorrectNeed
            | Action::ReopenNeed
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
    if action == Action::ReopenNeed {
        let none = || Step::Say("No immediate need is over.".to_owned());
        return Some(vec![correct::reopen(chart, cx).unwrap_or_else(none)]);
    }
    let fits = |state: &NeedState| match action {
        Action::ConfirmNeed => *state == NeedState::Proposed,
        Action::CorrectNeed => true,
        _ => state.open(),
    };
    if action == Action::CorrectNeed && highlighted.is_none() && chart.needs.len() > 1 {
        return Some(vec![correct::which(chart, cx)]);
    }
    let chosen = chart.needs.iter().find(|need| Some(need.value.number) == highlighted);
    let need = chosen.filter(|need| fits(&need.value.state)).or_else(|| newest(chart, fits));
    let Some(need) = need else {
        let words = if action == Action::CorrectNeed { "correct" } else { "decide on" };
        return Some(vec![Step::Say(format!("There is no immediate need to {words}."))]);
    };
    let (number, state) = (need.value.number, need.value.state.clone());
    Some(match action {
        // What a critical answer proposed is decided on with what was done about the answer.
        Action::AnswerNeed if critical::of_need(number, chart).is_some() => critical::of_need(number, chart)
            .map(|number| critical::question(number, chart, cx))
            .into_iter()
            .collect(),
        Action::AnswerNeed => vec![answer(need, chart, cx)],
        Action::ConfirmNeed => {
            decide(number, NeedState::Confirmed, chart).unwrap_or_else(|wrong| vec![Step::Warn(wrong.why)])
        }
        Action::TakeNeedInHand => vec![in_hand(number, &state, chart, cx)],
        Action::ResolveNeed => vec![resolve(need, chart, cx)],
        Action::CorrectNeed => vec![correct::what(need, chart, cx)],
        _ => vec![dismiss(need, chart, cx)],
    })
}

/// What a need is about: its words, and since when it is open.
fn about(need: &ImmediateNeed, chart: &ChartView, cx: &Cx) -> Vec<String> {
    let since = at(need.raised_at, chart, cx);
    vec![format!("D{}, open since {since}: {}", need.dimension.number, need.reason)]
}

/// What can be done with an open need.
fn answer(need: &Kept<ImmediateNeed>, chart: &ChartView, cx: &Cx) -> Step {
    let (client, number) = (chart.client.value.id, need.value.number);
    let in_hand = matches!(need.value.state, NeedState::InHand { .. });
    let hand = if in_hand { "Renew what is done, and the time" } else { "Take it in hand" };
    let proposed = need.value.state == NeedState::Proposed;
    // Every digit means the same whatever the state is.
    let confirm = if proposed { "Confirm: there is danger" } else { "Confirmed already" };
    let items = vec![
        Item::new("confirm", confirm, ""),
        Item::new("hand", hand, "what is done, by whom"),
        Item::new("resolve", "Resolve it", "what came of it"),
        Item::new("dismiss", "Dismiss it", "no danger, or a slip").taking_away(),
        Item::new("keep", "Leave it open", "still to be watched"),
        Item::new("correct", "Correct it: words, since when, dimension", "the old is kept"),
        Item::new("history", "Show its history", "who said what, and when"),
    ];
    Question::pick("What becomes of this immediate need?", items, move |key, cx| {
        let Some(chart) = cx.chart(client) else { return Vec::new() };
        let Some(need) = chart.needs.iter().find(|need| need.value.number == number) else {
            return Vec::new();
        };
        match key {
            "confirm" if need.value.state != NeedState::Proposed => {
                vec![Step::Say("This need is confirmed already. Nothing was changed.".to_owned())]
            }
            "confirm" => decide(number, NeedState::Confirmed, chart).unwrap_or_default(),
            "hand" => vec![self::in_hand(number, &need.value.state, chart, cx)],
            "resolve" => vec![resolve(need, chart, cx)],
            "dismiss" => vec![dismiss(need, chart, cx)],
            "keep" => vec![keep(need, chart, cx)],
            "history" => vec![Step::Run(Action::NeedHistory)],
            _ => vec![correct::what(need, chart, cx)],
        }
    })
    .lines(about(&need.value, chart, cx))
    .at(if proposed { "confirm" } else { "hand" })
    .open()
}

fn resolve(need: &Kept<ImmediateNeed>, chart: &ChartView, cx: &Cx) -> Step {
    let number = need.value.number;
    let form = Form::new("Resolve it", vec![Field::text("words", "What came of it?", "").required()]);
    ask(chart, "Resolve the immediate need", form, move |form, chart, _| {
        decide(number, NeedState::Resolved { outcome: form.typed("words") }, chart)
    })
    .lines(about(&need.value, chart, cx))
    .open()
}

/// Why a need is dismissed. A slip needs no further words, all else does.
const DISMISSALS: [(&str, &str); 4] = [
    ("1", "looked at: there was no danger"),
    ("2", "a slip: yes or 4 was pressed by mistake"),
    ("3", "it belongs to another need"),
    ("4", "it was meant for another person"),
];

fn dismiss(need: &Kept<ImmediateNeed>, chart: &ChartView, cx: &Cx) -> Step {
    let number = need.value.number;
    let items = DISMISSALS.iter().map(|(key, words)| Item::new(*key, *words, "")).collect();
    let form = Form::new(
        "Dismiss it",
        vec![
            Field::keyed("why", "Why", items, "").required(),
            Field::text("words", "In your words", "").hint("how you know"),
        ],
    );
    ask(chart, "Dismiss the immediate need", form, move |form, chart, _| {
        let key = form.chosen("why");
        let why = DISMISSALS.iter().find(|(one, _)| *one == key).map_or("", |(_, words)| words);
        let words = form.typed("words");
        if words.is_empty() && key != "2" {
            return Err(Wrong::new("words", "Say how you know, for example: misread, asked again, no plan."));
        }
        let reason = match (key, words.is_empty()) {
            (_, true) => why.to_owned(),
            ("1", false) => words,
            (_, false) => format!("{why}: {words}"),
        };
        decide(number, NeedState::Dismissed { reason }, chart)
    })
    .lines(about(&need.value, chart, cx))
    .at("why")
    .open()
}

fn keep(need: &Kept<ImmediateNeed>, chart: &ChartView, cx: &Cx) -> Step {
    let number = need.value.number;
    let form = Form::new("Leave it open", vec![Field::text("words", "Why it stays open", "").required()]);
    ask(chart, "The immediate need stays open", form, move |form, chart, _| {
        say(number, NeedSaid::Kept(form.typed("words")), chart)
    })
    .lines(about(&need.value, chart, cx))
    .open()
}

fn say(number: Number, said: NeedSaid, chart: &ChartView) -> Read {
    let need = chart.needs.iter().find(|need| need.value.number == number);
    let rev = need.ok_or_else(|| Wrong::new("", "That immediate need is not in the chart any more."))?.rev;
    Ok(asks(ChartAsk::SayNeed { client: chart.client.value.id, number, rev, said }))
}

/// Who does something about a need: those who keep charts, whoever works with the client first.
pub(super) fn owner_field(label: &str, chart: &ChartView, cx: &Cx) -> Field {
    let items = days::counselor_items(Some(chart.client.value.id), cx);
    Field::choice("owner", label, items, &who::me(cx))
}

/// Who was chosen for it; whoever sits here where nobody was.
pub(super) fn owner(form: &Form, cx: &Cx) -> StaffId {
    days::staff_of(form.chosen("owner"), cx).or(cx.me()).unwrap_or_default()
}

fn in_hand(number: Number, now: &NeedState, chart: &ChartView, cx: &Cx) -> Step {
    // Taking it in hand again renews it: what was being done stands there to be changed.
    let action = match now {
        NeedState::InHand { action, .. } => action,
        _ => "",
    };
    let form = Form::new(
        "Take it in hand",
        vec![
            Field::text("action", "What is being done?", action).required(),
            owner_field("Done by", chart, cx).required(),
            recheck_field().hint("+2h, +30m, +1d, 16:00").required(),
        ],
    );
    let need = chart.needs.iter().find(|need| need.value.number == number);
    ask(chart, "Take the immediate need in hand", form, move |form, chart, cx| {
        let recheck_at = recheck(form, cx)?;
        let owner = owner(form, cx);
        decide(number, NeedState::InHand { action: form.typed("action"), owner, recheck_at }, chart)
    })
    .lines(need.map(|need| about(&need.value, chart, cx)).unwrap_or_default())
    .open()
}

fn decide(number: Number, state: NeedState, chart: &ChartView) -> Read {
    let need = chart.needs.iter().find(|need| need.value.number == number);
    let rev = need.ok_or_else(|| Wrong::new("", "That immediate need is not in the chart any more."))?.rev;
    Ok(asks(ChartAsk::DecideNeed { client: chart.client.value.id, number, rev, state }))
}
