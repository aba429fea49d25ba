//! The question of a line's state: which states may follow, and what each needs to know.

use crate::domain::{LineKind, LineRef, LineState, StopWhy};
use crate::rules::plan::AnyLine;
use crate::rules::plan::state::{may_follow, needs_words};
use crate::rules::plan::words as said;
use crate::rules::when::Lean;
use crate::service::api::{ChartView, PlanAsk};
use crate::tui::facts::Cx;
use crate::tui::overlay::Question;
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, asks};
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// A state before it is known what it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum To {
    Active,
    Met,
    PartlyMet,
    Stopped,
    Deferred,
    InError,
}

impl To {
    const ALL: [Self; 6] =
        [Self::Active, Self::Met, Self::PartlyMet, Self::Deferred, Self::Stopped, Self::InError];

    fn word(self) -> &'static str {
        self.state().word()
    }

    fn detail(self) -> &'static str {
        match self {
            Self::Active => "worked on",
            Self::Met => "reached",
            Self::PartlyMet => "ended, some of it reached",
            Self::Deferred => "why, and when to look again",
            Self::Stopped => "ended for a reason",
            Self::InError => "should never have been here",
        }
    }

    /// Whether the line is not worked on any more without having been reached.
    fn ends(self) -> bool {
        matches!(self, Self::Stopped | Self::InError)
    }

    /// A state of this kind, to ask whether it may follow.
    fn state(self) -> LineState {
        match self {
            Self::Active => LineState::Active,
            Self::Met => LineState::Met,
            Self::PartlyMet => LineState::PartlyMet,
            Self::Stopped => LineState::Stopped(StopWhy::default()),
            Self::Deferred => LineState::Deferred { until: crate::domain::Date(i32::MAX), agrees: None },
            Self::InError => LineState::EnteredInError,
        }
    }
}

/// The question that asks for the state of a line.
pub(super) fn question(name: LineRef, chart: &ChartView) -> Step {
    let Some(line) = chart.plan.plan.line(name) else {
        return Step::Say("This line is no longer on the plan.".to_owned());
    };
    let now = line.line().state;
    let mut items: Vec<Item> = To::ALL
        .into_iter()
        .filter(|to| now != to.state() && may_follow(now, to.state()))
        .map(|to| Item { takes_away: to.ends(), ..Item::new(to.word(), to.word(), to.detail()) })
        .collect();
    if let AnyLine::Goal(goal) = line {
        items.push(if goal.focus {
            Item::new("later", "out of focus", "take it out of focus")
        } else {
            Item::new("focus", "focus now", "one of the few goals that are worked on now")
        });
    }
    if items.is_empty() {
        return Step::Say(format!("{name} was entered in error. That cannot change."));
    }
    let client = chart.client.value.id;
    Question::pick(format!("{name} is {}. Which state now?", now.word()), items, move |key, cx| {
        let Some(chart) = cx.chart(client) else { return Vec::new() };
        match To::ALL.into_iter().find(|to| to.word() == key) {
            Some(to) => chosen(name, to, chart),
            None => asks(PlanAsk::Focus { client, goal: name.number, on: key == "focus" }),
        }
    })
    .open()
}

fn chosen(name: LineRef, to: To, chart: &ChartView) -> Vec<Step> {
    let Some(line) = chart.plan.plan.line(name) else { return Vec::new() };
    let now = line.line().state;
    if to != To::Stopped && to != To::Deferred && !needs_words(now, to.state()) {
        return set(name, to.state(), String::new(), chart);
    }
    vec![words(name, to, line, chart)]
}

fn set(name: LineRef, state: LineState, words: String, chart: &ChartView) -> Vec<Step> {
    let (client, rev) = (chart.client.value.id, chart.plan.rev(name));
    asks(PlanAsk::SetState { client, line: name, rev, state, words })
}

/// What a state needs to know.
fn words(name: LineRef, to: To, line: AnyLine<'_>, chart: &ChartView) -> Step {
    let mut fields = Vec::new();
    if to == To::Stopped {
        let reasons = StopWhy::ALL.map(|why| Item::new(why.word(), why.word(), ""));
        fields.push(Field::choice("why", "Reason", reasons.to_vec(), "").required());
    }
    fields.push(Field::text("words", "Why, in a sentence", "").required());
    if to == To::Deferred {
        fields.push(
            Field::date("until", "Look again on", None, Lean::Future).hint("T+30, mon, 4/25/26").required(),
        );
        if name.kind == LineKind::Goal {
            let agrees =
                vec![Item::new("", "not asked", ""), Item::new("yes", "yes", ""), Item::new("no", "no", "")];
            fields.push(Field::choice("agrees", "Does the client agree?", agrees, ""));
        }
    }
    let client = &chart.client.value;
    let whose = format!("{}, {}.", client.header_name(), client.record_no);
    ask(chart, format!("{name}: {}", to.word()), Form::new("Set it", fields), move |form, chart, cx| {
        let state = read(to, form, cx)?;
        Ok(set(name, state, form.typed("words"), chart))
    })
    .lines(vec![whose, said::wording(line)])
    .open()
}

fn read(to: To, form: &Form, cx: &Cx) -> Result<LineState, Wrong> {
    Ok(match to {
        To::Stopped => {
            let why = StopWhy::ALL.into_iter().find(|why| why.word() == form.chosen("why"));
            LineState::Stopped(why.ok_or_else(|| Wrong::new("why", "Choose a reason."))?)
        }
        To::Deferred => {
            let until = form.date("until", cx.today());
            let until = until.ok_or_else(|| {
                Wrong::new("until", "\"Look again on\" is empty. Type a day, such as T+30.")
            })?;
            if until < cx.today() {
                return Err(Wrong::new(
                    "until",
                    "\"Look again on\" is in the past. Use today or a later day, such as T+30.",
                ));
            }
            let agrees = match form.chosen("agrees") {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            };
            LineState::Deferred { until, agrees }
        }
        other => other.state(),
    })
}
