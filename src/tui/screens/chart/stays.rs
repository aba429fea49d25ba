//! Stays that have ended: how each is called, and the summary that ended it.

use super::asking::{ask, asks};
use super::paper;
use crate::domain::{AfterContact, ContactOutcome, Date, Episode, LeaveKind};
use crate::rules::when;
use crate::rules::when::Lean;
use crate::service::api::{BackgroundAsk, ChartView, DocAsk};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::screens::chart::plan::signing::keyed;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

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

/// The contacts that are due after the newest stay, each with the days after which it is and its day.
pub(super) fn due(chart: &ChartView, cx: &Cx) -> Vec<(u16, Date)> {
    let rules = cx.caseload().map(|caseload| caseload.due());
    let open = rules.map(|rules| rules.contacts(&chart.person.summary)).unwrap_or_default();
    open.into_iter().map(|(days, reckoned)| (days, reckoned.on)).collect()
}

/// What can be opened of a stay that has ended: the contact that is due, else the summary. `None` while a stay is open.
pub(super) fn open(chart: &ChartView, cx: &Cx) -> Option<Vec<Step>> {
    chart.last_stay().filter(|_| chart.may_read && chart.open_episode().is_none())?;
    match due(chart, cx).first().filter(|(_, on)| chart.may_write && *on <= cx.today()) {
        Some((days, _)) => Some(contact(*days, chart, cx)),
        None => Some(read(chart, cx)),
    }
}

/// The page of the newest summary, while no stay is open: for the client, or all of it.
pub(super) fn page(chart: &ChartView, cx: &Cx) -> Option<Step> {
    let left = chart.last_stay().filter(|_| chart.open_episode().is_none())?;
    Some(paper::of_document(chart.discharge_of(left.number)?.doc, chart, cx))
}

/// Asks what came of a contact so many days after the discharge.
pub(super) fn contact(days: u16, chart: &ChartView, cx: &Cx) -> Vec<Step> {
    let Some(left) = chart.last_stay().filter(|_| chart.open_episode().is_none()) else {
        return vec![Step::Say("This person is in care again, so no such contact is due.".to_owned())];
    };
    let (episode, name) = (left.number, chart.client.value.header_name());
    let fields = vec![
        Field::keyed("outcome", "What came of it", keyed(ContactOutcome::ALL.map(ContactOutcome::word)), "")
            .required(),
        Field::date("on", "Day", Some(cx.today()), Lean::Past).hint("T, T-3, 4/12/26").required(),
        Field::text("words", "In words", "").hint("what they need, what is done"),
    ];
    let title = format!("{name}, {days} days after the discharge");
    let question = ask(chart, title, Form::new("Save", fields).to_missing(), move |form, chart, cx| {
        let chosen = form.chosen("outcome").parse::<usize>().unwrap_or_default();
        let Some(outcome) = chosen.checked_sub(1).and_then(|at| ContactOutcome::ALL.get(at)).copied() else {
            return Err(Wrong::new("outcome", "Choose what came of it, 1 to 4."));
        };
        let Some(on) = form.date("on", cx.today()) else {
            return Err(Wrong::new("on", "This is not a date. Type it like T, T-3 or 2026-04-12."));
        };
        let words = form.typed("words").trim().to_owned();
        if outcome == ContactOutcome::NeedsHelp && words.is_empty() {
            return Err(Wrong::new("words", "Write what they need, and what is done about it."));
        }
        let client = chart.client.value.id;
        let contact = AfterContact { client, episode, days, on, outcome, words, ..AfterContact::default() };
        Ok(asks(BackgroundAsk::Contact { contact: Box::new(contact) }))
    });
    vec![question.open()]
}

/// `7 days after: not reached, 6 Dec, Rosa Imani LADC. The neighbour said ...`: what came of the contacts after a stay.
pub(super) fn contacts(episode: &Episode, chart: &ChartView, cx: &Cx) -> Vec<String> {
    let mine = chart.contacts.iter().map(|kept| &kept.value).filter(|one| one.episode == episode.number);
    let words = |one: &AfterContact| {
        let day = when::short(one.on, cx.today());
        let said = if one.words.is_empty() { String::new() } else { format!(": {}", one.words) };
        format!("{} days after: {}, {day}, {}{said}", one.days, one.outcome.word(), one.by_name)
    };
    mine.map(words).collect()
}
