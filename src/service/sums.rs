//! Summaries: which parts of a client's summary a unit changes, and how they follow from the records.
//!
//! Owns the step between a unit and its commit: no use case writes a summary, and none can forget to. A part is derived
//! from the records of its own kinds as they will be once the unit is written; the other parts are carried over.

use super::api::Kept;
use super::books::{Books, View};
use super::fault::Fault;
use super::unit::Unit;
use crate::clock::Clock;
use crate::domain::{
    Assessment, Client, ClientId, DraftFacts, Episode, ImmediateNeed, Imported, Miss, NoteHead, NoteLife,
    Problem, Session, Summary, SummaryPart, Wants,
};
use crate::rules::note_life;
use crate::rules::summary::{Noted, Records, derive};
use crate::store::{DraftHead, Kind, Record};
use std::collections::BTreeSet;

/// Puts the fresh summary of every client whose records the unit changes into the unit.
pub(super) fn sum_up(books: &Books, clock: &Clock, unit: &mut Unit) -> Result<(), Fault> {
    for (client, kinds) in unit.charts() {
        let stored = books.with(unit).get::<Summary>(client, 1)?;
        let Kept { rev, value: old } = stored.unwrap_or_else(|| Kept { rev: 0, value: Summary::default() });
        let touched = |part: &SummaryPart| {
            old.parts & part.bit() == 0 || kinds.iter().any(|kind| kind.parts().contains(part))
        };
        let parts: Vec<SummaryPart> = SummaryPart::ALL.into_iter().filter(touched).collect();
        let source = Source { view: books.with(unit), client, old: &old, changed: &kinds };
        let fresh = source.derive(&parts, clock)?;
        if fresh != old || rev == 0 {
            unit.put_summary(fresh, rev);
        }
    }
    Ok(())
}

/// Returns a client's summary as the stored records say it, all of it, and the one that is stored.
pub(super) fn compare(
    books: &Books,
    clock: &Clock,
    unit: &Unit,
    client: ClientId,
) -> Result<(Kept<Summary>, Summary), Fault> {
    let stored = books.get::<Summary>(client, 1)?;
    let stored = stored.unwrap_or_else(|| Kept { rev: 0, value: Summary::default() });
    let nothing = Summary::default();
    let source = Source { view: books.with(unit), client, old: &nothing, changed: &BTreeSet::new() };
    let fresh = source.derive(&SummaryPart::ALL, clock)?;
    Ok((stored, fresh))
}

/// Where the records of one client come from.
struct Source<'a> {
    view: View<'a>,
    client: ClientId,
    /// The summary as it was.
    old: &'a Summary,
    /// Kinds that the unit changes.
    changed: &'a BTreeSet<Kind>,
}

impl Source<'_> {
    fn derive(&self, parts: &[SummaryPart], clock: &Clock) -> Result<Summary, Fault> {
        use SummaryPart as P;
        let wanted = |part| parts.contains(&part);
        let client = self.one::<Client>(wanted(P::Card))?;
        let imported = self.one::<Imported>(wanted(P::Card))?;
        let wants = self.one::<Wants>(wanted(P::Wants))?;
        let noted = if wanted(P::Notes) { self.noted()? } else { Noted::default() };
        let day_of = |at| clock.local(at).date;
        let records = Records {
            client: client.as_ref(),
            proposals: imported.as_ref().map_or(0, proposals),
            episodes: &self.list::<Episode>(wanted(P::Episode))?,
            assessments: &self.list::<Assessment>(wanted(P::Ratings))?,
            needs: &self.list::<ImmediateNeed>(wanted(P::Needs))?,
            wants: wants.as_ref(),
            problems: &self.list::<Problem>(wanted(P::Problems))?,
            notes: &noted,
            drafts: &self.list::<DraftHead>(wanted(P::Drafts))?.iter().map(draft_facts).collect::<Vec<_>>(),
            sessions: &self.list::<Session>(wanted(P::Days))?,
            misses: &self.list::<Miss>(wanted(P::Days))?,
            day_of: &day_of,
        };
        let mut summary = self.old.clone();
        for part in parts {
            derive(*part, &records, &mut summary);
        }
        Ok(summary)
    }

    fn one<R: Record>(&self, wanted: bool) -> Result<Option<R>, Fault> {
        if wanted { Ok(self.view.get::<R>(self.client, 1)?.map(|kept| kept.value)) } else { Ok(None) }
    }

    fn list<R: Record>(&self, wanted: bool) -> Result<Vec<R>, Fault> {
        if !wanted {
            return Ok(Vec::new());
        }
        Ok(self.view.list::<R>(self.client)?.into_iter().map(|kept| kept.value).collect())
    }

    /// What is known of the signed notes. A chart may hold thousands: a note that is added is counted on top of what was
    /// known, and all of them are read again only when one stops counting or the part was never derived.
    fn noted(&self) -> Result<Noted, Fault> {
        let known = self.old.parts & SummaryPart::Notes.bit() != 0;
        if known && !self.changed.contains(&Kind::NoteLife) {
            let mut noted = Noted {
                count: self.old.notes,
                last_contact: self.old.last_contact,
                waiting: self.old.waiting.clone(),
            };
            for (_, head) in self.view.unit().transaction().pending::<NoteHead>(self.client)? {
                let Some((_, head)) = head else { continue };
                noted.count += 1;
                noted.last_contact = noted.last_contact.max(note_life::last_contact(&[], [&head]));
            }
            return Ok(noted);
        }
        let lives = self.list::<NoteLife>(true)?;
        let heads = self.list::<NoteHead>(true)?;
        Ok(Noted {
            count: u32::try_from(heads.len()).unwrap_or(u32::MAX),
            last_contact: note_life::last_contact(&lives, &heads),
            waiting: note_life::waiting(&lives),
        })
    }
}

fn proposals(imported: &Imported) -> u16 {
    let waiting = imported.proposals.iter().filter(|proposal| proposal.accepted.is_none());
    u16::try_from(waiting.count()).unwrap_or(u16::MAX)
}

/// A draft as lists need it.
fn draft_facts(head: &DraftHead) -> DraftFacts {
    DraftFacts { by: head.by, number: head.number, grid: head.grid, since: head.since }
}
