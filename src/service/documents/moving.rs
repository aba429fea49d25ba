//! Moving an unsigned note to the chart it belongs in.

use super::super::api::{Answer, DraftBody};
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::{draft, kind, sessions};
use crate::domain::{Act, ClientId, Number, SessionNote};
use crate::rules::access::Capability;
use crate::rules::phrases;
use crate::store::DraftDoc;

/// Moves one\'s own draft. Links and what was filled in from the chart stay behind: they are the other person's. Said
/// in both charts' audit, in one act.
pub(super) fn move_draft(
    desk: &mut Desk,
    client: ClientId,
    number: Number,
    to: ClientId,
) -> Result<Answer, Fault> {
    let own = draft::find_own(desk, client, number)?;
    desk.permit(Capability::WriteChart, Some(to))?;
    let DraftBody::Note(note) = &own.body else {
        return Err(Fault::user(
            "An assessment cannot move to another chart, because its ratings are about this person.",
        ));
    };
    if client == to {
        return Err(Fault::user("The draft is in this chart already."));
    }
    if note.group.is_some() {
        return Err(Fault::user("This draft is a part of a group session, so it cannot move."));
    }
    if note.addendum_to > 0 || note.amends > 0 {
        return Err(Fault::user(
            "This draft adds to a signed note of this chart, so it cannot move. A draft of a new note can.",
        ));
    }
    let (now, by) = (desk.moment(), desk.staff()?.id);
    let fresh = desk.books().drafts(to)?.iter().map(|draft| draft.number).max().unwrap_or(0) + 1;
    let mut unit = desk.draft_unit(Capability::WriteDraft, Act::DraftMovedAway, &own.head, number)?;
    unit.also(desk.permit(Capability::WriteChart, Some(to))?, Act::DraftMovedHere, fresh);
    unit.delete_draft(&own);
    sessions::note_gone(desk, &mut unit, client, &SessionNote::Draft(number))?;
    let body = DraftBody::Note(phrases::for_another_chart(note.clone()));
    let mut doc = DraftDoc::new(to, fresh, by, own.head.since, body.clone());
    doc.head.saved = now;
    doc.head.meta = kind::of(&doc.body).about().into_bytes();
    unit.put_draft(&doc);
    desk.commit(unit)?;
    desk.draft_forgotten(client, number);
    desk.draft_speaks(to, fresh, &body);
    draft::answer(desk, to, fresh)
}
