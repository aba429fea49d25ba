//! The prompts of a session and a task, the same wherever they are opened, and how they read.

use super::{hours, who};
use crate::domain::{
    Birth, ClientId, ClockTime, Date, Modality, Mode, NextSession, Service, Session, StaffId, Summary, Task,
};
use crate::packs;
use crate::rules::when::Lean;
use crate::service::api::{DaysAsk, Kept};
use crate::tui::facts::{Cx, birth_typed};
use crate::tui::overlay::{Item, Question, Read};
use crate::tui::screen::Step;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};
use std::fmt::Write;

/// An id as the key of a choice.
pub(super) fn key(id: [u8; 16]) -> String {
    id.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Everyone who works here, as a choice: those who work with the client first.
pub(super) fn staff_items(client: Option<ClientId>, cx: &Cx) -> Vec<Item> {
    who::items(cx.colleagues(), client, cx)
}

/// Everyone who can hold a session: the counselors, the client's own first.
pub(super) fn counselor_items(client: Option<ClientId>, cx: &Cx) -> Vec<Item> {
    who::items(cx.counselors(), client, cx)
}

/// The person a choice of [`staff_items`] stands for.
pub fn staff_of(chosen: &str, cx: &Cx) -> Option<StaffId> {
    let colleagues = cx.colleagues();
    colleagues.iter().map(|(id, _)| *id).find(|id| key(id.0) == chosen)
}

fn person_item(summary: &Summary, cx: &Cx) -> Item {
    let born = match summary.birth {
        Birth::Unknown => String::new(),
        birth => format!(", {}", birth_typed(birth)),
    };
    Item::person(key(summary.client.0), &summary.name, format!("{}{born}", summary.record_no), cx)
}

pub(super) fn people_items(cx: &Cx, nobody: bool) -> Vec<Item> {
    let people = cx.people().iter().map(|person| person_item(&person.summary, cx));
    let none = nobody.then(|| Item::new("-", "about nobody in particular", ""));
    none.into_iter().chain(people).collect()
}

pub(super) fn person_of(chosen: &str, cx: &Cx) -> Option<ClientId> {
    cx.people().iter().map(|person| person.summary.client).find(|id| key(id.0) == chosen)
}

fn same(words: &[String]) -> Vec<Item> {
    words.iter().map(|word| Item::new(word.clone(), word.clone(), "")).collect()
}

fn client_key(client: Option<ClientId>) -> String {
    client.map_or_else(|| "-".to_owned(), |client| key(client.0))
}

/// A client who is not on the list of people still has a choice of their own.
pub(super) fn with_client(mut items: Vec<Item>, client: Option<ClientId>, cx: &Cx) -> Vec<Item> {
    if let Some(client) = client
        && !items.iter().any(|item| item.key == key(client.0))
    {
        items.push(match cx.summary(client) {
            Some(summary) => person_item(summary, cx),
            None => Item::new(key(client.0), "the person who was highlighted", ""),
        });
    }
    items
}

/// The prompt of a task: a new one about whoever is open or highlighted, or one that stands.
pub fn task(kept: Kept<Task>, cx: &Cx) -> Step {
    ask_task(kept, cx).open()
}

/// The prompt of a task that is to be somebody else's.
pub fn hand_on(kept: Kept<Task>, cx: &Cx) -> Step {
    ask_task(kept, cx).at("to").open()
}

fn ask_task(kept: Kept<Task>, cx: &Cx) -> Question {
    let task = &kept.value;
    let new = kept.rev == 0;
    let mut fields = vec![
        Field::text("text", "What", &task.text).required_or("\"What\" is empty. Write what is to be done."),
        Field::date("due", "By", Some(task.due), Lean::Future).hint("T, T+3, mon, 4/25/26").required(),
        Field::choice("to", "Who", staff_items(task.client, cx), &key(task.to.0)).required(),
        Field::choice(
            "client",
            "About",
            with_client(people_items(cx, true), task.client, cx),
            &client_key(task.client),
        ),
    ];
    if !new {
        fields.push(Field::yes_no("done", "Done", false));
    }
    let form = Form::new(if new { "Keep it" } else { "Save" }, fields);
    Question::form(if new { "New task" } else { "Task" }, form, move |form, cx| read_task(form, &kept, cx))
}

/// A task that is to be written down, for today and oneself.
pub fn new_task(client: Option<ClientId>, cx: &Cx) -> Kept<Task> {
    let task = Task { due: cx.today(), to: cx.me().unwrap_or_default(), client, ..Task::default() };
    Kept { rev: 0, value: task }
}

fn asks(ask: DaysAsk) -> Vec<Step> {
    vec![Step::Ask(ask.into())]
}

/// Reads a filled task.
fn read_task(form: &Form, kept: &Kept<Task>, cx: &Cx) -> Read {
    if kept.rev > 0 && form.yes("done") {
        return Ok(asks(DaysAsk::Finish { id: kept.value.id, rev: kept.rev }));
    }
    let due = form
        .date("due", cx.today())
        .ok_or_else(|| Wrong::new("due", "\"By\" is not a date. Type it like T+7, mon or 2026-04-12."))?;
    let to = staff_of(form.chosen("to"), cx).ok_or_else(|| Wrong::new("to", "Choose who does the task."))?;
    let chosen = form.chosen("client");
    let client =
        if chosen == client_key(kept.value.client) { kept.value.client } else { person_of(chosen, cx) };
    let task = Task { text: form.typed("text"), due, to, client, ..kept.value.clone() };
    Ok(asks(DaysAsk::Keep { task: Box::new(task), rev: kept.rev }))
}

/// The prompt of a session: a new one, or one to move or change.
pub fn session(kept: Kept<Session>, cx: &Cx) -> Step {
    let known = kept.value.client != ClientId::default();
    ask_session(kept, cx).at(if known { "date" } else { "client" }).open()
}

/// The prompt of a new session with somebody who is only likely meant.
pub fn offered(kept: Kept<Session>, cx: &Cx) -> Step {
    ask_session(kept, cx).at("client").open()
}

fn ask_session(kept: Kept<Session>, cx: &Cx) -> Question {
    let session = &kept.value;
    let new = kept.rev == 0;
    let mut fields = Vec::new();
    if new {
        let items = with_client(
            people_items(cx, false),
            Some(session.client).filter(|id| *id != ClientId::default()),
            cx,
        );
        let chosen =
            if session.client == ClientId::default() { String::new() } else { key(session.client.0) };
        fields.push(Field::choice("client", "Person", items, &chosen).required());
    }
    let start = if session.start == ClockTime(0) { String::new() } else { session.start.to_string() };
    fields.push(
        Field::date("date", "On", Some(session.date), Lean::Future).hint("T, T+7, tue, 4/25/26").required(),
    );
    fields.push(Field::time("start", "At", &start).hint("14:00, 930").required());
    fields.push(Field::offered("minutes", "Minutes", &session.minutes.to_string()).required());
    if new {
        fields.push(Field::offered("weeks", "Weekly, times", "1").hint("1 = once; same hour").required());
    } else if session.series > 0 {
        fields.push(Field::yes_no("following", "The later ones too", false));
    }
    let (items, with) = if new {
        (hours::items(session.client, cx), hours::usual(Some(session.client), cx))
    } else {
        (counselor_items(Some(session.client), cx), key(session.staff.0))
    };
    fields.push(Field::choice("staff", "With", items, &with).required());
    fields.push(Field::choice("kind", "Type", same(&packs::lists().service_kinds), &session.kind));
    let modality = session.modality.map_or("", Modality::word);
    let modalities = Modality::ALL.iter().map(|one| Item::new(one.word(), one.word(), "")).collect();
    fields.push(Field::choice("modality", "Whom", modalities, modality));
    let mode = session.mode.map_or("", Mode::word);
    let modes = Mode::ALL.iter().map(|one| Item::new(one.word(), one.word(), "")).collect();
    fields.push(Field::choice("mode", "How", modes, mode));
    fields.push(Field::text("place", "Where", &session.place));
    fields.push(
        Field::text("other", "Group or contact", &session.with).hint("a group's name; collateral: whom"),
    );
    let form = Form::new(if new { "Plan it" } else { "Save" }, fields);
    let title = match cx.person(session.client) {
        _ if new => "Plan a session".to_owned(),
        Some(person) => format!("Move or change: {}, {}", cx.listed(&person.summary.name), session.start),
        None => "Move or change the session".to_owned(),
    };
    let question =
        Question::form(title, form, move |form, cx| read_session(form, &kept, cx)).below(hours::words);
    if new { question.shaped(hours::follow(with), cx) } else { question }
}

/// A session that is to be planned.
pub fn new_session(client: Option<ClientId>, date: Date, cx: &Cx) -> Kept<Session> {
    let session = Session {
        client: client.unwrap_or_default(),
        date: date.max(cx.today()),
        minutes: 50,
        modality: Some(Modality::Individual),
        mode: Some(Mode::Person),
        kind: packs::lists().service_kinds.first().cloned().unwrap_or_default(),
        staff: cx.me().unwrap_or_default(),
        ..Session::default()
    };
    Kept { rev: 0, value: session }
}

/// The session after a note's: on the day the note says they meet again, else on the same weekday, at the same hour, of the
/// same type.
pub fn next_session(client: ClientId, service: &Service, next: &NextSession, cx: &Cx) -> Kept<Session> {
    let weeks = (cx.today().days_since(service.date).max(0) / 7 + 1) * 7;
    let same_weekday = service.date.plus_days(weeks);
    let kept = new_session(Some(client), next.date.unwrap_or(same_weekday), cx);
    let session = Session {
        start: next.time.unwrap_or(service.start),
        minutes: service.span(),
        kind: service.kind.clone(),
        modality: service.modality,
        mode: service.mode,
        place: service.location.clone(),
        ..kept.value
    };
    Kept { rev: 0, value: session }
}

/// Reads a filled session.
fn read_session(form: &Form, kept: &Kept<Session>, cx: &Cx) -> Read {
    let new = kept.rev == 0;
    let client = if new {
        let chosen = form.chosen("client");
        let own = Some(kept.value.client).filter(|client| chosen == key(client.0));
        own.or_else(|| person_of(chosen, cx))
            .ok_or_else(|| Wrong::new("client", "Choose who the session is with."))?
    } else {
        kept.value.client
    };
    let date = form
        .date("date", cx.today())
        .ok_or_else(|| Wrong::new("date", "\"On\" is not a date. Type it like T, mon or 2026-04-12."))?;
    let start = ClockTime::parse(&form.typed("start")).ok_or_else(|| {
        Wrong::new("start", "\"At\" is not a time of day. Type it like 14:00, 930 or 2:30 pm.")
    })?;
    let minutes = form
        .typed("minutes")
        .parse()
        .map_err(|_| Wrong::new("minutes", "\"Minutes\" takes a number, such as 50."))?;
    let staff = match form.chosen("staff") {
        // Nobody in particular: the service puts the client's counselor there.
        hours::THEIR_OWN => StaffId::default(),
        chosen => staff_of(chosen, cx).ok_or_else(|| Wrong::new("staff", "Choose who holds the session."))?,
    };
    let session = Session {
        client,
        date,
        start,
        minutes,
        staff,
        kind: form.chosen("kind").to_owned(),
        modality: Modality::ALL.iter().copied().find(|one| one.word() == form.chosen("modality")),
        mode: Mode::ALL.iter().copied().find(|one| one.word() == form.chosen("mode")),
        place: form.typed("place"),
        with: form.typed("other"),
        ..kept.value.clone()
    };
    let session = Box::new(session);
    let even_so = form.is_meant();
    if !new {
        return Ok(asks(DaysAsk::Change {
            session,
            rev: kept.rev,
            following: form.yes("following"),
            even_so,
        }));
    }
    let weeks = form
        .typed("weeks")
        .parse()
        .map_err(|_| Wrong::new("weeks", "\"Weekly, times\" takes a number. 1 plans one session."))?;
    Ok(asks(DaysAsk::Plan { session, weeks, even_so }))
}
