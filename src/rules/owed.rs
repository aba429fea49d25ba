//! Everything that is owed in a chart: by whom, since when, until when.
//!
//! Owns what counts as owed, whose it is and the order in which it is taken up. The lists (what is due, what is to be done, the
//! next unfinished, supervision, the strip) all show this, so that no two of them say something else. Facts are handed in; words
//! about deadlines are [`super::deadline`]'s. What joins later (consents) is a [`Duty`] with a rule of its own here.

use super::alerts::ANSWER_WITHIN;
use super::caseload::Engagement;
use super::deadline::Deadline;
use super::due::{About, DueContext, Instants, Obligation, of_client};
use super::plan::calls;
use crate::domain::{
    AlertFacts, AskFacts, ClientId, ClockTime, Date, DocKind, DocWaits, DraftFacts, Moment, NeedStands,
    NoteStands, Number, PlanCall, SessionFacts, StaffId, Summary, WaitsFor,
};
use crate::packs;
use std::collections::BTreeSet;

mod asked;
#[cfg(test)]
mod tests;

pub use asked::Asked;

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
    /// An immediate need is decided on, acted on or looked at again.
    Need,
    /// Questions about danger that a triage left for later.
    Triage,
    /// A critical item of a filled-in measure was left blank: somebody asks. The number is the filled-in measure's.
    Ask,
    /// An alert that nobody has answered. The number is the alert's.
    Alert,
    /// A session is past, and nobody has said what became of it. The number is the session's.
    State,
    /// The first assessment, not begun.
    Assessment,
    /// The next assessment, not begun, while there is no signed plan to review.
    Review,
    /// The review of the plan, not begun.
    PlanReview,
    /// The initial plan, where a place asks for one.
    InitialPlan,
    /// The first full plan.
    Plan,
    /// Something happened that the plan is to be looked at for.
    PlanCalled,
    /// A contact with somebody whose stay has ended. The number is that of the days after which it is due.
    Contact,
    /// A safety plan that danger asks for, or the day to look at it again.
    SafetyPlan,
    /// A test for substances lacks a result. The number is that of the entry that began it.
    TestResult,
    /// A task. The number is made of its id.
    Task,
    /// Somebody asked for what a second person decides. The number is that of what was asked for.
    Second(Asked),
}

impl Duty {
    /// Danger comes first on every list.
    pub fn is_danger(self) -> bool {
        matches!(self, Self::Need | Self::Triage | Self::Ask)
    }
}

/// A piece of work that is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owed {
    pub duty: Duty,
    /// In whose chart.
    pub client: ClientId,
    /// Which draft, note, session or need there.
    pub number: Number,
    /// Who owes it; `None` = whoever may (an author without a supervisor, a need of somebody nobody counsels).
    pub by: Option<StaffId>,
    /// Whose work it is about.
    pub author: StaffId,
    /// Somebody has taken a danger up: decided on it, or acts on it.
    pub taken: bool,
    /// The day it speaks of, where that is known.
    pub service: Option<Date>,
    /// Since when: the day of the service, else when it began to wait.
    pub since: Date,
    /// Until when; `None` = no limit is set.
    pub deadline: Option<Deadline>,
}

impl Owed {
    /// Past its time.
    pub fn is_over(&self, now: Moment, today: Date) -> bool {
        self.deadline.is_some_and(|deadline| deadline.is_over(now, today))
    }

    /// Whether it is to be taken up now: begun, waited for, or due by today.
    pub fn is_now(&self, today: Date) -> bool {
        self.deadline.is_none_or(|deadline| deadline.on <= today)
            || matches!(self.duty, Duty::Unsigned(_) | Duty::MissingNote | Duty::Returned)
    }

