//! Sign once: one passphrase, one signed note for each member, one act. All of it is written, or nothing.

use super::super::api::{Becomes, DraftSave, GroupAnswer, GroupChecked, GroupSigning, Kept, Secret};
use super::super::desk::Desk;
use super::super::documents::draft;
use super::super::documents::sign as signing_of;
use super::super::door;
use super::super::fault::Fault;
use super::super::unit::Unit;
use super::{card, check, led, session, substitute};
use crate::domain::{
    Act, CancelledBy, ClientId, DocKind, Group, GroupEntry, GroupSession, Here, Modality, Mode, NoteDraft,
    Number, Role, Session, SessionNote, SessionState, Task, TaskId, counted,
};
use crate::packs;
use crate::rules::access::Capability;
use crate::rules::group;
use crate::store::{DocHead, DraftBody};

/// Signs what is ready of one's own, and settles who was not there.
pub(super) fn sign(
    desk: &mut Desk,
    signing: &GroupSigning,
    passphrase: &Secret,
) -> Result<GroupAnswer, Fault> {
    let (group, Kept { rev, value: mut session }) = led(desk, signing.group, signing.session)?;
    let checked = check::checked(desk, (&group, &session), signing)?;
    may_sign(desk, &session, signing, &checked)?;
    door::check_again(desk, passphrase)?;
    signing.shared.clone_into(&mut session.shared);
    if !signing.beyond.trim().is_empty() {
        signing.beyond.trim().clone_into(&mut session.beyond);
    }
    let mut unit = desk.session_unit(&session)?;
    let mut signed: Vec<(ClientId, Number)> = Vec::new();
    for line in &checked.lines {
        let entry = line.entry.clone();
        let next = match line.becomes {
            Becomes::Note => {
                signed.push((entry.client, entry.draft));
                sign_part(desk, &mut unit, (&group, &session), signing, &entry)?
            }
            Becomes::Missed | Becomes::Excused if entry.session == 0 => {
                settle(desk, &mut unit, (&group, &session), &entry)?
            }
            _ => continue,
        };
        if let Some(at) = session.entries.iter().position(|one| one.client == next.client) {
            session.entries[at] = next;
        }
    }
    if packs::groups().kind(&group.kind).family && session.billed.is_none() {
        let subject = group::subject(&group, &session);
        session.billed = subject.filter(|one| signed.iter().any(|(client, _)| client == one));
    }
    unit.put(&session, session.group, session.number, rev);
    desk.commit(unit)?;
    for (client, number) in &signed {
        desk.draft_forgotten(*client, *number);
        desk.seat_mut()?.forget_steps(*client);
    }
    let said = said(desk, signed.len(), &checked)?;
    if substitute::check_stands_in(desk, &group, &session).is_err() {
        let ended = "All of the session is signed, so its members are not shown to you any more.";
        return Ok(GroupAnswer::Ended(format!("{said} {ended}")));
    }
    session::shown(desk, &group, &session, said)
}

/// What keeps everything from being signed. What keeps one part back stays that part's.
fn may_sign(
    desk: &Desk,
    session: &GroupSession,
    signing: &GroupSigning,
    checked: &GroupChecked,
) -> Result<(), Fault> {
    if let Some(found) = checked.shared.iter().find(|one| one.stops) {
        return Err(Fault::user(check::refusal(desk, found, None)?));
    }
    let settles = checked
        .lines
        .iter()
        .any(|line| matches!(line.becomes, Becomes::Missed | Becomes::Excused) && line.entry.session == 0);
    if checked.ready() == 0 && !settles {
        let named =
            checked.lines.iter().find_map(|line| Some((line.found.iter().find(|one| one.stops)?, line)));
        return Err(Fault::user(match named {
            Some((found, line)) => check::refusal(desk, found, Some(line.client))?,
            None => "Nothing is ready to be signed yet.".to_owned(),
        }));
    }
    let reason = format!("{}{}", signing.beyond.trim(), session.beyond);
    let Some(beyond) = checked.beyond.iter().max_by_key(|one| one.hard) else { return Ok(()) };
    if beyond.hard && !desk.staff()?.has(Role::Supervisor) {
        let what = format!("Not signed: {} A supervisor who leads the session can say why.", beyond.words);
        return Err(Fault::denied(what));
    }
    if reason.is_empty() {
        return Err(Fault::user(format!("Not signed: {} Write why it was so.", beyond.words)));
    }
    Ok(())
}

