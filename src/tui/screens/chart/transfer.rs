//! A transfer within the stay: another program, counselor or level of care, in the same chart and under the same numbers.

use super::asking::{ask, asks};
use super::background::level as levels;
use super::words;
use crate::domain::{Episode, LevelDecision, LevelEvent};
use crate::packs;
use crate::rules::level;
use crate::rules::when::Lean;
use crate::service::api::{ChartView, Command, Kept, People};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::screens::form::{levels_differ, staff_key};
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// The question where the person goes; says why where nobody is in care or one may not write.
pub(super) fn question(chart: &ChartView, cx: &Cx) -> Step {
    if let Some(why) = words::no_writing(chart, cx) {
        return Step::Warn(why);
    }
    let Some(kept) = open(chart) else {
        return Step::Warn("This person is not in care, so there is nothing to transfer.".to_owned());
    };
    let episode = &kept.value;
    let lines = vec![
        format!("{}, {}.", chart.client.value.header_name(), chart.client.value.record_no),
        "The chart, the plan and all numbers go on. Another program or level is a decision on the level of care. \
         Tasks and drafts stay with whoever holds them."
            .to_owned(),
    ];
    let form = Form::new("Transfer", fields(episode, chart, cx));
    ask(chart, "Transfer within the stay", form, read).lines(lines).open()
}

fn open(chart: &ChartView) -> Option<&Kept<Episode>> {
    let shown = chart.open_episode()?.number;
    chart.episodes.iter().find(|kept| kept.value.number == shown)
}

fn fields(episode: &Episode, chart: &ChartView, cx: &Cx) -> Vec<Field> {
    let programs = cx.signed_in.as_ref().map(|desk| Item::words(&desk.settings.programs)).unwrap_or_default();
    let people: Vec<Item> =
        cx.counselors().iter().map(|(id, name)| Item::new(staff_key(*id), name.clone(), "")).collect();
    let now = chart.level().cloned().unwrap_or_default();
    let reasons = Item::words(&packs::lists().difference_reasons);
    let agrees = vec![Item::new("", "not asked", ""), Item::new("yes", "yes", ""), Item::new("no", "no", "")];
    vec![
        Field::choice("program", "Program", programs, &episode.program).required(),
        Field::choice("counselor", "Counselor", people, &staff_key(episode.counselor)).required(),
        Field::choice("actual", "Level given", levels::items(false, "", cx), &now.actual).required(),
        Field::choice("indicated", "Level indicated", levels::items(false, "not said", cx), &now.indicated),
        Field::choice("reason", "Why they differ", reasons, &now.reason)
            .required_or("The level given is not the one indicated. Choose why.")
            .only_if(levels_differ),
        Field::text("note", "In words", "").hint("why; on a waiting list: what is done until then"),
        Field::choice("agrees", "The client agrees", agrees, ""),
        Field::date("on", "From", Some(cx.today()), Lean::Past).hint("T, T-3, 4/25/26").required(),
        Field::yes_no("sessions", "Sessions go along", false).hint("planned ones, to another counselor"),
    ]
}

fn read(form: &mut Form, chart: &ChartView, cx: &Cx) -> Result<Vec<Step>, Wrong> {
    let kept = open(chart).ok_or_else(|| Wrong::new("", "This person is not in care any more."))?;
    let counselor = cx.counselors().iter().find(|(id, _)| staff_key(*id) == form.chosen("counselor"));
    let counselor =
        counselor.map(|(id, _)| *id).ok_or_else(|| Wrong::new("counselor", "Choose the counselor."))?;
    let episode = Episode { program: form.chosen("program").to_owned(), counselor, ..kept.value.clone() };
    let level = read_level(form, &episode, chart, cx)?;
    if level.is_none() && episode == kept.value {
        return Err(Wrong::new(
            "program",
            "Nothing is other than now. Choose another program, counselor or level.",
        ));
    }
    let sessions = form.yes("sessions");
    let episode = Box::new(episode);
    Ok(asks(Command::People(People::ChangeEpisode { episode, rev: kept.rev, level, sessions })))
}

/// The decision on the level of care; `None` where program and level stay.
fn read_level(
    form: &Form,
    episode: &Episode,
    chart: &ChartView,
    cx: &Cx,
) -> Result<Option<Box<LevelDecision>>, Wrong> {
    let on =
        form.date("on", cx.today()).ok_or_else(|| Wrong::new("on", "Type the day from which it is so."))?;
    if on > cx.today() {
        return Err(Wrong::new(
            "on",
            "\"From\" is in the future. Transfer on that day, or choose an earlier one.",
        ));
    }
    let now = chart.level().cloned().unwrap_or_default();
    let mut level = LevelDecision {
        client: chart.client.value.id,
        on,
        indicated: form.chosen("indicated").to_owned(),
        withdrawal: now.withdrawal.clone(),
        actual: form.chosen("actual").to_owned(),
        reason: form.chosen("reason").to_owned(),
        note: form.typed("note"),
        agrees: match form.chosen("agrees") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        event: LevelEvent::Change,
        ..LevelDecision::default()
    };
    if !level::differs(&level) {
        level.reason.clear();
    }
    // Whoever waits for another level has something meanwhile: the words say what.
    if level.reason == level::WAITING_LIST {
        level.interim.clone_from(&level.note);
    }
    let same = open(chart).is_some_and(|kept| kept.value.program == episode.program)
        && (&level.indicated, &level.actual) == (&now.indicated, &now.actual);
    if same {
        return Ok(None);
    }
    match level::missing(&level) {
        None => Ok(Some(Box::new(level))),
        Some(why) if level.actual.is_empty() => Err(Wrong::new("actual", why)),
        Some(why) if level.reason.is_empty() => Err(Wrong::new("reason", why)),
        Some(why) => Err(Wrong::new("note", why)),
    }
}