    /// Whether this person is to do it.
    pub fn is_mine(&self, who: &Who<'_>) -> bool {
        match (self.by, self.duty) {
            // Until somebody has taken it, danger is the supervisor's as much as the counselor's.
            (Some(by), Duty::Need) if !self.taken => by == who.me || (who.supervisor_of)(by) == Some(who.me),
            (Some(by), _) => by == who.me,
            (None, Duty::Need | Duty::Triage | Duty::Ask) => {
                who.is_supervisor || self.author == who.me || who.nobody_leads && !self.taken
            }
            (None, _) => who.is_supervisor && self.author != who.me,
        }
    }

    /// The order in which things are taken up: danger, one's own, what came back, what is over, then by
    /// deadline.
    fn order(&self, who: &Who<'_>) -> impl Ord + use<> {
        let deadline = self.deadline.map_or((self.since, i64::MAX), Deadline::order);
        (
            !self.duty.is_danger(),
            !self.is_mine(who),
            self.duty != Duty::Returned,
            !self.is_over(who.now, who.today),
            deadline,
            self.since,
            self.client,
            rank(self.duty),
            self.number,
        )
    }
}

/// A note that is owed and one that is begun have one place, so that nothing moves while somebody walks from one to the next.
fn rank(duty: Duty) -> Duty {
    if duty == Duty::MissingNote { Duty::Unsigned(DocKind::Note) } else { duty }
}

/// A piece of work, with the rule that asks for it and the session it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What is owed.
    pub owed: Owed,
    /// The rule, where one asks for it.
    pub rule: Option<Box<Obligation>>,
    /// Day and start of the session it is about.
    pub session: Option<(Date, ClockTime)>,
    /// What calls for a look at the plan.
    pub call: Option<PlanCall>,
}

impl From<Owed> for Piece {
    fn from(owed: Owed) -> Self {
        Self { owed, rule: None, session: None, call: None }
    }
}

/// Who asks, and whom they supervise.
#[derive(Clone, Copy)]
pub struct Who<'a> {
    pub me: StaffId,
    /// They have the role of a supervisor.
    pub is_supervisor: bool,
    /// Nobody who works here leads: what nobody counsels is for everybody who may answer danger.
    pub nobody_leads: bool,
    /// They look after the agency and supervise nobody in particular: what everybody owes is theirs to see.
    pub whole_agency: bool,
    /// Who supervises an author and may sign in; `None` = nobody.
    pub supervisor_of: &'a dyn Fn(StaffId) -> Option<StaffId>,
    /// When the list is looked at.
    pub now: Moment,
    pub today: Date,
}

/// What only a draft itself knows: the service it speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spoken {
    /// On which day.
    pub service: Date,
    /// When the service ended.
    pub ended: Moment,
}

/// What is handed in to reckon what is owed in a chart.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// The agency's rules.
    pub context: DueContext<'a>,
    /// Instants and days.
    pub when: Instants<'a>,
    /// Every dimension has been rated.
    pub assessed: bool,
    /// How the client has been coming.
    pub engagement: Engagement,
    /// What a note draft speaks of.
    pub spoken: &'a dyn Fn(Number) -> Option<Spoken>,
}

/// What is owed in one chart, by whomever: by rules, as drafts, and as documents that wait. Each thing once.
pub fn owed(summary: &Summary, facts: &Facts<'_>, who: &Who<'_>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut begun = BTreeSet::new();
    for obligation in of_client(summary, &facts.context, facts.when, facts.assessed) {
        let piece = by_rule(summary, obligation);
        if let Duty::Unsigned(_) = piece.owed.duty {
            begun.insert(piece.owed.number);
        }
        pieces.push(piece);
    }
    let drafts = summary.drafts.iter().filter(|draft| !begun.contains(&draft.number));
    let drafts = drafts.map(|draft| unsigned(summary.client, draft, facts));
    let day = facts.when.day;
    let notes = summary.waiting.iter().map(|note| waiting(summary.client, note, who, day));
    let asks = summary.heard.asks.iter().map(|ask| to_ask(summary, ask, day));
    let alerts = summary.heard.alerts.iter().filter(|alert| alert.answered.is_none());
    let alerts = alerts.filter_map(|alert| unanswered(summary, alert));
    let tests = lacking(summary);
    pieces.extend(drafts.chain(notes).chain(asks).chain(alerts).chain(tests).map(Piece::from));
    pieces.extend(called(summary, facts));
    pieces
}