/// Freezes a member's part as a note of their chart, with the session it speaks of.
fn sign_part(
    desk: &mut Desk,
    unit: &mut Unit,
    of: (&Group, &GroupSession),
    signing: &GroupSigning,
    entry: &GroupEntry,
) -> Result<GroupEntry, Fault> {
    let client = entry.client;
    let kept = draft::find_own(desk, client, entry.draft)?;
    let before = card::before(desk, of.1)?;
    let member = card::of(desk, of, &before, entry)?;
    let note = check::own_note(of, entry, signing, &member);
    let note = note.ok_or_else(|| Fault::internal("a part that is ready is one's own"))?;
    desk.member_permit(Capability::WriteGroupPart, of, client)?;
    let number = desk.books().next_in::<DocHead>(client, &DocKind::Note.numbers())?;
    unit.also(desk.draft_permit(Capability::WriteDraft, client, kept.head.by)?, Act::DocumentSigned, number);
    let session = desk.books().next_number::<Session>(client)?;
    let held = Session {
        number: session,
        state: SessionState::Held,
        note: SessionNote::Signed(number),
        start: note.service.start,
        minutes: note.service.minutes,
        ..in_chart(desk, of, entry)?
    };
    let note = NoteDraft { session, ..note };
    let save = DraftSave { client, number: entry.draft, edits: 0, body: DraftBody::Note(note) };
    signing_of::freeze(desk, unit, &save, &kept, number)?;
    unit.put(&held, client, session, 0);
    unit.delete_draft(&kept);
    Ok(GroupEntry { note: number, draft: 0, session, ..entry.clone() })
}

/// Who was not there has a session in their chart that says so, and no note.
fn settle(
    desk: &mut Desk,
    unit: &mut Unit,
    of: (&Group, &GroupSession),
    entry: &GroupEntry,
) -> Result<GroupEntry, Fault> {
    let client = entry.client;
    let (now, me) = (desk.moment(), desk.staff()?.id);
    let number = desk.books().next_number::<Session>(client)?;
    let permit = desk.member_permit(Capability::WriteGroupPart, of, client)?;
    unit.also(permit, Act::SessionChanged, number);
    let excused = entry.here == Here::Excused;
    let reason = entry.reason.trim().to_owned();
    let state = if excused {
        SessionState::Cancelled { by: CancelledBy::Client, at: now, reason }
    } else {
        SessionState::Missed
    };
    unit.put(&Session { number, state, units: 0, ..in_chart(desk, of, entry)? }, client, number, 0);
    if !excused {
        let task = Task {
            id: TaskId(desk.ids.fresh()),
            text: "Reach out after the missed group session".to_owned(),
            due: desk.now().local.date.plus_days(1),
            to: me,
            client: Some(client),
            episode: stay_of(desk, of.0, client)?,
            created: now,
            created_by: me,
            handed: Vec::new(),
        };
        unit.put(&task, task.id, 1, 0);
    }
    Ok(GroupEntry { session: number, draft: 0, ..entry.clone() })
}

/// The open stay of a member to which a session of a group belongs: the one in the group's program, else the one that is worked on.
pub(super) fn stay_of(desk: &Desk, group: &Group, client: ClientId) -> Result<Number, Fault> {
    let Some(summary) = desk.seat()?.summaries.get(&client) else { return Ok(0) };
    let in_program = summary.open_stays().find(|one| *one.program == *group.program);
    Ok(in_program.or_else(|| summary.open_stays().next()).map_or(0, |one| one.number))
}

/// A session as a member's chart shows it: the group by its neutral name, and nobody else of it.
fn in_chart(
    desk: &Desk,
    (group, session): (&Group, &GroupSession),
    entry: &GroupEntry,
) -> Result<Session, Fault> {
    let (now, me) = (desk.moment(), desk.staff()?.id);
    let pack = packs::groups();
    let kind = pack.kind(&group.kind);
    let minutes = group::minutes(session.minutes, entry, &kind);
    Ok(Session {
        client: entry.client,
        episode: stay_of(desk, group, entry.client)?,
        date: session.date,
        start: session.start,
        minutes: session.minutes,
        kind: "counseling".to_owned(),
        modality: Some(if kind.family { Modality::Family } else { Modality::Group }),
        mode: Some(Mode::Person),
        with: group.neutral.clone(),
        staff: me,
        others: session.facilitators.iter().copied().filter(|one| *one != me).collect(),
        code: group.code.clone(),
        units: match pack.code(&group.code) {
            Some(code) if group::bears_units((group, session), &kind, entry.client) => {
                group::units(minutes, code)
            }
            _ => 0,
        },
        created: now,
        created_by: me,
        changed: now,
        changed_by: me,
        ..Session::default()
    })
}

fn said(desk: &Desk, signed: usize, checked: &GroupChecked) -> Result<String, Fault> {
    let stay = checked.lines.iter().filter(|line| line.becomes == Becomes::Draft).count();
    let signed_words = format!("{} signed.", counted(signed, "note is", "notes are"));
    let stay_words = match stay {
        0 => String::new(),
        _ => format!(" {}.", counted(stay, "part stays a draft", "parts stay drafts")),
    };
    let waits = signed > 0 && desk.staff()?.cosign_needed;
    let said =
        format!("{signed_words}{stay_words}{}", if waits { " They wait for co-signature." } else { "" });
    Ok(said)
}
