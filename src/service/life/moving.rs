//! Moving an unsigned note to the chart it belongs in.

use super::super::api::{Answer, DraftBody};
use super::super::desk::Desk;
use super::super::drafts;
use super::super::fault::Fault;
use crate::domain::{Act, ClientId, NoteDraft, Number, SessionNote, WantsCheck};
use crate::rules::access::Capability;
use crate::store::DraftDoc;

/// Moves a draft of one's own. Links and what was filled in from the chart stay behind: they are the other person's. Said
/// in both charts' audit, in one act.
pub(super) fn move_draft(
    desk: &mut Desk,
    client: ClientId,
    number: Number,
    to: ClientId,
) -> Result<Answer, Fault> {
    let draft = drafts::find_own(desk, client, number)?;
    desk.permit(Capability::WriteChart, Some(to))?;
    let DraftBody::Note(note) = &draft.body else {
        return Err(Fault::user("An assessment stays in its chart: its ratings are this person's."));
    };
    if client == to {
        return Err(Fault::user("It is in this chart already."));
    }
    if note.addendum_to > 0 || note.amends > 0 {
        return Err(Fault::user("It belongs to a signed note of this chart; only a note of its own moves."));
    }
    let (now, by) = (desk.moment(), desk.staff()?.id);
    let fresh = desk.books().drafts(to)?.iter().map(|draft| draft.number).max().unwrap_or(0) + 1;
    let mut unit = desk.draft_unit(Capability::WriteDraft, Act::DraftMovedAway, &draft.head, number)?;
    unit.also(desk.permit(Capability::WriteChart, Some(to))?, Act::DraftMovedHere, fresh);
    unit.delete_draft(&draft);
    super::super::session_notes::note_gone(desk, &mut unit, client, &SessionNote::Draft(number))?;
    let body = DraftBody::Note(unbound(note.clone()));
    let mut doc = DraftDoc::new(to, fresh, by, draft.head.since, body.clone());
    doc.head.saved = now;
    doc.head.meta = drafts::about(&doc.body).into_bytes();
    unit.put_draft(&doc);
    desk.commit(unit)?;
    desk.draft_forgotten(client, number);
    desk.draft_speaks(to, fresh, &body);
    drafts::answer(desk, to, fresh)
}

/// What of a note is the writer's own: text typed, service and answers. What was taken from the chart goes: links,
/// objectives, stages of its problems, the session, what was checked against this person's wants, copied passages.
fn unbound(mut note: NoteDraft) -> NoteDraft {
    let mut copied = std::mem::take(&mut note.copied);
    // From the back, so that the places in front of a passage stay where they are.
    copied.sort_by_key(|passage| std::cmp::Reverse(passage.start));
    for passage in copied {
        let section = note.sections.iter_mut().find(|section| section.key == passage.section);
        let range = passage.start as usize..passage.end as usize;
        if let Some(section) = section
            && section.text.get(range.clone()).is_some()
        {
            section.text.replace_range(range, "");
        }
    }
    note.links.clear();
    note.objectives.clear();
    note.session = 0;
    note.answers.stages.clear();
    note.answers.wants = WantsCheck::Unsaid;
    note.answers.wants_detail.clear();
    note
}
