//! Drafts of notes and grids: begin, take up again, autosave, leave, delete.
//!
//! Autosaves are not events; opening, leaving and deleting are. Only the author and their supervisor see a draft.

use super::super::api::{Answer, Done, DraftBody, DraftLine, DraftSave, DraftView, KeptFor, RemarkView};
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::seat::Newest;
use super::super::seat::{Opened, Seat};
use super::super::unit::{DraftUnit, KeptDraft, Unit};
use super::super::{chart, place, turned};
use super::life_of;
use super::versions;
use super::{kind, likely, read, sessions};
use crate::domain::{
    Act, Assessment, Cell, ClientId, DocKind, LifeState, NoteDraft, NoteField, NoteText, Number, Purpose,
    Section, SessionNote, Staff, StaffId,
};
use crate::packs::FormatField;
use crate::rules::access::{Capability, draft_relation, may};
use crate::rules::when;
use crate::store::{DocHead, DocLife, DraftDoc, DraftHead, version_number};

/// The author and whoever supervises them see a draft.
pub(in crate::service) fn may_see(desk: &Desk, by: StaffId) -> bool {
    let relation = |me: &Staff| draft_relation(me.id, by, desk.answers_for(by));
    desk.staff().is_ok_and(|me| may(&me.roles, Capability::ReadDraft, relation(me)))
}

/// A draft as lists show it.
pub(in crate::service) fn line(desk: &Desk, seat: &Seat, head: &DraftHead) -> DraftLine {
    DraftLine {
        number: head.number,
        by: head.by,
        by_name: seat.name_of(head.by),
        kind: head.kind,
        since: desk.clock.local(head.since),
        saved: desk.clock.local(head.saved),
        about: when::as_read(&String::from_utf8_lossy(&head.meta), desk.now().local.date),
    }
}

/// An empty note in the format, its times filled from the clock, its links to the active problems left to the author.
pub(super) fn new_note(
    desk: &Desk,
    client: ClientId,
    format: &str,
    addendum_to: Number,
) -> Result<NoteDraft, Fault> {
    desk.permit(Capability::WriteChart, Some(client))?;
    let seat = desk.seat()?;
    let key = if addendum_to > 0 {
        "narrative"
    } else if format.is_empty() {
        &seat.settings.value.note_format
    } else {
        format
    };
    let format = desk.format(key)?;
    let mut note = NoteDraft { format: format.key.clone(), addendum_to, ..NoteDraft::default() };
    note.sections = format
        .sections
        .iter()
        .map(|section| Section {
            key: section.key.clone(),
            title: section.title.clone(),
            text: String::new(),
        })
        .collect();
    if addendum_to > 0 {
        let parent = desk.books().get::<DocHead>(client, addendum_to)?.and_then(|kept| kept.value.note());
        let parent =
            parent.ok_or_else(|| Fault::user("The note you want to add to is not in this chart."))?.facts;
        // Marks of progress are the note's own: what adds to it says them again only where it means to.
        (note.service, note.links, note.group) = (parent.service, parent.links, parent.group);
        return Ok(note);
    }
    let title = |field: &FormatField| NoteField {
        key: field.key.clone(),
        title: field.title.clone(),
        value: String::new(),
    };
    note.fields = format.fields.iter().map(title).collect();
    (note.service, note.guessed) = likely::service(desk, client, format)?;
    Ok(note)
}

/// Begins an assessment, or takes up this person's open one: a chart has one assessment draft at a time.
pub(super) fn new_assessment(desk: &mut Desk, client: ClientId) -> Result<Answer, Fault> {
    desk.permit(Capability::WriteChart, Some(client))?;
    if let Some(answer) = open_one(desk, client, DocKind::Assessment)? {
        return Ok(answer);
    }
    let episode = desk.open_episode(client)?;
    if episode == 0 {
        return Err(Fault::user(
            "An assessment belongs to an episode. Admit the person first, with [key:admit].",
        ));
    }
    let seat = desk.seat()?;
    let last =
        desk.assessments(client)?.into_iter().max_by_key(|assessment| (assessment.date, assessment.number));
    let last = last.as_ref().filter(|assessment| assessment.set == seat.set.key);
    let cells = seat.set.dimensions.iter().map(|dimension| carried(last, dimension.number)).collect();
    let assessment = Assessment {
        client,
        number: 0,
        episode,
        set: seat.set.key.clone(),
        purpose: if last.is_some() { Purpose::Reassessment } else { Purpose::TreatmentPlanning },
        date: desk.now().local.date,
        by: seat.staff.value.id,
        sources: String::new(),
        cells,
        amends: 0,
        reason: String::new(),
    };
    begin(desk, client, DraftBody::Assessment(assessment))
}

