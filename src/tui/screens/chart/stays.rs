//! Stays that have ended: how each is called, and the summary that ended it.

use super::asking::{ask, asks};
use super::paper;
use crate::domain::{AfterContact, ClientId, ContactOutcome, Date, Episode, LeaveKind, Number};
use crate::rules::when;
use crate::rules::when::Lean;
use crate::service::api::{BackgroundAsk, ChartView, Command, DocAsk, People};
use crate::tui::action::{Action, Scope};
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

/// What the overview says of the stays that have ended, newest first: how, what came of the contacts afterwards, which are still due,
/// and the keys. Each line with its label.
pub(super) fn told(chart: &ChartView, cx: &Cx) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    if !chart.may_read {
        return out;
    }
    for episode in chart.episodes.iter().map(|kept| &kept.value).filter(|one| one.discharged.is_some()) {
        out.push(("Earlier stay", words(episode, chart, cx)));
        out.extend(contacts(episode, chart, cx).into_iter().map(|contact| ("Contact", contact)));
    }
    for (days, on) in due(chart, cx) {
        let (day, key) = (when::short(on, cx.today()), cx.key(Action::Open, Scope::Overview));
        let opens = if on <= cx.today() { "" } else { " from then on" };
        out.push((
            "Contact",
            format!("{days} days after: due {day}. {key} writes down what came of it{opens}."),
        ));
    }
    if chart.discharges.iter().any(|one| one.stands) {
        let key = |action| cx.key(action, Scope::Overview);
        let prints = page(chart, cx).map_or_else(String::new, |_| {
            format!(" {} makes a page of it for the client.", key(Action::MakePage))
        });
        out.push(("", format!("{} reads the discharge summary.{prints}", key(Action::ReadDischarge))));
    }
    out
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

/// Goes on in another open stay: where there are two, in the other one; else one is chosen.
pub(super) fn work_in(chart: &ChartView, cx: &Cx) -> Vec<Step> {
    let others: Vec<&Episode> = chart.also_open().collect();
    match others.as_slice() {
        [] => vec![Step::Say("This person has no other open stay.".to_owned())],
        [other] => go_on(chart.client.value.id, other.number),
        _ => choose(chart, cx),
    }
}

fn go_on(client: ClientId, episode: Number) -> Vec<Step> {
    asks(Command::People(People::WorkIn { client, episode }))
}

/// Which stay is shown: another one that is open, or one that has ended, to read its summary. Only the second is asked where no other
/// one is open.
pub(super) fn choose(chart: &ChartView, cx: &Cx) -> Vec<Step> {
    let client = chart.client.value.id;
    let since = |one: &Episode| format!("{}, since {}", one.program, when::short(one.admitted, cx.today()));
    let other = |one: &Episode| Item::new(one.number.to_string(), "the other open stay", since(one));
    let mut items: Vec<Item> = chart.also_open().map(other).collect();
    if items.is_empty() {
        return read(chart, cx);
    }
    if chart.discharges.iter().any(|one| one.stands) {
        items.push(Item::new("read", "a discharge summary", "to read"));
    }
    let question = Question::pick("What to show", items, move |key, cx| match key.parse() {
        Ok(episode) => go_on(client, episode),
        Err(_) => cx.chart(client).map(|chart| read(chart, cx)).unwrap_or_default(),
    });
    vec![question.open()]
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
        Field::date("on", "Day", Some(cx.today()), Lean::Past).hint("T, T-3, 4/25/26").required(),
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
