//! What every note must hold: the format it begins in, when it is late, which header keys are required.

use crate::domain::{HeaderKey, NoteRules};
use crate::service::api::{Command, WritingAsk};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question, Read};
use crate::tui::screen::Step;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// Ids of the fields of the header keys, in the order of [`HeaderKey::ALL`].
const KEYS: [&str; 7] = [
    "require-risk",
    "require-use",
    "require-wants",
    "require-next",
    "require-view",
    "require-reviewed",
    "require-stage",
];

pub(super) fn prompt(cx: &Cx) -> Step {
    let Some(session) = &cx.signed_in else { return Step::Warn("Nobody is signed in.".to_owned()) };
    let settings = &session.settings;
    let formats =
        session.formats.iter().map(|one| Item::new(one.key.clone(), one.name.clone(), "")).collect();
    let mut fields = vec![
        Field::choice("format", "A new note is in", formats, &settings.note_format),
        Field::offered("late", "Late after, hours", &settings.late_after_hours.to_string()).required(),
    ];
    fields.extend(HeaderKey::ALL.iter().zip(KEYS).map(|(key, id)| {
        let label = format!("Require {}", key.word());
        Field::yes_no(id, &label, settings.notes.required.contains(key))
    }));
    Question::form("What every note must contain", Form::new("Decide", fields), |form, _| read(form))
        .lines(vec!["A key is required where the note's format asks it.".to_owned()])
        .open()
}

/// What was filled in, as a command.
fn read(form: &Form) -> Read {
    let late_after_hours = form
        .typed("late")
        .parse::<u16>()
        .map_err(|_| Wrong::new("late", "\"Late after, hours\" takes a whole number, such as 24."))?;
    let required = HeaderKey::ALL.iter().zip(KEYS).filter(|(_, id)| form.yes(id)).map(|(key, _)| *key);
    let rules = NoteRules { required: required.collect() };
    let format = form.chosen("format").to_owned();
    Ok(vec![Step::Ask(Command::Writing(WritingAsk::SetRules { format, late_after_hours, rules }))])
}
