//! What notes are written with: snippets and templates, what the agency asks of notes, what else was at the time of a
//! service.

use super::api::{Answer, Origin, PhraseLine, WritingAsk, WritingView};
use super::desk::Desk;
use super::fault::Fault;
use crate::domain::{
    Act, AgencySettings, ClientId, DocKind, NoteRules, Number, Phrase, PhraseKind, Service, StaffId,
};
use crate::packs;
use crate::rules::access::Capability;
use crate::rules::{header, phrases};
use crate::service::api::DraftBody;
use crate::store::Owner;
use std::sync::Arc;

/// Newest notes of a chart that are looked at for what was at the same time.
const LOOKED_AT: usize = 12;

/// Routes what concerns writing.
pub(super) fn handle(desk: &mut Desk, ask: WritingAsk) -> Result<Answer, Fault> {
    match ask {
        WritingAsk::SavePhrase { phrase, agency, rev } => save(desk, *phrase, agency, rev),
        WritingAsk::RemovePhrase { number, agency, rev } => remove(desk, number, agency, rev),
        WritingAsk::SetRules { format, late_after_hours, rules } => {
            set_rules(desk, format, late_after_hours, rules)
        }
        WritingAsk::Overlaps { client, draft, service } => overlaps(desk, client, draft, &service),
    }
}

/// The phrases of whoever sits here: by name, of one name their own before the agency's before what ships.
pub(super) fn phrases(desk: &Desk) -> Result<Arc<[PhraseLine]>, Fault> {
    let me = desk.staff()?.id;
    let shipped = packs::phrases().iter().map(|phrase| PhraseLine {
        origin: Origin::Shipped,
        rev: 0,
        phrase: phrase.clone(),
    });
    let mut lines: Vec<PhraseLine> = shipped.collect();
    for (origin, owner) in [(Origin::Mine, Owner::from(me)), (Origin::Agency, Owner::AGENCY)] {
        for kept in desk.books().list::<Phrase>(owner)? {
            if !kept.value.gone {
                lines.push(PhraseLine { origin, rev: kept.rev, phrase: kept.value });
            }
        }
    }
    lines.sort_by(|a, b| (&a.phrase.name, a.origin).cmp(&(&b.phrase.name, b.origin)));
    Ok(lines.into())
}

fn answer(desk: &Desk, said: String) -> Result<Answer, Fault> {
    let settings = desk.seat()?.settings.value.clone();
    Ok(Answer::Writing(Box::new(WritingView { phrases: phrases(desk)?, settings, said })))
}

/// Whose phrases, and what it takes to change them.
fn whose(me: StaffId, agency: bool) -> (Owner, Capability) {
    if agency {
        (Owner::AGENCY, Capability::ChangeAgencyPhrases)
    } else {
        (me.into(), Capability::KeepPhrases)
    }
}

fn save(desk: &mut Desk, mut phrase: Phrase, agency: bool, rev: u32) -> Result<Answer, Fault> {
    let me = desk.staff()?.id;
    let (owner, capability) = whose(me, agency);
    desk.permit(capability, None)?;
    phrase.name = phrases::short_name(&phrase.name).ok_or_else(|| {
        Fault::user(format!(
            "\"Short name\" takes 1 to {} letters, digits or hyphens and no space, such as cbt-sleep.",
            Phrase::LONGEST_NAME
        ))
    })?;
    phrase.text = phrase.text.trim_end().to_owned();
    if phrase.text.trim().is_empty() {
        return Err(Fault::user("\"Text\" is empty. Write the text of the snippet or template."));
    }
    if phrase.text.len() > Phrase::LONGEST_TEXT {
        return Err(Fault::user("The text is too long for a snippet or template. Shorten it."));
    }
    let there = desk.books().list::<Phrase>(owner)?;
    let taken = there.iter().map(|kept| &kept.value).any(|other| {
        !other.gone
            && other.number != phrase.number
            && (other.kind, &other.name) == (phrase.kind, &phrase.name)
    });
    if taken {
        let (kind, name) = (phrase.kind.word(), &phrase.name);
        return Err(Fault::user(format!(
            "There is a {kind} called \"{name}\" already. Change that one, or choose another short name."
        )));
    }
    if phrase.number == 0 {
        phrase.number = desk.books().next_number::<Phrase>(owner)?;
    }
    (phrase.by, phrase.at, phrase.gone) = (me, desk.moment(), false);
    let said = match phrase.kind {
        PhraseKind::Snippet => {
            format!("The snippet is saved. Type .{} and Tab in a note to use it.", phrase.name)
        }
        PhraseKind::Template => {
            format!("The template {} is saved. It is offered in every note.", phrase.name)
        }
    };
    put(desk, &phrase, agency, rev)?;
    answer(desk, said)
}

