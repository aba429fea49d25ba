//! The people around the client: who is on the list, and the questions that add, change or answer.

use super::asking::{ask, asks};
use crate::domain::{CirclePerson, CircleRole, Client};
use crate::rules::circle;
use crate::rules::phone;
use crate::service::api::{ChartView, Command, People};
use crate::tui::facts::Cx;
use crate::tui::overlay::Question;
use crate::tui::screen::Step;
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

const NEW: &str = "new";

/// The fields of the roles, in the order of [`CircleRole::ALL`].
const ROLES: [(&str, &str); 8] = [
    ("guardian", "Guardian"),
    ("emergency", "Emergency contact"),
    ("told", "May be told"),
    ("caregiver", "Caregiver"),
    ("partner", "Partner"),
    ("support", "Support"),
    ("unsafe", "Unsafe"),
    ("private", "Phone not shared"),
];

/// What the overview says of the people around a client: of those marked unsafe, or of the others. Each with its label.
pub(super) fn told(client: &Client, are_unsafe: bool) -> Vec<(&'static str, String)> {
    let all = client.circle.iter().filter(|one| one.is(CircleRole::Unsafe) == are_unsafe);
    let words = |one: &CirclePerson| {
        let parts = [one.words(), phone::shown(&one.phone), one.about.trim().to_owned()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
    };
    let label = if are_unsafe { "UNSAFE" } else { "Around them" };
    all.map(|one| (label, words(one))).collect()
}

/// Asks whom it is about: somebody on the list, or somebody new.
pub(super) fn question(chart: &ChartView) -> Step {
    let circle = &chart.client.value.circle;
    if circle.is_empty() {
        return person(None, chart);
    }
    let mut items: Vec<Item> =
        circle.iter().enumerate().map(|(at, one)| Item::new(at.to_string(), one.words(), "")).collect();
    items.push(Item::new(NEW, "somebody else", "adds a person"));
    let client = chart.client.value.id;
    Question::pick("People around the client", items, move |key, cx| {
        let Some(chart) = cx.chart(client) else { return Vec::new() };
        let at: Option<usize> = key.parse().ok();
        match at.and_then(|at| chart.client.value.circle.get(at)) {
            Some(one) if one.is(CircleRole::Unsafe) => vec![of_unsafe(at, one, chart)],
            _ => vec![person(at, chart)],
        }
    })
    .open()
}

/// Somebody unsafe is changed, or a stop is answered.
fn of_unsafe(at: Option<usize>, one: &CirclePerson, chart: &ChartView) -> Step {
    let client = chart.client.value.id;
    let items = vec![
        Item::new("change", "change", "what is written about this person"),
        Item::new("answer", "answer a stop", "why this person takes part, today only"),
    ];
    let name = one.name.clone();
    Question::pick(one.words(), items, move |key, cx| {
        let Some(chart) = cx.chart(client) else { return Vec::new() };
        if key == "answer" { vec![answer(name.clone(), chart)] } else { vec![person(at, chart)] }
    })
    .open()
}

/// The question why somebody unsafe takes part today.
fn answer(name: String, chart: &ChartView) -> Step {
    let rev = chart.client.rev;
    let lines = vec![
        format!(
            "{name} is marked unsafe. A session or a task that names {name} stops until it is said why it is right."
        ),
        "The reason holds until midnight and is kept with this client only.".to_owned(),
    ];
    let form = Form::new("Keep the reason", vec![Field::text("reason", "Why", "").required()]);
    ask(chart, "Answer a stop", form, move |form, chart, _| {
        let (client, name, reason) = (chart.client.value.id, name.clone(), form.typed("reason"));
        Ok(asks(Command::People(People::AnswerUnsafe { client, rev, name, reason })))
    })
    .lines(lines)
    .open()
}

/// The form of a person around the client.
fn person(at: Option<usize>, chart: &ChartView) -> Step {
    let rev = chart.client.rev;
    let known = at.and_then(|at| chart.client.value.circle.get(at)).cloned().unwrap_or_default();
    let mut fields = vec![
        Field::text("name", "Name", &known.name).required(),
        Field::text("relation", "Who they are", &known.relation).hint("mother, partner, landlord"),
        Field::text("phone", "Phone", &known.phone),
    ];
    let roles = ROLES.iter().zip(CircleRole::ALL);
    fields.extend(roles.map(|((id, label), role)| Field::yes_no(id, label, known.is(role))));
    fields.push(Field::text("about", "To be known", &known.about).hint("no-contact order of 3 May"));
    if at.is_some() {
        fields.push(Field::yes_no("gone", "Take off the list", false).hint("the history keeps it"));
    }
    let title = if at.is_some() { "Change somebody around the client" } else { "Somebody around the client" };
    ask(chart, title, Form::new("Save", fields), move |form, chart, cx| read(form, (at, rev), chart, cx))
        .open()
}

fn read(
    form: &mut Form,
    (at, rev): (Option<usize>, u32),
    chart: &ChartView,
    _cx: &Cx,
) -> Result<Vec<Step>, Wrong> {
    let Client { id, circle, .. } = &chart.client.value;
    let mut people = circle.clone();
    let roles = ROLES.iter().zip(CircleRole::ALL).filter(|((id, _), _)| form.yes(id));
    let one = CirclePerson {
        roles: roles.map(|(_, role)| role).collect(),
        name: form.typed("name"),
        relation: form.typed("relation"),
        phone: form.typed("phone"),
        about: form.typed("about"),
        answers: Vec::new(),
    };
    match at.filter(|at| *at < people.len()) {
        Some(at) if form.yes("gone") => drop(people.remove(at)),
        Some(at) => people[at] = one,
        None => people.push(one),
    }
    if let Some(why) = circle::missing(&people) {
        let field = if form.typed("name").is_empty() { "name" } else { "about" };
        return Err(Wrong::new(field, why));
    }
    Ok(asks(Command::People(People::Circle { client: *id, rev, people })))
}
