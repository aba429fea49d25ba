//! What calls on the list of people: counted when the list changes, not with every frame.
//!
//! Owns the counts of the strip. Must not know how they are worded.

use crate::domain::{Moment, NeedStands, NoteStands, SessionFacts, SessionStands, StaffId};
use crate::service::api::Person;

/// The counts. Only of what exists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// People with an open immediate need.
    pub now: usize,
    /// The earliest recheck of a need in hand.
    pub recheck: Option<Moment>,
    /// Drafts of this person.
    pub unsigned: usize,
    /// Sessions this person held that have no note yet.
    pub notes: usize,
    /// Reviews that are over.
    pub over: usize,
}

impl Calls {
    /// Counts them over the people on the list, for one member of staff.
    pub fn of(people: &[Person], me: StaffId) -> Self {
        let mut calls = Self::default();
        for person in people {
            let summary = &person.summary;
            calls.now += usize::from(
                summary.needs.iter().any(|need| !matches!(need.stands, NeedStands::Resolved { .. })),
            );
            for need in &summary.needs {
                if let NeedStands::InHand { recheck_at } = need.stands {
                    calls.recheck = Some(calls.recheck.map_or(recheck_at, |at| at.min(recheck_at)));
                }
            }
            let owed = |session: &&SessionFacts| {
                session.staff == me
                    && session.stands == SessionStands::Held
                    && session.note == NoteStands::None
            };
            calls.notes += summary.days.sessions.iter().filter(owed).count();
            calls.unsigned += summary.drafts.iter().filter(|draft| draft.by == me).count();
            calls.over += usize::from(person.standing.review_over_days > 0);
        }
        calls
    }
}
