//! What every note must hold: the format it begins in, when it is late, which header keys are required.

use super::Purpose;
use crate::domain::{HeaderKey, NoteRules};
use crate::service::api::{Command, WritingAsk};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Overlay, Prompt, Then};
use crate::tui::screen::Step;
use crate::tui::screens::Purpose as Wanted;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;

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

/// The prompt.
pub(super) fn prompt(cx: &Cx) -> Step {
    let Some(session) = &cx.signed_in else { return Step::Warn("Nobody is signed in.".to_owned()) };
    let settings = &session.settings;
    let formats =
        session.formats.iter().map(|one| Item::new(one.key.clone(), one.name.clone(), "")).collect();
    let mut fields = vec![
        Field::choice("format", "A new note is in", formats, &settings.note_format),
        Field::text("late", "Late after, hours", &settings.late_after_hours.to_string()).required(),
    ];
    fields.extend(HeaderKey::ALL.iter().zip(KEYS).map(|(key, id)| {
        let label = format!("Require {}", key.word());
        Field::yes_no(id, &label, settings.notes.required.contains(key))
    }));
    ask(Form::new("Decide", fields))
}

fn ask(form: Form) -> Step {
    Step::Over(Overlay::Prompt(Prompt {
        title: "What every note must hold".to_owned(),
        lines: vec!["A key is required where the note's format asks it.".to_owned()],
        form,
        then: Then::Screen(Wanted::Phrases(Purpose::Rules)),
    }))
}

/// Takes what was filled in.
pub(super) fn read(mut form: Form) -> Vec<Step> {
    let Ok(late_after_hours) = form.typed("late").parse::<u16>() else {
        form.focus_on("late");
        return vec![ask(form), Step::Warn("Hours are a whole number.".to_owned())];
    };
    let required = HeaderKey::ALL.iter().zip(KEYS).filter(|(_, id)| form.yes(id)).map(|(key, _)| *key);
    let rules = NoteRules { required: required.collect() };
    let format = form.chosen("format").to_owned();
    vec![Step::Ask(Command::Writing(WritingAsk::SetRules { format, late_after_hours, rules }))]
}
