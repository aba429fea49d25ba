//! The questions about the level of care.

use crate::domain::{LevelDecision, LevelEvent, Number};
use crate::packs;
use crate::rules::level;
use crate::rules::when::Lean;
use crate::service::api::{BackgroundAsk, ChartView};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, asks};
use crate::tui::screens::form::levels_differ;
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

fn found(number: Option<Number>, chart: &ChartView) -> (LevelDecision, u32) {
    let kept = chart.levels.iter().find(|kept| Some(kept.value.number) == number);
    kept.map(|kept| (kept.value.clone(), kept.rev)).unwrap_or_default()
}

/// The levels of the agency's set to choose from. Those of withdrawal management have a field of their own.
pub(in crate::tui::screens::chart) fn items(withdrawal: bool, none: &'static str, cx: &Cx) -> Vec<Item> {
    let Some(session) = &cx.signed_in else { return Vec::new() };
    let fits = |level: &&packs::Level| level.active && level.code.ends_with("-WM") == withdrawal;
    let levels = packs::levels(&session.settings.set);
    let levels = levels.into_iter().filter(fits);
    let shown = |level: &packs::Level| {
        let words = format!("{} {}", level.code, level.name);
        Item::new(level.code.clone(), words.clone(), "").preview(&words)
    };
    std::iter::once(Item::new("", none, "")).chain(levels.map(shown)).collect()
}

/// The form that decides, or corrects a decision.
pub(super) fn question(number: Option<Number>, chart: &ChartView, cx: &Cx) -> Vec<Step> {
    if chart.open_episode().is_none() {
        return vec![Step::Warn("The person is not in care: admission decides the first level.".to_owned())];
    }
    let (level, rev) = found(number, chart);
    let on = number.map_or(cx.today(), |_| level.on);
    let event = number.map_or(LevelEvent::Change, |_| level.event);
    let said = match level.agrees {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    let agrees = vec![Item::new("", "not asked", ""), Item::new("yes", "yes", ""), Item::new("no", "no", "")];
    let reasons = Item::words(&packs::lists().difference_reasons);
    let mut fields = vec![
        Field::choice("indicated", "Indicated", items(false, "not said", cx), &level.indicated),
        Field::choice("actual", "Given", items(false, "", cx), &level.actual).required(),
        Field::choice("reason", "Why they differ", reasons, &level.reason)
            .required_or("The level given is not the one indicated. Choose why.")
            .only_if(levels_differ),
        Field::text("note", "In words", &level.note),
        Field::text("interim", "Meanwhile", &level.interim)
            .hint("on a waiting list: what is done until then")
            .only_if(waits),
        Field::date("again", "Ask again on", None, Lean::Future).hint("a task for that day").only_if(waits),
        Field::choice("agrees", "The client agrees", agrees, said),
        Field::choice(
            "event",
            "At",
            LevelEvent::ALL.map(|one| Item::new(one.word(), one.word(), "")).to_vec(),
            event.word(),
        ),
        Field::date("on", "Decided on", Some(on), Lean::Past).required(),
    ];
    let withdrawal = items(true, "none", cx);
    if withdrawal.len() > 1 {
        fields.insert(2, Field::choice("withdrawal", "Withdrawal management", withdrawal, &level.withdrawal));
    }
    let title = if number.is_some() { "Correct the level of care" } else { "Level of care" };
    let question = ask(chart, title, Form::new("Save", fields), move |form, chart, cx| {
        let (before, _) = found(number, chart);
        let level = read(form, before, chart, cx)?;
        let again = form.date("again", cx.today());
        if level.reason == level::WAITING_LIST && number.is_none() && again.is_none() {
            return Err(Wrong::new("again", "On which day do you ask about the waiting list again?"));
        }
        Ok(asks(BackgroundAsk::Level { level: Box::new(level), rev, again }))
    });
    vec![question.open()]
}

/// Whether the person waits for another level.
fn waits(form: &Form) -> bool {
    levels_differ(form) && form.chosen("reason") == level::WAITING_LIST
}

fn read(form: &Form, before: LevelDecision, chart: &ChartView, cx: &Cx) -> Result<LevelDecision, Wrong> {
    let event = LevelEvent::ALL.into_iter().find(|event| event.word() == form.chosen("event"));
    let mut level = LevelDecision {
        client: chart.client.value.id,
        indicated: form.chosen("indicated").to_owned(),
        withdrawal: form.chosen("withdrawal").to_owned(),
        actual: form.chosen("actual").to_owned(),
        reason: form.chosen("reason").to_owned(),
        note: form.typed("note"),
        interim: if waits(form) { form.typed("interim") } else { String::new() },
        agrees: match form.chosen("agrees") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        event: event.unwrap_or_default(),
        on: form.date("on", cx.today()).ok_or_else(|| Wrong::new("on", "Type the day of the decision."))?,
        ..before
    };
    if !level::differs(&level) {
        level.reason.clear();
    }
    if level.on > cx.today() {
        return Err(Wrong::new("on", "\"Decided on\" is in the future. Use today or an earlier day."));
    }
    match level::missing(&level) {
        None => Ok(level),
        Some(why) if level.actual.is_empty() => Err(Wrong::new("actual", why)),
        Some(why) if level.reason == level::WAITING_LIST => Err(Wrong::new("interim", why)),
        Some(why) if level.reason.is_empty() => Err(Wrong::new("reason", why)),
        Some(why) => Err(Wrong::new("note", why)),
    }
}

/// The question why it should never have been here.
pub(super) fn in_error(number: Number, chart: &ChartView) -> Step {
    let form = Form::new("Enter in error", vec![Field::text("words", "Why", "").required()]);
    ask(chart, "Level of care entered in error", form, move |form, chart, _| {
        let (level, rev) = found(Some(number), chart);
        let level = Box::new(LevelDecision { in_error: form.typed("words"), ..level });
        Ok(asks(BackgroundAsk::Level { level, rev, again: None }))
    })
    .open()
}
