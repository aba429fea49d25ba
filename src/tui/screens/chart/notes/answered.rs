//! What stands above the sections of a note that is read: service, short answers, header keys, what it serves, and how much
//! of it was copied.
//!
//! Owns the order and the words. It says only what the note says.

use super::keys::answer;
use crate::domain::{Copied, HeaderAnswers, HeaderKey, NoteDraft, NoteField, NoteText, Section, Service};
use crate::tui::facts::Cx;

/// The parts of a note that are told, of a signed one and of a draft alike.
struct Parts<'a> {
    service: &'a Service,
    fields: &'a [NoteField],
    answers: &'a HeaderAnswers,
    serves_nothing: &'a str,
    copied: &'a [Copied],
    sections: &'a [Section],
}

/// A line for each thing a signed note answers.
pub(super) fn of_text(note: &NoteText, cx: &Cx) -> Vec<String> {
    told(
        &Parts {
            service: &note.service,
            fields: &note.fields,
            answers: &note.answers,
            serves_nothing: &note.serves_nothing,
            copied: &note.copied,
            sections: &note.sections,
        },
        cx,
    )
}

/// A line for each thing a draft answers.
pub(super) fn of_draft(note: &NoteDraft, cx: &Cx) -> Vec<String> {
    told(
        &Parts {
            service: &note.service,
            fields: &note.fields,
            answers: &note.answers,
            serves_nothing: &note.serves_nothing,
            copied: &note.copied,
            sections: &note.sections,
        },
        cx,
    )
}

fn told(note: &Parts<'_>, cx: &Cx) -> Vec<String> {
    let mut lines = service(note.service);
    let given = note.fields.iter().filter(|field| !field.value.trim().is_empty());
    lines.extend(given.map(|field| format!("{}: {}", field.title, field.value)));
    for key in HeaderKey::ALL {
        let said = answer(*key, note.answers, cx);
        if !said.is_empty() {
            let quoted = *key == HeaderKey::View;
            lines.push(if quoted {
                format!("{}: \"{said}\"", key.word())
            } else {
                format!("{}: {said}", key.word())
            });
        }
    }
    if !note.serves_nothing.is_empty() {
        lines.push(format!("Serves nothing on the problem list: {}", note.serves_nothing));
    }
    lines.extend(copies(note));
    lines
}

/// Where it was, who else took part, and the minutes around it.
fn service(service: &Service) -> Vec<String> {
    let mut parts = Vec::new();
    if !service.location.is_empty() {
        parts.push(service.location.clone());
    }
    let with = service.participants.iter().map(|one| {
        if one.name.is_empty() {
            format!("with {}", one.role)
        } else {
            format!("with {}: {}", one.role, one.name)
        }
    });
    parts.extend(with);
    for (minutes, what) in
        [(service.pause, "break"), (service.documentation, "writing"), (service.travel, "travel")]
    {
        if minutes > 0 {
            parts.push(format!("{what} {minutes} min"));
        }
    }
    if parts.is_empty() { Vec::new() } else { vec![parts.join("; ")] }
}

/// Each passage that stands as it was copied from another note, by its first words.
fn copies(note: &Parts<'_>) -> Vec<String> {
    const WORDS: usize = 6;
    let told = |passage: &Copied| {
        let section = note.sections.iter().find(|section| section.key == passage.section)?;
        let text = section.text.get(passage.start as usize..passage.end as usize)?;
        let first: Vec<&str> = text.split_whitespace().take(WORDS).collect();
        Some(format!("Copied from an earlier note, unedited ({}): {} ...", section.title, first.join(" ")))
    };
    note.copied.iter().filter(|passage| passage.from > 0).filter_map(told).collect()
}
