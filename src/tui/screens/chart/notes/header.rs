//! What is asked about a note besides its text: service, format.
//!
//! Owns the questions and the checks of what comes back. It must not write: answers become changes of the open draft.

use super::Notes;
use crate::domain::{ClockTime, Modality, Mode, Participant, Service};
use crate::packs;
use crate::rules::header::{LONGEST_MINUTES, span};
use crate::rules::when::Lean;
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::to_room;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// Items of a list, and what stands there now if the list does not have it.
fn items(list: &[String], now: &str) -> Vec<Item> {
    let mut items: Vec<Item> = list.iter().map(|word| Item::new(word.clone(), word.clone(), "")).collect();
    if !now.is_empty() && !items.iter().any(|item| item.key == now) {
        items.push(Item::new(now, now, ""));
    }
    items
}

/// Items of words the program has.
pub(super) fn words_of<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<Item> {
    let mut items = vec![Item::new("", "not said", "")];
    items.extend(all.iter().map(|one| Item::new(word(*one), word(*one), "")));
    items
}

/// The one of all whose word was chosen.
pub(super) fn chosen<T: Copy>(all: &[T], word: fn(T) -> &'static str, key: &str) -> Option<T> {
    all.iter().copied().find(|one| word(*one) == key)
}

/// The prompt for the service a note speaks of.
pub(super) fn ask_service(service: &Service, held: bool) -> Step {
    let number = |value: u16| if value == 0 { String::new() } else { value.to_string() };
    // Without a break the end follows from start and minutes, whichever of them is changed.
    let end = if service.pause == 0 { String::new() } else { service.end().0.to_string() };
    let modality = service.modality.map_or("", Modality::word);
    let mode = service.mode.map_or("", Mode::word);
    // What is corrected daily stands first; the submit key takes the form over from everywhere.
    let fields = vec![
        Field::date("date", "Date of service", Some(service.date), Lean::Past)
            .hint("T, T-1, mon, 4/12")
            .required(),
        Field::time("start", "Began at", &service.start.to_string()).hint("14:05").required(),
        Field::offered("minutes", "Minutes", &service.minutes.to_string()).hint("of service, without breaks"),
        Field::time("end", "Ended at", &end).hint("empty: as the minutes say"),
        Field::choice("kind", "Type", items(&packs::lists().service_kinds, &service.kind), &service.kind),
        Field::choice("modality", "With whom", words_of(Modality::ALL, Modality::word), modality),
        Field::choice("mode", "How", words_of(Mode::ALL, Mode::word), mode),
        Field::text("location", "Where", &service.location).hint("office, home, school"),
        Field::text("with", "Also took part", &participants_typed(&service.participants))
            .hint("mother: Ana; interpreter: Li"),
        Field::offered("documentation", "Writing, minutes", &number(service.documentation)),
        Field::offered("travel", "Travel, minutes", &number(service.travel)),
    ];
    let old = service.clone();
    Question::form("The service this note is about", Form::new("Take over", fields), move |form, cx| {
        let service = read_service(form, &old, held, cx)?;
        Ok(to_room(|notes: &mut Notes, _, cx| notes.take_service(service, cx)))
    })
    .open()
}

/// `mother: Ana; interpreter: Li`.
fn participants_typed(all: &[Participant]) -> String {
    let one = |one: &Participant| {
        if one.name.is_empty() { one.role.clone() } else { format!("{}: {}", one.role, one.name) }
    };
    all.iter().map(one).collect::<Vec<String>>().join("; ")
}

fn participants(typed: &str) -> Vec<Participant> {
    let one = |part: &str| {
        let (role, name) = part.split_once(':').unwrap_or((part, ""));
        Participant { role: role.trim().to_owned(), name: name.trim().to_owned() }
    };
    typed.split(';').map(one).filter(|one| !one.role.is_empty() || !one.name.is_empty()).collect()
}

