//! What calls on the list of people: counted when the list changes, not with every frame.
//!
//! Owns the counts of the strip. Must not know how they are worded.

use crate::domain::{ClientId, Date, Moment, NeedStands};
use crate::rules::owed::Duty;
use crate::service::api::{OwedLine, Person};
use std::collections::BTreeSet;

/// The counts. Only of what exists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// People with an open immediate need.
    pub now: usize,
    /// The earliest recheck of a need in hand.
    pub recheck: Option<Moment>,
    /// Drafts of this person.
    pub unsigned: usize,
    /// Signed notes that came back to them.
    pub returned: usize,
    /// Notes that wait for their co-signature.
    pub to_cosign: usize,
    /// Notes called entered in error that wait for them as the second person.
    pub to_agree: usize,
    /// What others asked for and this person may agree to.
    pub second: usize,
    /// Held sessions whose note is not begun.
    pub missing: usize,
    /// How many of all they owe is past its time, as the lists count it.
    pub late: usize,
    /// Reviews that are over.
    pub over: usize,
    /// What waits for this person as a supervisor.
    pub watch: usize,
    /// People an import left out who wait for this person's decision.
    pub look_alikes: usize,
}

impl Calls {
    /// Counts them over the people on the list, and over what this person owes in any chart.
    pub fn of(people: &[Person], owed: &[OwedLine], now: Moment, today: Date) -> Self {
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
            calls.over += usize::from(person.standing.review_over_days > 0);
        }
        // Danger that is this person's to take up, of somebody who is on another list.
        let danger = owed.iter().filter(|line| line.mine && line.owed.duty == Duty::Need);
        let danger: BTreeSet<ClientId> = danger.map(|line| line.owed.client).collect();
        let listed = people.iter().filter(|person| danger.contains(&person.summary.client)).count();
        calls.now += danger.len() - listed;
        for line in owed.iter().filter(|line| line.mine) {
            calls.late += usize::from(line.owed.is_over(now, today));
            *match line.owed.duty {
                Duty::Unsigned(_) => &mut calls.unsigned,
                Duty::Returned => &mut calls.returned,
                Duty::CoSign => &mut calls.to_cosign,
                Duty::Agree => &mut calls.to_agree,
                Duty::Second(_) => &mut calls.second,
                Duty::MissingNote => &mut calls.missing,
                // Danger and reviews are counted by people; the rest stands on the lists.
                _ => continue,
            } += 1;
        }
        calls
    }
}
