//! Work that is owed: by whom, since when, until when.
//!
//! Owns what counts as unfinished, whose it is and the order in which it is taken up. Facts are handed in; words and lists
//! are the desk's. What joins the list later (reviews, tasks, consents) is a [`Duty`] with a rule of its own here.

use crate::domain::{
    ClientId, Date, DocKind, DocWaits, DraftFacts, Moment, Number, StaffId, Summary, WaitsFor,
};
use std::cmp::Reverse;

#[cfg(test)]
mod tests;

/// What is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Duty {
    /// A signed note came back: its author answers with an amendment or an addendum.
    Returned,
    /// A draft of a document that is begun and not signed.
    Unsigned(DocKind),
    /// A session was held and nobody has begun its note. The number is the session's.
    MissingNote,
    /// A signed note waits for a co-signature.
    CoSign,
    /// A note was called entered in error: a second person agrees, or does not.
    Agree,
}

/// A piece of work that is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owed {
    pub duty: Duty,
    /// In whose chart.
    pub client: ClientId,
    /// Which draft, note or session there.
    pub number: Number,
    /// Who owes it; `None` = whoever may (an author without a supervisor).
    pub by: Option<StaffId>,
    /// Whose work it is about.
    pub author: StaffId,
    /// The day it speaks of, where that is known.
    pub service: Option<Date>,
    /// Since when: the end of the service, else when it began to wait.
    pub since: Moment,
    /// When it is late; `None` = no limit is set.
    pub due: Option<Moment>,
}

impl Owed {
    /// Over the agency's limit.
    pub fn is_late(&self, now: Moment) -> bool {
        self.due.is_some_and(|due| now > due)
    }

    /// Whether this person is to do it.
    pub fn is_mine(&self, who: &Who<'_>) -> bool {
        match self.by {
            Some(by) => by == who.me,
            None => who.is_supervisor && self.author != who.me,
        }
    }
}

/// Who asks, and whom they supervise.
#[derive(Clone, Copy)]
pub struct Who<'a> {
    pub me: StaffId,
    /// They have the role of a supervisor.
    pub is_supervisor: bool,
    /// Who supervises an author and may sign in; `None` = nobody.
    pub supervisor_of: &'a dyn Fn(StaffId) -> Option<StaffId>,
}

/// What only a draft itself knows: the service it speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spoken {
    /// On which day.
    pub service: Date,
    /// When the service ended.
    pub ended: Moment,
}

/// A session that was held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    pub client: ClientId,
    pub number: Number,
    /// Who held it.
    pub by: StaffId,
    /// On which day.
    pub service: Date,
    /// When it ended.
    pub ended: Moment,
    /// A note (draft or signed) speaks of it.
    pub has_note: bool,
}

/// What is owed in one chart, by whomever. `spoken` gives what a note draft speaks of.
pub fn owed(
    summary: &Summary,
    held: &[Held],
    who: &Who<'_>,
    late_after_hours: u16,
    spoken: &dyn Fn(Number) -> Option<Spoken>,
) -> Vec<Owed> {
    let limit = i64::from(late_after_hours) * Moment::HOUR;
    let drafts = summary.drafts.iter().map(|draft| unsigned(summary.client, draft, limit, spoken));
    let notes = summary.waiting.iter().map(|note| waiting(summary.client, note, who));
    let missing = held.iter().filter(|session| !session.has_note).map(|session| Owed {
        duty: Duty::MissingNote,
        client: session.client,
        number: session.number,
        by: Some(session.by),
        author: session.by,
        service: Some(session.service),
        since: session.ended,
        due: Some(session.ended.plus_ms(limit)),
    });
    drafts.chain(notes).chain(missing).collect()
}

fn unsigned(
    client: ClientId,
    draft: &DraftFacts,
    limit: i64,
    spoken: &dyn Fn(Number) -> Option<Spoken>,
) -> Owed {
    let speaks = spoken(draft.number);
    let ended = speaks.map(|spoken| spoken.ended);
    Owed {
        duty: Duty::Unsigned(draft.kind),
        client,
        number: draft.number,
        by: Some(draft.by),
        author: draft.by,
        service: speaks.map(|spoken| spoken.service),
        since: ended.unwrap_or(draft.since),
        due: ended.map(|ended| ended.plus_ms(limit)),
    }
}

/// Returned work is its author's, a co-signature the author's supervisor's. The second person under an "entered in error"
/// is the author, or their supervisor if the author said it.
fn waiting(client: ClientId, note: &DocWaits, who: &Who<'_>) -> Owed {
    let supervisor = (who.supervisor_of)(note.author);
    let (duty, by) = match note.waits {
        WaitsFor::Author => (Duty::Returned, Some(note.author)),
        WaitsFor::Cosign => (Duty::CoSign, supervisor),
        WaitsFor::SecondPerson { said_by } if said_by == note.author => (Duty::Agree, supervisor),
        WaitsFor::SecondPerson { .. } => (Duty::Agree, Some(note.author)),
    };
    let service = Some(note.on);
    Owed { duty, client, number: note.number, by, author: note.author, service, since: note.since, due: None }
}

/// What this person sees of it: their own, and what the people they supervise owe. Own work first, what came back before
/// what is late before the rest, the longest owed first. A note that is owed and one that is begun have one place, so that
/// nothing moves while somebody walks from one to the next.
pub fn seen_by(mut all: Vec<Owed>, who: &Who<'_>, now: Moment) -> Vec<Owed> {
    let theirs = |owed: &Owed| owed.by.is_some_and(|by| (who.supervisor_of)(by) == Some(who.me));
    all.retain(|owed| owed.is_mine(who) || theirs(owed));
    all.sort_by_key(|owed| {
        let back = owed.duty == Duty::Returned;
        (
            !owed.is_mine(who),
            !back,
            Reverse(owed.is_late(now)),
            rank(owed.duty),
            owed.since,
            owed.client,
            owed.duty,
            owed.number,
        )
    });
    all
}

fn rank(duty: Duty) -> Duty {
    if duty == Duty::MissingNote { Duty::Unsigned(DocKind::Note) } else { duty }
}

/// The piece to take up after `here` (client, duty, number), or the first; `None` = nothing is owed.
pub fn next<T>(mine: &[T], of: impl Fn(&T) -> &Owed, here: Option<(ClientId, Duty, Number)>) -> Option<&T> {
    let at = here.and_then(|here| {
        mine.iter().position(|one| {
            let owed = of(one);
            (owed.client, owed.duty, owed.number) == here
        })
    });
    mine.get(at.map_or(0, |at| (at + 1) % mine.len()))
}