/// Takes up this person's open draft of a kind of which a chart has one at a time; refuses where somebody else has one open.
pub(super) fn open_one(desk: &mut Desk, client: ClientId, kind: DocKind) -> Result<Option<Answer>, Fault> {
    let Some(begun) = desk.books().drafts(client)?.into_iter().find(|draft| draft.kind == kind) else {
        return Ok(None);
    };
    if begun.by == desk.staff()?.id {
        return open(desk, client, begun.number).map(Some);
    }
    let name = desk.seat()?.name_of(begun.by);
    let what = match kind {
        DocKind::Assessment => "an assessment",
        DocKind::Discharge => "a discharge summary",
        DocKind::Safety => "a safety plan",
        _ => "a review",
    };
    Err(Fault::user(format!("{name} has {what} open in this chart."))
        .hint("That one has to be completed or deleted first."))
}

/// A cell as the last assessment left it, marked until someone confirms or changes it. Words are not carried: they
/// carry their own date.
fn carried(last: Option<&Assessment>, dimension: u8) -> Cell {
    let before = last.and_then(|assessment| assessment.cell(dimension));
    match before {
        Some(cell) if cell.severity.is_some() => Cell {
            dimension,
            severity: cell.severity,
            carried: true,
            symbols: cell.symbols.clone(),
            history: cell.history.clone(),
            strengths: cell.strengths.clone(),
            here_and_now: String::new(),
            words: String::new(),
        },
        _ => Cell { dimension, ..Cell::default() },
    }
}

pub(super) fn begin(desk: &mut Desk, client: ClientId, body: DraftBody) -> Result<Answer, Fault> {
    desk.permit(Capability::WriteChart, Some(client))?;
    begin_permitted(desk, client, body, |desk, number| {
        desk.unit(Capability::WriteChart, Act::DraftOpened, Some(client), number)
    })
}

/// Begins an amended version of one's own document, whosever's the chart is by now.
pub(super) fn begin_own(
    desk: &mut Desk,
    client: ClientId,
    author: StaffId,
    body: DraftBody,
) -> Result<Answer, Fault> {
    begin_permitted(desk, client, body, |desk, number| {
        desk.doc_unit(Capability::AmendDocument, Act::DraftOpened, client, author, number)
    })
}

fn begin_permitted(
    desk: &mut Desk,
    client: ClientId,
    body: DraftBody,
    permitted: impl FnOnce(&Desk, Number) -> Result<Unit, Fault>,
) -> Result<Answer, Fault> {
    let by = desk.staff()?.id;
    let number = desk.books().drafts(client)?.iter().map(|draft| draft.number).max().unwrap_or(0) + 1;
    let now = desk.moment();
    let kind = body.kind();
    let mut unit = permitted(desk, number)?;
    let mut doc = DraftDoc::new(client, number, by, now, body);
    doc.head.meta = kind::of(&doc.body).about().into_bytes();
    unit.put_draft(&doc);
    place::taken_up(desk, &mut unit, client, number, kind)?;
    desk.commit(unit)?;
    versions::forget(desk, client, number)?;
    answer(desk, client, number)
}

pub(super) fn open(desk: &mut Desk, client: ClientId, number: Number) -> Result<Answer, Fault> {
    let draft = find(desk, client, number)?;
    if !may_see(desk, draft.head.by) {
        return Err(Fault::denied(
            "This draft is another person's. Only its author and their supervisor can read it.",
        ));
    }
    desk.check_nothing_waits(client, number)?;
    let mut unit = desk.draft_unit(Capability::ReadDraft, Act::DraftOpened, &draft.head, number)?;
    let own = draft.head.by == desk.staff()?.id;
    let recovered = own && desk.seat_mut()?.recovered.take_if(|which| *which == (client, number)).is_some();
    if own {
        let why = if recovered { KeptFor::Recovery } else { KeptFor::Opened };
        if let Some((version, rev)) = versions::due(desk, &draft, &draft.body, why)? {
            unit.put(&version, client, version_number(number, version.seq), rev);
        }
        place::taken_up(desk, &mut unit, client, number, draft.head.kind)?;
        versions::forget(desk, client, number)?;
    }
    desk.record(unit)?;
    let answer = answer(desk, client, number)?;
    Ok(match answer {
        Answer::Draft(mut view) => {
            view.recovered = recovered;
            Answer::Draft(view)
        }
        other => other,
    })
}