/// What was filled in, checked; an error says what to type instead and names the field. `held`: a session took place.
fn read_service(form: &Form, old: &Service, held: bool, cx: &Cx) -> Result<Service, Wrong> {
    let today = cx.today();
    let date = form.date("date", today).ok_or_else(|| {
        Wrong::new("date", "\"Date\" is not a date. Type it like 2026-04-25, 4/25/26 or T-1.")
    })?;
    let start = time(form, "start")?
        .ok_or_else(|| Wrong::new("start", "\"Began at\" is not a time. Type it like 14:05."))?;
    let (minutes, pause) = length(form, old, start, held)?;
    if (date, start) > (today, cx.now.local.time) {
        let field = if date > today { "date" } else { "start" };
        let why = "The service is in the future. Change its day or when it began.";
        return Err(Wrong::new(field, why));
    }
    Ok(Service {
        date,
        start,
        minutes,
        pause,
        kind: form.chosen("kind").to_owned(),
        modality: chosen(Modality::ALL, Modality::word, form.chosen("modality")),
        mode: chosen(Mode::ALL, Mode::word, form.chosen("mode")),
        location: form.typed("location"),
        participants: participants(&form.typed("with")),
        documentation: number(form, "documentation")?.unwrap_or(0),
        travel: number(form, "travel")?.unwrap_or(0),
    })
}

/// A time of day; `None` for an empty field.
fn time(form: &Form, id: &'static str) -> Result<Option<ClockTime>, Wrong> {
    let typed = form.typed(id);
    if typed.is_empty() {
        return Ok(None);
    }
    let read = ClockTime::parse(&typed);
    read.map(Some).ok_or_else(|| {
        Wrong::new(id, format!("\"{typed}\" is not a time of day. Type it like 14:05 or 2:05 pm."))
    })
}

/// Minutes; `None` for an empty field.
fn number(form: &Form, id: &'static str) -> Result<Option<u16>, Wrong> {
    let typed = form.typed(id);
    if typed.is_empty() {
        return Ok(None);
    }
    let read = typed.parse().ok().filter(|minutes| *minutes <= LONGEST_MINUTES);
    read.map(Some).ok_or_else(|| {
        Wrong::new(id, format!("\"Minutes\" takes a whole number up to {LONGEST_MINUTES}, such as 50."))
    })
}

/// Minutes of service and of breaks. Of end and minutes the one that was typed anew counts; both, if both were.
fn length(form: &Form, old: &Service, start: ClockTime, held: bool) -> Result<(u16, u16), Wrong> {
    let (end, minutes) = (time(form, "end")?, number(form, "minutes")?);
    let end = end.filter(|end| old.pause == 0 || *end != old.end().0);
    let typed = minutes.filter(|minutes| *minutes != old.minutes);
    let whole = end
        .map(|end| {
            let why = format!("The end, {end}, is not after the start, {start}. Change one of them.");
            span(start, end).ok_or_else(|| Wrong::new("end", why))
        })
        .transpose()?;
    let (minutes, pause) = match (whole, typed) {
        (Some(whole), None) => (whole, 0),
        (Some(whole), Some(minutes)) if minutes > whole => {
            let why = format!(
                "From start to end there are {whole} minutes, so {minutes} do not fit. \
             Change one of the three."
            );
            return Err(Wrong::new("minutes", why));
        }
        (Some(whole), Some(minutes)) => (minutes, whole - minutes),
        (None, Some(minutes)) => (minutes, 0),
        (None, None) => (minutes.unwrap_or(old.minutes), old.pause),
    };
    if minutes == 0 && held {
        return Err(Wrong::new(
            "minutes",
            format!("\"Minutes\" is empty. Type 1 to {LONGEST_MINUTES}, such as 50."),
        ));
    }
    Ok((minutes, pause))
}

/// The picker of formats.
pub(super) fn format_picker(now: &str, cx: &Cx) -> Step {
    let formats = cx.signed_in.as_ref().map(|session| session.formats.clone()).unwrap_or_default();
    let items = formats
        .iter()
        .map(|format| {
            let sections: Vec<&str> = format.sections.iter().map(|section| section.title.as_str()).collect();
            let sections = sections.join(", ");
            let about = if format.about.is_empty() { sections.clone() } else { format.about.clone() };
            Item::new(format.key.clone(), format.name.clone(), about).preview(&sections)
        })
        .collect();
    Question::pick("Format of the note", items, |key, _| {
        let key = key.to_owned();
        to_room(move |notes: &mut Notes, chart, cx| notes.take_format(&key, chart, cx))
    })
    .at(now)
    .open()
}
