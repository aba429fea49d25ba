//! What a summary is derived from.

use super::{Noted, Used};
use crate::domain::{
    Administration, AfterContact, Agreement, Alert, Assessment, CheckIn, Client, Date, DraftFacts, Episode,
    Goal, ImmediateNeed, LevelDecision, Method, Miss, Moment, Number, PlanEvent, Problem, SafetySigned,
    Session, ShortEntry, Triage, Wants, WaysOfWorking,
};
use crate::rules::plan::calls;

/// The records a part of a summary is derived from. What no part that is asked for needs may stay empty.
#[derive(Clone, Copy)]
pub struct Records<'a> {
    /// Who.
    pub client: Option<&'a Client>,
    /// Proposals not yet accepted.
    pub proposals: u16,
    /// What another system said and we have no place for, by what it is called there.
    pub kept: &'a [(String, String)],
    /// Episodes, open or not.
    pub episodes: &'a [Episode],
    /// Contacts after a discharge.
    pub contacts: &'a [AfterContact],
    /// Decisions on the level of care.
    pub levels: &'a [LevelDecision],
    /// Signed assessments that are not replaced or in error, in any order.
    pub assessments: &'a [Assessment],
    /// Immediate needs, open or not.
    pub needs: &'a [ImmediateNeed],
    /// What they want.
    pub wants: Option<&'a Wants>,
    /// Problems of every status.
    pub problems: &'a [Problem],
    /// Goals of every state.
    pub goals: &'a [Goal],
    /// Methods of every state.
    pub methods: &'a [Method],
    /// Answers to lines of the plan.
    pub agreements: &'a [Agreement],
    /// What happened that a plan is looked at for, and when somebody said that it still fits.
    pub events: &'a [PlanEvent],
    /// Signed versions and reviews that stand.
    pub versions: &'a [calls::Signed],
    /// Signed safety plans that stand.
    pub safety: &'a [SafetySigned],
    /// What notes say of use.
    pub used: Used,
    /// When an assessment was signed.
    pub signed_at: &'a dyn Fn(Number) -> Moment,
    /// What is known of the signed notes.
    pub notes: &'a Noted,
    /// Open drafts.
    pub drafts: &'a [DraftFacts],
    /// Sessions in any order.
    pub sessions: &'a [Session],
    /// What was due and missed.
    pub misses: &'a [Miss],
    pub triage: Option<&'a Triage>,
    /// Filled-in measures.
    pub measures: &'a [Administration],
    pub checkins: &'a [CheckIn],
    pub alerts: &'a [Alert],
    /// How one works with the client.
    pub ways: Option<&'a WaysOfWorking>,
    /// Entries of short forms.
    pub short: &'a [ShortEntry],
    /// The day of an instant where the agency is.
    pub day_of: &'a dyn Fn(Moment) -> Date,
}

impl Records<'_> {
    /// No records at all.
    #[cfg_attr(concord_closed, expect(dead_code, reason = "tests derive from records they hold"))]
    pub fn none(day_of: &dyn Fn(Moment) -> Date) -> Records<'_> {
        const NOTED: &Noted = &Noted { count: 0, last_contact: None, waiting: Vec::new() };
        Records {
            client: None,
            proposals: 0,
            kept: &[],
            episodes: &[],
            contacts: &[],
            levels: &[],
            assessments: &[],
            needs: &[],
            wants: None,
            problems: &[],
            goals: &[],
            methods: &[],
            agreements: &[],
            events: &[],
            versions: &[],
            safety: &[],
            used: Used::default(),
            signed_at: &|_| Moment(0),
            notes: NOTED,
            drafts: &[],
            sessions: &[],
            misses: &[],
            triage: None,
            measures: &[],
            checkins: &[],
            alerts: &[],
            ways: None,
            short: &[],
            day_of,
        }
    }
}
