//! What a change of a record was, in words: each field that differs, what it held and what it holds.

use super::when;
use crate::domain::{Moment, StaffId, Value, Values};

/// A field that a change put at another value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    pub field: String,
    pub was: String,
    pub now: String,
}

/// How people and moments are called.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    pub staff: &'a dyn Fn(StaffId) -> String,
    pub moment: &'a dyn Fn(Moment) -> String,
}

/// Fields that every change sets, that say nothing to a person (who and when are told beside the change), or that are the
/// author's alone (the guess of a check-in).
const UNSAID: [&str; 13] = [
    "id",
    "client",
    "number",
    "created",
    "created_by",
    "changed",
    "changed_by",
    "by",
    "at",
    "import",
    "series",
    "guess",
    "begun",
];

/// Words for fields whose name in the source is not what people say.
const CALLED: [(&str, &str); 16] = [
    ("record_no", "record number"),
    ("preferred", "to be called"),
    ("phones", "phone"),
    ("addresses", "address"),
    ("may_leave_message", "a message may be left"),
    ("reach", "how to reach them"),
    ("private", "not to be shared"),
    ("staff", "held by"),
    ("others", "others who take part"),
    ("with", "group or contact"),
    ("left_to", "closed by"),
    ("review_days", "days between reviews"),
    ("set_at", "set"),
    ("in_error", "entered in error"),
    ("circle", "people around them"),
    ("ask", "still to be asked"),
];

/// Up to so many parts of a struct read as one phrase.
const FEW: usize = 3;

/// The fields in which two states of a record differ; `None` = it was not there.
pub fn changed(was: &Values, now: &Values, names: &Names<'_>) -> Vec<Changed> {
    let held = |values: &Values, field: &str| {
        values.iter().find(|(name, _)| *name == field).map_or(Value::Nothing, |(_, value)| value.clone())
    };
    let fields = if now.is_empty() { was } else { now };
    let said = fields.iter().map(|(name, _)| *name).filter(|name| !UNSAID.contains(name));
    said.filter_map(|name| one(name, &held(was, name), &held(now, name), names)).collect()
}

fn one(name: &str, was: &Value, now: &Value, names: &Names<'_>) -> Option<Changed> {
    if was == now {
        return None;
    }
    let (was, now) = match (was, now) {
        // Of a list only what came and what went is told.
        (Value::Many(before), Value::Many(after)) => {
            let without = |all: &[Value], other: &[Value]| {
                Value::Many(all.iter().filter(|one| !other.contains(one)).cloned().collect())
            };
            (without(before, after), without(after, before))
        }
        _ => (was.clone(), now.clone()),
    };
    let (was, now) = (words(&was, names), words(&now, names));
    let field = CALLED
        .iter()
        .find(|(field, _)| *field == name)
        .map_or_else(|| name.replace('_', " "), |(_, called)| (*called).to_owned());
    let said = |text: String| if text.is_empty() { "nothing".to_owned() } else { text };
    (was != now).then(|| Changed { field, was: said(was), now: said(now) })
}

/// A value as people read it; empty for nothing.
fn words(value: &Value, names: &Names<'_>) -> String {
    let joined = |all: &[Value], between: &str| {
        let parts: Vec<String> =
            all.iter().map(|one| words(one, names)).filter(|one| !one.is_empty()).collect();
        parts.join(between)
    };
    match value {
        Value::Nothing | Value::Id => String::new(),
        Value::Yes(yes) => (if *yes { "yes" } else { "no" }).to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.trim().to_owned(),
        Value::Date(date) => when::with_year(*date),
        Value::Time(time) => time.to_string(),
        Value::Moment(at) => (names.moment)(*at),
        Value::Staff(id) if *id == StaffId::default() => String::new(),
        Value::Staff(id) => (names.staff)(*id),
        Value::Word(word) => spoken(word),
        Value::With(word, inner) => {
            let inner = words(inner, names);
            format!("{} {inner}", spoken(word)).trim_end().to_owned()
        }
        Value::Many(all) => joined(all, "; "),
        // What has few parts reads as one phrase; more of them are set apart.
        Value::Parts(all) => {
            let parts: Vec<String> = all.iter().map(|one| part(one, names)).collect();
            let mut parts: Vec<String> = parts.into_iter().filter(|one| !one.is_empty()).collect();
            parts.dedup();
            parts.join(if all.len() > FEW { ", " } else { " " })
        }
    }
}

/// A part of a struct inside a record: its name is not known, so what is *no* says nothing.
fn part(value: &Value, names: &Names<'_>) -> String {
    match value {
        Value::Yes(false) => String::new(),
        Value::Many(all) => all.iter().map(|one| words(one, names)).collect::<Vec<_>>().join(", "),
        other => words(other, names),
    }
}

/// `InHand` as people say it: `in hand`.
fn spoken(word: &str) -> String {
    let mut said = String::new();
    for letter in word.chars() {
        if letter.is_uppercase() && !said.is_empty() {
            said.push(' ');
        }
        said.extend(letter.to_lowercase());
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Date;

    fn told(was: &Values, now: &Values) -> Vec<(String, String, String)> {
        let names = Names { staff: &|_| "Rosa".to_owned(), moment: &|_| "then".to_owned() };
        changed(was, now, &names).into_iter().map(|one| (one.field, one.was, one.now)).collect()
    }

    #[test]
    fn a_change_says_what_was_and_what_is() {
        let text = |text: &str| Value::Text(text.to_owned());
        let phones = |all: &[&str]| {
            Value::Many(all.iter().map(|one| Value::Parts(vec![text(one), text("mobile")])).collect())
        };
        let was = vec![
            ("preferred", text("Jo")),
            ("phones", phones(&["555-0142", "555-0100"])),
            ("state", Value::Word("InHand")),
            ("changed", Value::Moment(Moment(1))),
            ("guess", Value::Number(2)),
            ("birth", Value::With("On", Box::new(Value::Date(Date::from_ymd(1990, 12, 14).unwrap())))),
        ];
        let now = vec![
            ("preferred", text("")),
            ("phones", phones(&["555-0142", "555-0199"])),
            ("state", Value::Word("Resolved")),
            ("changed", Value::Moment(Moment(2))),
            ("guess", Value::Number(5)),
            ("birth", Value::With("On", Box::new(Value::Date(Date::from_ymd(1990, 12, 15).unwrap())))),
        ];
        let line = |field: &str, was: &str, now: &str| (field.to_owned(), was.to_owned(), now.to_owned());
        let expected = [
            line("to be called", "Jo", "nothing"),
            line("phone", "555-0100 mobile", "555-0199 mobile"),
            line("state", "in hand", "resolved"),
            line("birth", "on 14 Dec 1990", "on 15 Dec 1990"),
        ];
        assert_eq!(told(&was, &now), expected);
        assert_eq!(told(&was, &was), []);
    }

    #[test]
    fn a_record_that_was_not_there_held_nothing() {
        let now = vec![("wording", Value::Text("sleep".to_owned()))];
        assert_eq!(
            told(&Vec::new(), &now),
            [("wording".to_owned(), "nothing".to_owned(), "sleep".to_owned())]
        );
    }
}