pub(super) fn answer(desk: &mut Desk, client: ClientId, number: Number) -> Result<Answer, Fault> {
    let draft = find(desk, client, number)?;
    desk.seat_mut()?.opened.insert(Opened::Draft(client, number), draft.rev.0);
    desk.draft_speaks(client, number, &draft.body);
    Ok(Answer::Draft(Box::new(DraftView {
        client,
        number,
        by: draft.head.by,
        read_only: draft.head.by != desk.staff()?.id,
        saved: desk.clock.local(draft.head.saved),
        recovered: false,
        unsaved: false,
        amended: amended(desk, client, &draft.body)?,
        returned: returned(desk, client, draft.head.by, &draft.body)?,
        body: draft.body,
        chart: Box::new(chart::view(desk, client)?),
    })))
}

/// The text of the signed note that a draft amends.
fn amended(desk: &Desk, client: ClientId, body: &DraftBody) -> Result<Option<Box<NoteText>>, Fault> {
    let DraftBody::Note(NoteDraft { amends: number @ 1.., .. }) = body else { return Ok(None) };
    let Some(head) = desk.books().get::<DocHead>(client, *number)? else { return Ok(None) };
    Ok(Some(Box::new(read::text(desk.books(), &head.value)?.note()?)))
}

/// Why the signed note was returned that a draft amends or adds to: the newest remark, for the two that may read it.
fn returned(
    desk: &Desk,
    client: ClientId,
    author: StaffId,
    body: &DraftBody,
) -> Result<Option<Box<RemarkView>>, Fault> {
    let DraftBody::Note(note) = body else { return Ok(None) };
    let number = note.amends.max(note.addendum_to);
    let Some(head) = desk.books().get::<DocHead>(client, number)?.filter(|_| number > 0) else {
        return Ok(None);
    };
    let entries = desk.books().get::<DocLife>(client, number)?.map(|kept| kept.value).unwrap_or_default();
    let life = life_of(&head.value, &entries)?;
    let mut remarks = match life.state {
        LifeState::Returned => read::remarks(desk, client, author, &[number])?,
        _ => Vec::new(),
    };
    Ok(remarks.pop().map(Box::new))
}

/// The draft, or a plain sentence.
pub(super) fn find(desk: &Desk, client: ClientId, number: Number) -> Result<KeptDraft, Fault> {
    desk.books()
        .draft(client, number)?
        .ok_or_else(|| Fault::user("This draft is gone: it was signed, moved or deleted."))
}

/// One's own draft: nobody writes in another's.
pub(in crate::service) fn find_own(
    desk: &Desk,
    client: ClientId,
    number: Number,
) -> Result<KeptDraft, Fault> {
    let draft = find(desk, client, number)?;
    if draft.head.by == desk.staff()?.id {
        Ok(draft)
    } else {
        Err(Fault::denied("Only the author of a draft can write in it."))
    }
}

/// What a draft is, for lists: nobody's words.
pub(in crate::service) fn about(body: &DraftBody) -> String {
    kind::of(body).about()
}

/// Whether nothing was written in it yet.
pub(in crate::service) fn is_blank(body: &DraftBody) -> bool {
    kind::of(body).is_blank()
}

/// Puts the draft as it stands on the screen on disk. Not an event.
pub(in crate::service) fn autosave(desk: &mut Desk, save: &DraftSave) -> Result<Answer, Fault> {
    store(desk, save, KeptFor::Typing)?;
    Ok(saved(desk, save))
}

pub(super) fn saved(desk: &Desk, save: &DraftSave) -> Answer {
    Answer::DraftSaved { client: save.client, number: save.number, edits: save.edits, at: desk.now().local }
}