fn remove(desk: &mut Desk, number: Number, agency: bool, rev: u32) -> Result<Answer, Fault> {
    let me = desk.staff()?.id;
    let (owner, capability) = whose(me, agency);
    desk.permit(capability, None)?;
    let kept = desk.books().get::<Phrase>(owner, number)?;
    let mut phrase = kept.ok_or_else(|| Fault::user("This snippet or template is no longer there."))?.value;
    (phrase.by, phrase.at, phrase.gone) = (me, desk.moment(), true);
    put(desk, &phrase, agency, rev)?;
    answer(desk, format!("The {} {} is taken away.", phrase.kind.word(), phrase.name))
}

fn put(desk: &mut Desk, phrase: &Phrase, agency: bool, rev: u32) -> Result<(), Fault> {
    let (owner, capability) = whose(desk.staff()?.id, agency);
    let standing = desk.books().get::<Phrase>(owner, phrase.number)?.map_or(0, |kept| kept.rev);
    if standing != rev {
        return Err(Fault::changed("this text"));
    }
    let mut unit = desk.unit(capability, Act::PhraseChanged, None, phrase.number)?;
    unit.put(phrase, owner, phrase.number, rev);
    desk.commit(unit).map(drop)
}

fn set_rules(
    desk: &mut Desk,
    format: String,
    late_after_hours: u16,
    rules: NoteRules,
) -> Result<Answer, Fault> {
    desk.permit(Capability::ChangeSettings, None)?;
    desk.format(&format)?;
    if !(1..=24 * 31).contains(&late_after_hours) {
        return Err(Fault::user("\"Late after, hours\" takes a number from 1 to 744."));
    }
    let kept = &desk.seat()?.settings;
    let rev = kept.rev;
    let settings =
        AgencySettings { note_format: format, late_after_hours, notes: rules, ..kept.value.clone() };
    let mut unit = desk.unit(Capability::ChangeSettings, Act::SettingsChanged, None, 1)?;
    unit.put(&settings, Owner::AGENCY, 1, rev);
    desk.commit(unit)?;
    let kept = &mut desk.seat_mut()?.settings;
    (kept.rev, kept.value) = (rev + 1, settings);
    answer(desk, "The rules for notes are saved.".to_owned())
}

/// What else was at the time of a service: this client's notes, and one's own notes and drafts in other charts. Another
/// client is named by record number only.
fn overlaps(desk: &Desk, client: ClientId, draft: Number, service: &Service) -> Result<Answer, Fault> {
    desk.permit(Capability::WriteChart, Some(client))?;
    let seat = desk.seat()?;
    let me = seat.staff.value.id;
    let mut found = Vec::new();
    for summary in seat.summaries.values() {
        let here = summary.client == client;
        let could = summary.last_contact.is_some_and(|last| last >= service.date.plus_days(-1));
        if here || could {
            for head in desk.newest_notes(summary.client, None, LOOKED_AT)? {
                let counts = head.addendum_to == 0 && head.amends == 0 && (here || head.signature.by == me);
                if counts && header::overlap(service, &head.service) {
                    let whose = if head.signature.by == me { "you" } else { &head.signature.name };
                    found.push(told(&head.service, here, whose, &summary.record_no));
                }
            }
        }
        for other in summary.drafts.iter().filter(|other| other.kind == DocKind::Note && other.by == me) {
            if here && other.number == draft {
                continue;
            }
            let kept = desk.books().draft(summary.client, other.number)?;
            if let Some(DraftBody::Note(note)) = kept.map(|kept| kept.body)
                && note.addendum_to == 0
                && note.amends == 0
                && header::overlap(service, &note.service)
            {
                found.push(told(&note.service, here, "your draft", &summary.record_no));
            }
        }
    }
    found.sort();
    Ok(Answer::Overlaps { client, draft, found })
}

fn told(service: &Service, here: bool, whose: &str, record_no: &str) -> String {
    let (end, _) = service.end();
    let chart = if here { "in this chart".to_owned() } else { format!("in {record_no}") };
    format!("{}-{end} {chart}, {whose}", service.start)
}