/// What calls for a look at the plan: the newest event that nobody has answered.
fn called(summary: &Summary, facts: &Facts<'_>) -> Option<Piece> {
    let by = summary.episode.as_ref()?.counselor;
    let Instants { today, day, .. } = facts.when;
    let call = calls::open(summary, facts.engagement, today, day)?;
    let owed = Owed {
        duty: Duty::PlanCalled,
        client: summary.client,
        number: 0,
        by: Some(by),
        author: by,
        taken: false,
        service: None,
        since: call.on,
        deadline: None,
    };
    Some(Piece { call: Some(call), ..Piece::from(owed) })
}

/// What a rule asks for. Once it is begun it is the draft that is owed.
fn by_rule(summary: &Summary, obligation: Obligation) -> Piece {
    let open = |number: &Number| summary.drafts.iter().find(|draft| draft.number == *number);
    let begun = |kind| summary.drafts.iter().find(|draft| draft.kind == kind);
    let session = match obligation.about {
        About::Session(number) | About::State(number) => {
            summary.days.sessions.iter().find(|session| session.number == number)
        }
        _ => None,
    };
    let (draft, duty, number) = match obligation.about {
        About::Need(number) => (None, Duty::Need, number),
        About::Triage => (None, Duty::Triage, 0),
        About::State(number) => (None, Duty::State, number),
        About::Session(number) => {
            (draft_of(session).and_then(|draft| open(&draft)), Duty::MissingNote, number)
        }
        About::Assessment => {
            let duty = if obligation.duty == packs::Duty::Review { Duty::Review } else { Duty::Assessment };
            (begun(DocKind::Assessment), duty, 0)
        }
        About::Review => (begun(DocKind::Review), Duty::PlanReview, 0),
        About::Plan if obligation.duty == packs::Duty::InitialPlan => (None, Duty::InitialPlan, 0),
        About::Plan => (None, Duty::Plan, 0),
        About::Contact(days) => (None, Duty::Contact, days.into()),
        About::Safety => (begun(DocKind::Safety), Duty::SafetyPlan, 0),
    };
    let need = summary.needs.iter().find(|need| obligation.about == About::Need(need.number));
    let nobodys = summary.counselor().is_none() && duty.is_danger();
    let by = draft.map_or(obligation.who, |draft| draft.by);
    let owed = Owed {
        duty: draft.map_or(duty, |draft| Duty::Unsigned(draft.kind)),
        client: summary.client,
        number: draft.map_or(number, |draft| draft.number),
        by: (!nobodys).then_some(by),
        author: need.filter(|_| nobodys).map_or(by, |need| need.by),
        taken: need.is_some_and(|need| need.stands != NeedStands::Proposed),
        service: session.map(|session| session.date),
        since: obligation.since,
        deadline: Some(obligation.deadline),
    };
    let session = session.map(|session| (session.date, session.start));
    Piece { rule: Some(Box::new(obligation)), session, ..Piece::from(owed) }
}

fn draft_of(session: Option<&SessionFacts>) -> Option<Number> {
    match session?.note {
        NoteStands::Draft(number) => Some(number),
        _ => None,
    }
}

fn unsigned(client: ClientId, draft: &DraftFacts, facts: &Facts<'_>) -> Owed {
    let speaks = (facts.spoken)(draft.number);
    let limit = i64::from(facts.context.late_after_hours) * Moment::HOUR;
    let day = facts.when.day;
    Owed {
        duty: Duty::Unsigned(draft.kind),
        client,
        number: draft.number,
        by: Some(draft.by),
        author: draft.by,
        taken: false,
        service: speaks.map(|spoken| spoken.service),
        since: speaks.map_or_else(|| day(draft.since), |spoken| spoken.service),
        deadline: speaks.map(|spoken| {
            let late = spoken.ended.plus_ms(limit);
            Deadline::instant(late, day(late))
        }),
    }
}