/// Saves what changed, and keeps a version if one is due for this reason.
pub(super) fn store(desk: &mut Desk, save: &DraftSave, why: KeptFor) -> Result<DraftHead, Fault> {
    let draft = find_own(desk, save.client, save.number)?;
    let (unit, newest) = draft_unit(desk, save, &draft, why)?;
    if !unit.is_empty() {
        desk.books_mut().commit_draft(&unit)?;
        versions::kept(desk, &draft, newest)?;
        desk.draft_speaks(save.client, save.number, &save.body);
    }
    Ok(draft.head)
}

/// What is to be written of a draft as it stands on the screen: nothing if it is on disk already and no version is due.
pub(in crate::service) fn draft_unit(
    desk: &Desk,
    save: &DraftSave,
    draft: &KeptDraft,
    why: KeptFor,
) -> Result<(DraftUnit, Option<Newest>), Fault> {
    if draft.head.kind != save.body.kind() {
        return Err(Fault::internal("A draft was to be saved over one of another kind."));
    }
    turned::check(desk, save, &draft.body)?;
    let mut unit = desk.autosave_unit(&draft.head)?;
    if draft.body != save.body {
        unit.put(draft, &save.body, kind::of(&save.body).about(), desk.moment());
    }
    let newest = versions::keep(desk, &mut unit, draft, &save.body, why)?;
    Ok((unit, newest))
}

pub(super) fn leave(desk: &mut Desk, save: &DraftSave) -> Result<Answer, Fault> {
    let head = store(desk, save, KeptFor::Typing)?;
    let mut unit = desk.draft_unit(Capability::WriteDraft, Act::DraftLeft, &head, save.number)?;
    place::left(desk, &mut unit, save.client, save.number)?;
    desk.commit(unit)?;
    let name =
        desk.seat()?.summaries.get(&save.client).map(|summary| summary.name.to_string()).unwrap_or_default();
    let chart = chart::view(desk, save.client)?;
    let said = format!("Draft for {name} kept.");
    Ok(Answer::Done(Box::new(Done { said, chart: Some(Box::new(chart)), name, ..Done::default() })))
}

/// A draft in which nothing was ever written is left: nothing of it is kept, and what was owed is owed again.
pub(super) fn drop_empty(desk: &mut Desk, client: ClientId, number: Number) -> Result<Answer, Fault> {
    let draft = find_own(desk, client, number)?;
    let untouched = draft.head.saved == draft.head.since && kind::of(&draft.body).is_blank();
    if !untouched {
        return Err(Fault::user("The draft has words in it, so it is kept."));
    }
    delete(desk, client, number, "Nothing was written, so no draft is kept.")
}

pub(in crate::service) fn delete(
    desk: &mut Desk,
    client: ClientId,
    number: Number,
    said: &str,
) -> Result<Answer, Fault> {
    let draft = find_own(desk, client, number)?;
    if draft.head.kind == DocKind::Answers && !is_blank(&draft.body) {
        return Err(Fault::denied("What a client marked is taken over, or left out with a reason."));
    }
    let mut unit = desk.draft_unit(Capability::WriteDraft, Act::DraftDeleted, &draft.head, number)?;
    unit.delete_draft(&draft);
    sessions::note_gone(desk, &mut unit, client, &SessionNote::Draft(number))?;
    desk.commit(unit)?;
    desk.draft_forgotten(client, number);
    desk.done_for_good(client, said.to_owned())
}

impl Desk {
    /// The signed assessments of a client that are neither replaced nor in error.
    pub(in crate::service) fn assessments(&self, client: ClientId) -> Result<Vec<Assessment>, Fault> {
        let numbers = DocKind::Assessment.numbers();
        let heads = self.books().between::<DocHead>(client, numbers.clone())?;
        let lives = self.books().between::<DocLife>(client, numbers)?;
        let none = DocLife::default();
        let mut found = Vec::new();
        for head in heads {
            let entries = lives.iter().find(|life| life.value.number == head.value.number);
            if life_of(&head.value, entries.map_or(&none, |kept| &kept.value))?.stands() {
                found.extend(head.value.assessment().cloned());
            }
        }
        Ok(found)
    }
}
