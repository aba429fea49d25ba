//! What does not open at a sign-in: it keeps nobody out.
//!
//! Owns how the summaries are read then. One that does not open is made anew from the records it follows from; everything else
//! is left out, counted and told.

use super::api::Kept;
use super::desk::Desk;
use super::fault::{Fault, FaultKind};
use super::permit::Permit;
use super::sums;
use crate::domain::{Act, ClientId, ImportRun, Summary, counted};
use crate::store::Owner;
use std::collections::HashMap;
use std::sync::Arc;

/// Every visible client's summary.
type Summaries = HashMap<ClientId, Arc<Summary>>;

/// How much did not open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Closed {
    /// Summaries that were made anew.
    pub(super) anew: usize,
    /// People whose records do not open either.
    pub(super) people: usize,
    /// Tasks, teams, covers and links.
    pub(super) others: usize,
}

impl Closed {
    /// What whoever signs in is told of it.
    pub(super) fn notice(self) -> Option<String> {
        let part = |count: usize, one: &str, many: &str| (count > 0).then(|| counted(count, one, many));
        let parts: Vec<String> = [
            part(self.anew, "summary that was made anew", "summaries that were made anew"),
            part(self.people, "person who is in no list", "people who are in no list"),
            part(self.others, "task, team, cover or link", "tasks, teams, covers or links"),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!parts.is_empty()).then(|| {
            format!(
                "Not everything that is stored opens: {}. Tell your admin: \"concord doctor\" says what it is, and the \
                 newest backup has it whole.",
                parts.join(", ")
            )
        })
    }
}

/// Reads every visible client's summary: what an unfinished import brought stays hidden.
pub(super) fn load_summaries(desk: &Desk) -> Result<(Summaries, Closed), Fault> {
    let (mut unfinished, mut closed) = (Vec::new(), Closed::default());
    let runs = desk.books().each_that_opens::<ImportRun>(|kept| {
        if !kept.value.done {
            unfinished.push(kept.value.id);
        }
    })?;
    closed.others += runs.len();
    let mut summaries = HashMap::new();
    let mut take = |summary: Summary| {
        if summary.import.is_none_or(|import| !unfinished.contains(&import)) {
            summaries.insert(summary.client, Arc::new(summary));
        }
    };
    for of in desk.books().each_that_opens::<Summary>(|kept| take(kept.value))? {
        match anew(desk, of) {
            Ok(summary) => {
                take(summary);
                closed.anew += 1;
            }
            Err(fault) if fault.kind == FaultKind::Storage => closed.people += 1,
            Err(fault) => return Err(fault),
        }
    }
    Ok((summaries, closed))
}

/// A summary as the records say it. It is written with the next change of that chart, or by the doctor.
fn anew(desk: &Desk, of: Owner) -> Result<Summary, Fault> {
    let nothing = desk.books().unit(Permit::knock(), desk.event(Act::SignedIn, None, 0), desk.ids.fresh());
    let (Kept { .. }, fresh) = sums::compare(desk.books(), &desk.clock, &nothing, ClientId(of.0))?;
    Ok(fresh)
}