/// Returned work is its author's, a co-signature the author's supervisor's. The second person under an "entered in error"
/// is the author, or their supervisor if the author said it.
fn waiting(client: ClientId, note: &DocWaits, who: &Who<'_>, day: &dyn Fn(Moment) -> Date) -> Owed {
    let supervisor = (who.supervisor_of)(note.author);
    let (duty, by) = match note.waits {
        WaitsFor::Author => (Duty::Returned, Some(note.author)),
        WaitsFor::Cosign => (Duty::CoSign, supervisor),
        WaitsFor::SecondPerson { said_by } if said_by == note.author => (Duty::Agree, supervisor),
        WaitsFor::SecondPerson { .. } => (Duty::Agree, Some(note.author)),
    };
    let (service, since) = (Some(note.on), day(note.since));
    Owed {
        duty,
        client,
        number: note.number,
        by,
        author: note.author,
        taken: false,
        service,
        since,
        deadline: None,
    }
}

/// A critical item was left blank: whoever has the person on their caseload asks.
fn to_ask(summary: &Summary, ask: &AskFacts, day: &dyn Fn(Moment) -> Date) -> Owed {
    let by = summary.counselor();
    let until = ask.at.plus_ms(i64::from(ask.hours) * Moment::HOUR);
    Owed {
        duty: Duty::Ask,
        client: summary.client,
        number: ask.number,
        by,
        author: by.unwrap_or_default(),
        taken: false,
        service: None,
        since: day(ask.at),
        deadline: Some(Deadline::instant(until, day(until))),
    }
}

/// An alert that is open: whoever counsels the client answers it.
fn unanswered(summary: &Summary, alert: &AlertFacts) -> Option<Owed> {
    let by = summary.episode.as_ref()?.counselor;
    Some(Owed {
        duty: Duty::Alert,
        client: summary.client,
        number: alert.number,
        by: Some(by),
        author: by,
        taken: false,
        service: None,
        since: alert.since,
        deadline: Some(Deadline::day(alert.since.plus_days(ANSWER_WITHIN))),
    })
}

/// Tests that lack a result: whoever counsels the client looks for it, after the stay has ended too. Of somebody who has died
/// nobody is reminded.
fn lacking(summary: &Summary) -> impl Iterator<Item = Owed> + use<'_> {
    let by = summary.counselor();
    let died = summary.deceased || summary.left.as_ref().is_some_and(|left| left.kind.is_death());
    summary.open_tests.iter().filter(move |_| !died).map(move |test| Owed {
        duty: Duty::TestResult,
        client: summary.client,
        number: test.number,
        by,
        author: by.unwrap_or_default(),
        taken: false,
        service: None,
        since: test.since,
        deadline: test.by.map(Deadline::day),
    })
}

/// What this person sees of it, in the order of being taken up: their own, and what the people they supervise owe; for whoever
/// looks after the whole agency, what everybody owes. What is between two people, or somebody's own list of tasks, stays theirs.
pub fn seen_by<T>(mut all: Vec<T>, of: impl Fn(&T) -> &Owed, who: &Who<'_>) -> Vec<T> {
    let theirs = |owed: &Owed| owed.by.is_some_and(|by| (who.supervisor_of)(by) == Some(who.me));
    let between = |owed: &Owed| matches!(owed.duty, Duty::Returned | Duty::Agree | Duty::Task);
    let agencys = |owed: &Owed| who.whole_agency && !between(owed);
    all.retain(|one| of(one).is_mine(who) || theirs(of(one)) || agencys(of(one)));
    all.sort_by_cached_key(|one| of(one).order(who));
    all
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
