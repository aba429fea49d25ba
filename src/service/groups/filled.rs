//! What of a part is filled from its session: its service, its short answers. Nobody types them.

use super::super::desk::Desk;
use super::super::fault::Fault;
use super::card::SHARED;
use crate::domain::{
    Asked, ClockTime, Group, GroupEntry, GroupPart, GroupSession, HeaderAnswers, Here, Modality, NoteDraft,
    NoteField, Section, Service, TopicHeld,
};
use crate::packs::{self, GroupKind};
use crate::rules::group::{self, curriculum};

/// Key of the format of a part.
pub(super) const FORMAT: &str = "group";

/// A part as it is begun.
pub(super) fn part(
    desk: &Desk,
    (group, session): (&Group, &GroupSession),
    entry: &GroupEntry,
) -> Result<NoteDraft, Fault> {
    let format = desk.format(FORMAT)?;
    let section = |key: &str, title: &str| Section {
        key: key.to_owned(),
        title: title.to_owned(),
        text: String::new(),
    };
    let sections = format.sections.iter().map(|one| section(&one.key, &one.title)).collect();
    Ok(NoteDraft {
        format: format.key.clone(),
        sections,
        service: service((group, session), entry),
        // Nobody is asked in a round of twelve; whoever was is marked so.
        answers: HeaderAnswers { risk: Asked::NotAsked, used: Asked::NotAsked, ..HeaderAnswers::default() },
        group: GroupPart { group: group.id, session: session.number, carries: false },
        ..NoteDraft::default()
    })
}

/// The service of a member: their own time.
pub(super) fn service((group, session): (&Group, &GroupSession), entry: &GroupEntry) -> Service {
    let kind = packs::groups().kind(&group.kind);
    let minutes = group::minutes(session.minutes, entry, &kind);
    let late = if entry.here == Here::Late { entry.late } else { 0 };
    let left = if entry.here == Here::LeftEarly { entry.left } else { 0 };
    let span = session.minutes.saturating_sub(late + left);
    let modality = if kind.family { Modality::Family } else { Modality::Group };
    let start = ClockTime((session.start.0 + late) % (24 * 60));
    Service {
        pause: span.saturating_sub(minutes),
        modality: Some(modality),
        ..Service::new(session.date, start, minutes, "counseling")
    }
}

/// What became of somebody, with the minutes.
pub(super) fn here_words(entry: &GroupEntry) -> String {
    match entry.here {
        Here::Late => format!("late, came {} minutes after the start", entry.late),
        Here::LeftEarly => format!("left {} minutes before the end", entry.left),
        other => other.word().to_owned(),
    }
}

/// The topics of the curriculum that a member had, each with their own minutes.
fn of_curriculum(session: &GroupSession, entry: &GroupEntry, kind: &GroupKind) -> String {
    let had = |held: &TopicHeld| {
        let minutes = curriculum::share(session, held, entry.client, kind);
        format!("{}, {minutes} of {} minutes", held.words(), held.minutes)
    };
    session.topics.iter().map(had).collect::<Vec<_>>().join("; ")
}

/// The note of a part as it is signed: with the shared part, its own times and what the session says.
pub(super) fn note(
    (group, session): (&Group, &GroupSession),
    entry: &GroupEntry,
    shared: &str,
    part: &NoteDraft,
) -> NoteDraft {
    let pack = packs::groups();
    let service = service((group, session), entry);
    let counted = group::bears_units((group, session), &pack.kind(&group.kind), entry.client);
    let units = pack.code(&group.code).map(|code| {
        if counted {
            group::units_words(service.minutes, code)
        } else {
            format!("0 of {}: a family session is counted once", group.code)
        }
    });
    let answers = [
        ("group", "Group", group.neutral.clone()),
        ("topic", "Topic", session.about()),
        ("curriculum", "Of the curriculum", of_curriculum(session, entry, &pack.kind(&group.kind))),
        ("here", "Attendance", format!("{}, {} minutes", here_words(entry), service.minutes)),
        ("took-part", "Took part", pack.took_part(entry.took_part).to_owned()),
        ("present", "Members present", session.present().to_string()),
        ("staff", "Staff present", session.facilitators.len().to_string()),
        ("guests", "Guests", session.guests.words()),
        ("units", "Units", units.unwrap_or_default()),
    ];
    let field = |(key, title, value): (&str, &str, String)| NoteField {
        key: key.to_owned(),
        title: title.to_owned(),
        value,
    };
    let mut note = NoteDraft {
        service,
        fields: answers.into_iter().filter(|one| !one.2.is_empty()).map(field).collect(),
        group: GroupPart { group: group.id, session: session.number, carries: false },
        ..part.clone()
    };
    for section in note.sections.iter_mut().filter(|section| section.key == SHARED) {
        shared.clone_into(&mut section.text);
    }
    note
}
